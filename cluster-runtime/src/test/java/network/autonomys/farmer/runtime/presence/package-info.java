@NullMarked
package network.autonomys.farmer.runtime.presence;

import org.jspecify.annotations.NullMarked;
