/** The messages of the cluster's subjects, one record each, with SCALE bodies (cluster-and-cli §3.4). */
@NullMarked
package network.autonomys.farmer.protocol.message;

import org.jspecify.annotations.NullMarked;
