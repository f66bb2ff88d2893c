/** Benchmarks of the engines of the processor, each beside a baseline measured in the same run. */
@NullMarked
package network.autonomys.farmer.benchmarks;

import org.jspecify.annotations.NullMarked;
