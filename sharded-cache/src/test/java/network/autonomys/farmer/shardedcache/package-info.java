@NullMarked
package network.autonomys.farmer.shardedcache;

import org.jspecify.annotations.NullMarked;
