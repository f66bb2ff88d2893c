/** The sharded cache: a host's share of all pieces, by the ring (cluster-and-cli §3.7). */
@NullMarked
package network.autonomys.farmer.shardedcache;

import org.jspecify.annotations.NullMarked;
