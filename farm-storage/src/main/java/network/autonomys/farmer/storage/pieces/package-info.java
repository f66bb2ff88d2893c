/** Pieces on disk: fixed-size slots in large files, each with its checksum, and an index (docs/decisions/0006). */
@NullMarked
package network.autonomys.farmer.storage.pieces;

import org.jspecify.annotations.NullMarked;
