/** How long the roles of a distribution take from their start to the moment when they are of use. */
@NullMarked
package network.autonomys.farmer.benchmarks.starts;

import org.jspecify.annotations.NullMarked;
