@NullMarked
package network.autonomys.farmer.runtime.metrics;

import org.jspecify.annotations.NullMarked;
