package network.autonomys.farmer.shardedcache;

import java.util.concurrent.Callable;
import network.autonomys.farmer.protocol.Role;
import network.autonomys.farmer.runtime.RoleOptions;
import network.autonomys.farmer.runtime.cache.CacheOptions;
import network.autonomys.farmer.runtime.cache.CacheRole;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cluster … sharded-cache path=DIR}. */
@Command(
        name = "sharded-cache",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Keeps this host's share of all pieces under path= and serves them to the cluster."
                + " The share follows from the ring: all sharded caches together hold each piece twice.")
public final class ShardedCacheCommand implements Callable<Integer> {
    @Mixin
    private final CacheOptions cacheOptions = new CacheOptions();

    @Mixin
    private final RoleOptions options;

    /** A command over the options that every role shares. */
    public ShardedCacheCommand(RoleOptions options) {
        this.options = options;
    }

    @Override
    public Integer call() {
        return new CacheRole(Role.SHARDED_CACHE, options, cacheOptions).run();
    }
}
