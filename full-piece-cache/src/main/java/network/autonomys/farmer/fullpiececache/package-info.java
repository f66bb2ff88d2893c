/** The full-piece cache: all pieces of the archived history (cluster-and-cli §3.7). */
@NullMarked
package network.autonomys.farmer.fullpiececache;

import org.jspecify.annotations.NullMarked;
