@NullMarked
package network.autonomys.farmer.protocol;

import org.jspecify.annotations.NullMarked;
