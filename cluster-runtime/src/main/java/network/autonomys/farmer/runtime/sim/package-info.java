/** The same interfaces without network and without waiting: a bus in memory and a scheduler whose time is moved by hand. */
@NullMarked
package network.autonomys.farmer.runtime.sim;

import org.jspecify.annotations.NullMarked;
