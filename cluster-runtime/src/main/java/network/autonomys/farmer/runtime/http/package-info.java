/** HTTP and WebSocket transport: the server that the dev node and the metrics pages stand on, the client that talks to a node. */
@NullMarked
package network.autonomys.farmer.runtime.http;

import org.jspecify.annotations.NullMarked;
