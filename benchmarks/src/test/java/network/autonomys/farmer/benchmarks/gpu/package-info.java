@NullMarked
package network.autonomys.farmer.benchmarks.gpu;

import org.jspecify.annotations.NullMarked;
