@NullMarked
package network.autonomys.farmer.runtime.sim;

import org.jspecify.annotations.NullMarked;
