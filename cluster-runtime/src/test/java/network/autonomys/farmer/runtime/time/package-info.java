@NullMarked
package network.autonomys.farmer.runtime.time;

import org.jspecify.annotations.NullMarked;
