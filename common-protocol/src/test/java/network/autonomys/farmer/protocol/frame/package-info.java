@NullMarked
package network.autonomys.farmer.protocol.frame;

import org.jspecify.annotations.NullMarked;
