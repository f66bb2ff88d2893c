@NullMarked
package network.autonomys.farmer.runtime.nats;

import org.jspecify.annotations.NullMarked;
