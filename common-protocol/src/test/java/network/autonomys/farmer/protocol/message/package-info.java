@NullMarked
package network.autonomys.farmer.protocol.message;

import org.jspecify.annotations.NullMarked;
