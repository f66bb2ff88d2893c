/** Ring epochs: computed by the leading controller, applied by everyone (cluster-and-cli §3.7). */
@NullMarked
package network.autonomys.farmer.runtime.ring;

import org.jspecify.annotations.NullMarked;
