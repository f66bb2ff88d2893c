/** The check of a graphics card: exactness first, then figures. See docs/performance.md. */
@NullMarked
package network.autonomys.farmer.benchmarks.gpu;

import org.jspecify.annotations.NullMarked;
