@NullMarked
package network.autonomys.farmer.storage.pieces;

import org.jspecify.annotations.NullMarked;
