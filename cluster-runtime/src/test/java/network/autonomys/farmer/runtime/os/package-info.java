@NullMarked
package network.autonomys.farmer.runtime.os;

import org.jspecify.annotations.NullMarked;
