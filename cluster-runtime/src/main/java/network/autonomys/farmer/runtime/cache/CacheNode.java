package network.autonomys.farmer.runtime.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import network.autonomys.farmer.core.types.SegmentHeader;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.Role;
import network.autonomys.farmer.protocol.message.MemberState;
import network.autonomys.farmer.protocol.message.Presence;
import network.autonomys.farmer.protocol.message.Severity;
import network.autonomys.farmer.runtime.Parts;
import network.autonomys.farmer.runtime.presence.Member;
import network.autonomys.farmer.runtime.presence.PresenceService;
import network.autonomys.farmer.runtime.ring.RingService;
import network.autonomys.farmer.runtime.settings.Timer;
import network.autonomys.farmer.runtime.time.Scheduler;
import network.autonomys.farmer.storage.io.DurableFiles;
import network.autonomys.farmer.storage.pieces.PieceStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cache of either kind: its files, its loop, its place in the cluster. Opened first, so that its pieces can be served; then started.
 */
public final class CacheNode implements AutoCloseable {
    /**
     * File in a directory whose pieces were all verified by a cache, or were empty when one began. A directory with pieces and without
     * it came from elsewhere.
     */
    public static final String VERIFIED_MARK = "pieces.verified";

    private static final Logger LOG = LoggerFactory.getLogger(CacheNode.class);
    private static final Duration STATE_PERIOD = Duration.ofSeconds(1);
    private static final Duration HOLDINGS_ANSWER = Duration.ofSeconds(5);

    private final CacheHost host;
    private final CacheSettings settings;
    private final HeaderFile headerFile;
    private final HeaderChain chain;
    private final CacheFigures figures;
    private final StorePieceVault vault;
    private final boolean foreign;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("cache-", 0).factory());
    private final AtomicReference<@Nullable Reconciler> loop = new AtomicReference<>();
    private final Parts parts = new Parts("cache");

    private CacheNode(CacheHost host, CacheSettings settings) throws IOException {
        this.host = host;
        this.settings = settings;
        Path directory = settings.directory();
        Files.createDirectories(directory);
        this.headerFile = new HeaderFile(directory);
        this.chain = headerFile.load();
        this.figures = new CacheFigures(host.metrics(), host.events(), this::wake);
        boolean marked = Files.exists(directory.resolve(VERIFIED_MARK));
        this.vault = new StorePieceVault(
                directory,
                settings.pieceSize(),
                settings.size(),
                new MemoryTier(settings.pieceSize(), settings.memoryBytes()),
                figures::corrupted,
                marked);
        this.foreign = vault.pending().size() > 0;
        if (!marked && !foreign) {
            mark();
        }
    }

    /** Opens a cache's directory, creating it where it is missing. */
    public static CacheNode open(CacheHost host, CacheSettings settings) throws IOException {
        return new CacheNode(host, settings);
    }

    /** The pieces, for serving them. */
    public PieceVault vault() {
        return vault;
    }

    /** The segment headers known. */
    public HeaderChain chain() {
        return chain;
    }

    /** How far the cache is. */
    public ReconcileProgress progress() {
        Reconciler running = loop.get();
        return running == null ? ReconcileProgress.NONE : running.progress();
    }

    /**
     * Begins to fill and to report.
     *
     * @param verifiers makes the verifier over the cache's headers
     * @param transport the way to other caches and controllers
     */
    public void start(Function<HeaderChain, PieceVerifier> verifiers, PieceTransport transport) {
        host.report()
                .weight(() -> settings.full() ? 0 : vault.capacity() * PieceStore.bytesOnDisk(settings.pieceSize()));
        RingService ring = parts.add(new RingService(
                host.bus(),
                host.scheduler(),
                host.timers(),
                Optional.of(settings.directory().resolve("ring.bin"))));
        PieceVerifier verifier = verifiers.apply(chain);
        Neighbourhood view = new Neighbourhood(
                new Neighbourhood.Self(
                        host.report().id(), host.report().host(), host.report().zone(), settings.full()),
                chain,
                ring::ring,
                this::members,
                new PeerHoldings(transport, threads, HOLDINGS_ANSWER),
                transport,
                new ControllerCall(host.bus(), host.report().id()),
                host.timers().get(Timer.CACHE_RECONCILE));
        Reconciler reconciler = parts.add(new Reconciler(vault, view, verifier, figures, settings.reconcile()));
        loop.set(reconciler);
        ring.addListener(now -> {
            host.report().ringEpoch(now.epoch().epoch());
            wake();
        });
        ring.start();
        parts.add(new HeaderFeed(
                host.bus(), host.scheduler(), chain, host.timers().get(Timer.CACHE_RECONCILE), new Headers()));
        host.presence().addListener(this::memberChanged);
        Scrubber scrubber = new Scrubber(
                vault,
                host.timers().get(Timer.CACHE_SCRUB),
                settings.scrub().bytesPerSecond(),
                new SplittableRandom(host.scheduler().nanoTime()));
        if (settings.scrub().enabled()) {
            parts.add(scrubber).start();
        }
        parts.add(new Reinitializer(
                host.bus(), host.scheduler(), host.timers(), host.report(), all -> reinitialize(all, scrubber)));
        if (foreign) {
            threads.execute(() -> verifyForeign(verifier));
        }
        publishFigures(ring);
        Scheduled state = new Scheduled(host.scheduler().every(STATE_PERIOD, () -> report(ring)));
        parts.add(state);
        reconciler.start();
    }

    /** Ends fetching and listening; the pieces can still be read. */
    public synchronized void stopFilling() {
        parts.close();
        threads.shutdownNow();
    }

    @Override
    public void close() throws IOException {
        stopFilling();
        headerFile.save(chain);
        vault.close();
    }

    private record Scheduled(Scheduler.Task task) implements AutoCloseable {
        @Override
        public void close() {
            task.cancel();
        }
    }

    private final class Headers implements HeaderFeed.Listener {
        @Override
        public void grown(long segments) {
            wake();
        }

        @Override
        public void fork(SegmentHeader header, Optional<InstanceId> announcedBy) {
            if (header.segmentIndex() == 0) {
                host.refusal()
                        .refuse(settings.directory()
                                + " holds pieces of another chain than the cluster's: name another path=, or empty it");
                return;
            }
            host.events()
                    .record(
                            Severity.CRITICAL,
                            "header.fork",
                            "a controller announces a segment header that contradicts the chain",
                            Map.of(
                                    "segment",
                                    Long.toUnsignedString(header.segmentIndex()),
                                    "controller",
                                    announcedBy.map(InstanceId::toString).orElse("")));
        }
    }

    private List<Presence> members() {
        return host.presence().members().stream()
                .filter(member -> !member.suspect())
                .map(Member::presence)
                .toList();
    }

    private void memberChanged(Member member, PresenceService.Change change) {
        boolean ours = member.id().equals(host.report().id());
        boolean hasPieces = member.role() == Role.SHARDED_CACHE
                || member.role() == Role.FULL_PIECE_CACHE
                || member.role() == Role.CONTROLLER;
        if (!ours && hasPieces && change != PresenceService.Change.SUSPECT && change != PresenceService.Change.GONE) {
            wake();
        }
    }

    private void wake() {
        Reconciler running = loop.get();
        if (running != null) {
            running.wake();
        }
    }

    private void reinitialize(boolean verifyAll, Scrubber scrubber) {
        if (verifyAll) {
            scrubber.readAllNow();
        }
        wake();
        host.presence().announce();
    }

    private void verifyForeign(PieceVerifier verifier) {
        try {
            int batch = settings.reconcile().batchPieces();
            ForeignPieces.End end = new ForeignPieces(vault, chain, verifier, batch, figures).verifyAll();
            if (end == ForeignPieces.End.OTHER_CHAIN) {
                host.refusal()
                        .refuse("the pieces in " + settings.directory() + " do not belong to the cluster's chain");
                return;
            }
            mark();
            wake();
        } catch (IOException e) {
            LOG.error("Pieces from elsewhere cannot be verified: {}", e.toString());
        } catch (InterruptedException e) {
            LOG.debug("Verification of pieces from elsewhere stops", e);
        }
    }

    private void mark() throws IOException {
        DurableFiles.replace(settings.directory().resolve(VERIFIED_MARK), new byte[0]);
    }

    private void publishFigures(RingService ring) {
        host.metrics()
                .observe("cache_pieces_have", "Pieces held.", () -> progress().have());
        host.metrics()
                .observe(
                        "cache_pieces_wanted",
                        "Pieces of the share.",
                        () -> progress().wanted());
        host.metrics()
                .observe(
                        "cache_pieces_missing",
                        "Wanted pieces not held.",
                        () -> progress().missing());
        host.metrics()
                .observe(
                        "cache_pieces_excess",
                        "Held pieces outside the share.",
                        () -> progress().excess());
        host.metrics()
                .observe(
                        "cache_pieces_unverified",
                        "Pieces from elsewhere still to be verified.",
                        () -> vault.pending().size());
        host.metrics().observe("cache_capacity_pieces", "Pieces that fit.", vault::capacity);
        host.metrics().observe("cache_segments", "Segment headers known.", chain::size);
        host.metrics().observe("ring_epoch", "Ring epoch applied.", ring::epoch);
        host.report().figure("have", () -> progress().have());
        host.report().figure("wanted", () -> progress().wanted());
        host.report().figure("missing", () -> progress().missing());
        host.report().figure("excess", () -> progress().excess());
        host.report().figure("unverified", () -> vault.pending().size());
        host.report().figure("segments", chain::size);
    }

    /** Says in presence how the cache is. */
    private void report(RingService ring) {
        headerFile.save(chain);
        host.report().highestSegment(highestSegment());
        MemberState state = host.report().state();
        if (state == MemberState.DRAINING || state == MemberState.STOPPED) {
            return;
        }
        String reason = reason(ring);
        if (reason.isEmpty()) {
            host.presence().state(MemberState.READY, "");
        } else {
            host.presence().state(MemberState.DEGRADED, reason);
        }
    }

    private String reason(RingService ring) {
        ReconcileProgress now = progress();
        String trouble = now.trouble();
        if (chain.size() == 0) {
            return "waits for segment headers from a controller";
        }
        if (vault.pending().size() > 0) {
            return "verifies pieces that came from elsewhere";
        }
        if (trouble != null) {
            return trouble.length() <= 200 ? trouble : trouble.substring(0, 200);
        }
        if (!settings.full()
                && ring.ring()
                        .flatMap(present -> present.member(host.report().id()))
                        .isEmpty()) {
            return "not in the ring yet";
        }
        return now.missing() > 0 ? "filling" : "";
    }

    /** The highest segment of which everything wanted is held; for a shard its share counts. */
    private OptionalLong highestSegment() {
        Reconciler running = loop.get();
        if (running == null) {
            return OptionalLong.empty();
        }
        for (long segment = chain.size() - 1; segment >= 0; segment--) {
            if (running.complete(segment)) {
                return OptionalLong.of(segment);
            }
        }
        return OptionalLong.empty();
    }
}
