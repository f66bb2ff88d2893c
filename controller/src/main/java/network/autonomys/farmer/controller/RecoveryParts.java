package network.autonomys.farmer.controller;

import java.nio.file.Path;
import java.util.Collection;
import java.util.function.Supplier;
import network.autonomys.farmer.protocol.message.Presence;
import network.autonomys.farmer.runtime.cache.HeaderChain;
import network.autonomys.farmer.runtime.cache.PeerHoldings;
import network.autonomys.farmer.runtime.cache.PieceVault;
import network.autonomys.farmer.runtime.cache.PieceVerifier;

/**
 * What a {@link SegmentRecovery} can work with.
 *
 * @param window where recovered pieces go
 * @param chain the headers that they are checked against
 * @param verifier checks them
 * @param caches the caches that are present
 * @param holdings what those hold
 * @param folder for scratch files
 */
record RecoveryParts(
        PieceVault window,
        HeaderChain chain,
        PieceVerifier verifier,
        Supplier<? extends Collection<Presence>> caches,
        PeerHoldings holdings,
        Path folder) {
    /** Makes a way of recovery. */
    @FunctionalInterface
    interface Way {
        SegmentRecovery over(RecoveryParts parts);
    }
}
