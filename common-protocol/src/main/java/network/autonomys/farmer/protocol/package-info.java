/**
 * The cluster's own language, without input or output: envelope, identifiers, subjects, reason codes and the placement of pieces
 * (cluster-and-cli §3.3, §3.4, §3.7).
 */
@NullMarked
package network.autonomys.farmer.protocol;

import org.jspecify.annotations.NullMarked;
