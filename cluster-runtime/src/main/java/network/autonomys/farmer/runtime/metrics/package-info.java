/** Figures for Prometheus (cluster-and-cli §5.4). */
@NullMarked
package network.autonomys.farmer.runtime.metrics;

import org.jspecify.annotations.NullMarked;
