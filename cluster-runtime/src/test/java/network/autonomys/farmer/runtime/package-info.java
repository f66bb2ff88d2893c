@NullMarked
package network.autonomys.farmer.runtime;

import org.jspecify.annotations.NullMarked;
