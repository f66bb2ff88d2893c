/** JSON-RPC 2.0 as a client speaks it: calls with deadlines, subscriptions, batches (node-rpc §1.2). */
@NullMarked
package network.autonomys.farmer.nodeproxy.rpc;

import org.jspecify.annotations.NullMarked;
