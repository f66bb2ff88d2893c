/**
 * What both kinds of piece cache stand on: which pieces a cache should hold, which it holds, how it gets the missing ones and how it
 * serves them (cluster-and-cli §3.7). The roles only choose the share and the options.
 */
@NullMarked
package network.autonomys.farmer.runtime.cache;

import org.jspecify.annotations.NullMarked;
