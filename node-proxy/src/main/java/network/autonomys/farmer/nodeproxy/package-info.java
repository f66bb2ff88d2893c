/** The client of a consensus node (node-rpc §1, §2): what a controller, a following node and the export of history ask of it. */
@NullMarked
package network.autonomys.farmer.nodeproxy;

import org.jspecify.annotations.NullMarked;
