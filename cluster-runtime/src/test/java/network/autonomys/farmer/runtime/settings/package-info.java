@NullMarked
package network.autonomys.farmer.runtime.settings;

import org.jspecify.annotations.NullMarked;
