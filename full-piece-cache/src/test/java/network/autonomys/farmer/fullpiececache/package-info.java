@NullMarked
package network.autonomys.farmer.fullpiececache;

import org.jspecify.annotations.NullMarked;
