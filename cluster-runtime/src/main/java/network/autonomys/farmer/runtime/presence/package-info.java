/** Who is in the cluster (cluster-and-cli §3.3). */
@NullMarked
package network.autonomys.farmer.runtime.presence;

import org.jspecify.annotations.NullMarked;
