/** JSON as the node writes and reads it: a small value model, and the codec of the node's types (node-rpc §1.3). */
@NullMarked
package network.autonomys.farmer.nodeproxy.json;

import org.jspecify.annotations.NullMarked;
