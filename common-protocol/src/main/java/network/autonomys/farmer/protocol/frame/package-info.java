/** Frames of the bulk TCP protocol that carries pieces and sectors (cluster-and-cli §3.9). */
@NullMarked
package network.autonomys.farmer.protocol.frame;

import org.jspecify.annotations.NullMarked;
