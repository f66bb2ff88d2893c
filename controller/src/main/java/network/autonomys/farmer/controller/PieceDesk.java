package network.autonomys.farmer.controller;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.ReasonCode;
import network.autonomys.farmer.protocol.message.PieceLocation;
import network.autonomys.farmer.protocol.message.PieceSourceAnswer;
import network.autonomys.farmer.protocol.message.PieceSourceRequest;
import network.autonomys.farmer.protocol.message.Presence;
import network.autonomys.farmer.runtime.cache.HeaderChain;
import network.autonomys.farmer.runtime.cache.PeerHoldings;
import network.autonomys.farmer.runtime.cache.PieceSet;
import network.autonomys.farmer.runtime.cache.PieceVault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers who asks where pieces can be had (cluster-and-cli §3.4, {@code piece-src}): in this controller's window, or in which cache; what
 * nobody has is recovered into the window first, so that it is brought in once for the entire cluster.
 */
final class PieceDesk {
    private static final Logger LOG = LoggerFactory.getLogger(PieceDesk.class);

    private final InstanceId self;
    private final Supplier<String> ownAddress;
    private final PieceVault window;
    private final HeaderChain chain;
    private final Supplier<Collection<Presence>> caches;
    private final PeerHoldings holdings;
    private final RecoveryQueue recovery;

    PieceDesk(
            InstanceId self,
            Supplier<String> ownAddress,
            PieceVault window,
            HeaderChain chain,
            Supplier<Collection<Presence>> caches,
            PeerHoldings holdings,
            RecoveryQueue recovery) {
        this.self = self;
        this.ownAddress = ownAddress;
        this.window = window;
        this.chain = chain;
        this.caches = caches;
        this.holdings = holdings;
        this.recovery = recovery;
    }

    /** Finds pieces. One of a segment whose header is not known, and one that nobody can give, is answered with {@code NOT_FOUND}. */
    PieceSourceAnswer find(PieceSourceRequest request, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        List<Long> known = request.pieceIndexes().stream()
                .filter(piece -> piece >= 0 && piece / PieceSet.PIECES_PER_SEGMENT < chain.size())
                .distinct()
                .toList();
        List<Presence> others = caches.get().stream()
                .filter(cache -> !cache.id().equals(request.requester()))
                .filter(cache -> !cache.addresses().isEmpty())
                .toList();
        askCaches(others, known);
        Map<Long, PieceLocation> found = locate(known, others);
        Map<Long, BitSet> missing = new HashMap<>();
        for (long piece : known) {
            if (!found.containsKey(piece)) {
                missing.computeIfAbsent(piece / PieceSet.PIECES_PER_SEGMENT, segment -> new BitSet())
                        .set((int) (piece % PieceSet.PIECES_PER_SEGMENT));
            }
        }
        if (!missing.isEmpty()) {
            CompletableFuture<?>[] works = missing.entrySet().stream()
                    .sorted(Map.Entry.<Long, BitSet>comparingByKey().reversed())
                    .map(entry -> recovery.recover(entry.getKey(), entry.getValue()))
                    .toArray(CompletableFuture[]::new);
            await(CompletableFuture.allOf(works), deadline);
            found = locate(known, others);
        }
        Map<Long, PieceLocation> answer = found;
        return new PieceSourceAnswer(request.pieceIndexes().stream()
                .distinct()
                .map(piece -> answer.getOrDefault(
                        piece, new PieceLocation(piece, "", Optional.empty(), Optional.of(ReasonCode.NOT_FOUND))))
                .toList());
    }

    private static PieceLocation here(long piece, String address, InstanceId holder) {
        return new PieceLocation(piece, address, Optional.of(holder), Optional.empty());
    }

    private void askCaches(List<Presence> others, List<Long> pieces) throws InterruptedException {
        TreeSet<Long> segments = new TreeSet<>();
        pieces.forEach(piece -> segments.add(piece / PieceSet.PIECES_PER_SEGMENT));
        while (!segments.isEmpty()) {
            long first = segments.first();
            long last = first;
            while (segments.remove(last)) {
                last++;
            }
            holdings.refresh(others, first, last - first);
        }
    }

    private Map<Long, PieceLocation> locate(List<Long> pieces, List<Presence> others) {
        Map<Long, PieceLocation> found = new HashMap<>();
        for (long piece : pieces) {
            if (window.held().contains(piece)) {
                found.put(piece, here(piece, ownAddress.get(), self));
                continue;
            }
            holder(piece, others)
                    .ifPresent(cache ->
                            found.put(piece, here(piece, cache.addresses().getFirst(), cache.id())));
        }
        return found;
    }

    private Optional<Presence> holder(long piece, List<Presence> others) {
        List<Presence> holders = new ArrayList<>();
        for (Presence cache : others) {
            if (holdings.of(cache.id()).contains(piece)) {
                holders.add(cache);
            }
        }
        return holders.isEmpty()
                ? Optional.empty()
                : Optional.of(holders.get((int) Math.floorMod(piece * 31, (long) holders.size())));
    }

    private static void await(CompletableFuture<?> work, long deadline) throws InterruptedException {
        try {
            work.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            LOG.debug("Recovery goes on after the answer", e);
        } catch (ExecutionException e) {
            LOG.warn("Recovery failed", e.getCause());
        }
    }
}
