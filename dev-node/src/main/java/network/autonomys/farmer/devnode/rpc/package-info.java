/** JSON-RPC 2.0 as a node serves it, over WebSocket and HTTP (node-rpc §1.1, §1.2, §1.5). Knows nothing of the chain. */
@NullMarked
package network.autonomys.farmer.devnode.rpc;

import org.jspecify.annotations.NullMarked;
