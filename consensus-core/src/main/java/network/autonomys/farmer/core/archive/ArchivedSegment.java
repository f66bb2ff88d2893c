package network.autonomys.farmer.core.archive;

import network.autonomys.farmer.core.types.SegmentHeader;

/**
 * A segment of archived history.
 *
 * @param header its header
 * @param pieces its 256 pieces
 */
public record ArchivedSegment(SegmentHeader header, SegmentPieces pieces) {}
