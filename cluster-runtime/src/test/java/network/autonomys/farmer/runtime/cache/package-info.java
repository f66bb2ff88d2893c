@NullMarked
package network.autonomys.farmer.runtime.cache;

import org.jspecify.annotations.NullMarked;
