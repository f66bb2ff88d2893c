package network.autonomys.farmer.fullpiececache;

import java.util.concurrent.Callable;
import network.autonomys.farmer.protocol.Role;
import network.autonomys.farmer.runtime.RoleOptions;
import network.autonomys.farmer.runtime.cache.CacheOptions;
import network.autonomys.farmer.runtime.cache.CacheRole;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cluster … full-piece-sharded-cache path=DIR}. */
@Command(
        name = "full-piece-sharded-cache",
        aliases = "full-piece-cache",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Keeps all pieces of the archived history under path= and serves them to the cluster."
                + " A directory that the export tool wrote can be given as path=: its pieces are verified, then used.")
public final class FullPieceCacheCommand implements Callable<Integer> {
    @Mixin
    private final CacheOptions cacheOptions = new CacheOptions();

    @Mixin
    private final RoleOptions options;

    /** A command over the options that every role shares. */
    public FullPieceCacheCommand(RoleOptions options) {
        this.options = options;
    }

    @Override
    public Integer call() {
        return new CacheRole(Role.FULL_PIECE_CACHE, options, cacheOptions).run();
    }
}
