/**
 * From blocks to pieces and back (primitives-archiving-kzg §7): blocks become segments, segments 256 pieces with commitments and witnesses; any
 * 128 pieces give the others, and segments give the blocks again.
 */
@NullMarked
package network.autonomys.farmer.core.archive;

import org.jspecify.annotations.NullMarked;
