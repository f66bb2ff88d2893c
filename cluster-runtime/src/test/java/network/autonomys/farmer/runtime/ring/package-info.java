@NullMarked
package network.autonomys.farmer.runtime.ring;

import org.jspecify.annotations.NullMarked;
