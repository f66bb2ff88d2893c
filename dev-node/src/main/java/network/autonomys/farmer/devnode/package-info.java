/** An honest little chain in one process, for demos and tests without a network (node-rpc §6). */
@NullMarked
package network.autonomys.farmer.devnode;

import org.jspecify.annotations.NullMarked;
