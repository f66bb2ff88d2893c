package network.autonomys.farmer.proofserver;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import network.autonomys.farmer.core.engine.RecordEngine;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.kzg.Kzg;
import network.autonomys.farmer.core.kzg.KzgParameters;
import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.core.sector.Prover;
import network.autonomys.farmer.core.sector.SectorLayout;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.protocol.Role;
import network.autonomys.farmer.runtime.ConfigurationException;
import network.autonomys.farmer.runtime.Daemon;
import network.autonomys.farmer.runtime.DaemonContext;
import network.autonomys.farmer.runtime.ExitCode;
import network.autonomys.farmer.runtime.RoleOptions;
import network.autonomys.farmer.runtime.cache.CacheHost;
import network.autonomys.farmer.runtime.cache.KzgAgreement;
import network.autonomys.farmer.runtime.engine.CardWatch;
import network.autonomys.farmer.runtime.engine.Cards;
import network.autonomys.farmer.runtime.engine.EngineOptions;
import network.autonomys.farmer.runtime.engine.Engines;
import network.autonomys.farmer.runtime.engine.KzgLocator;
import network.autonomys.farmer.runtime.os.LowPriorityThreads;
import network.autonomys.farmer.runtime.settings.ByteSize;
import network.autonomys.farmer.runtime.tcp.BulkSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code proof-server} (cluster-and-cli §2.2, §2.4). */
@Command(
        name = "proof-server",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Computes complete solutions from source pieces that it fetches from the caches.")
public final class ProofServerCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ProofServerCommand.class);
    private static final Duration FIRST_ESTIMATE = Duration.ofMillis(700);

    @Mixin
    private final EngineOptions engineOptions = new EngineOptions();

    @Mixin
    private final RoleOptions options;

    @Option(
            names = "--max-queue",
            paramLabel = "N",
            defaultValue = "32",
            description = "Requests that may wait; more are answered \"busy\" at once. Default: ${DEFAULT-VALUE}.")
    private int maxQueue;

    @Option(
            names = "--proof-concurrency",
            paramLabel = "N",
            description = "Proofs computed at once. Default: half of the processors of the affinity mask.")
    private @Nullable Integer concurrency;

    @Option(
            names = "--piece-cache",
            paramLabel = "SIZE",
            defaultValue = "64MiB",
            description = "Memory for pieces of the last proofs. Default: ${DEFAULT-VALUE}.")
    private String pieceCache = "64MiB";

    /** A command over the options that every role shares. */
    public ProofServerCommand(RoleOptions options) {
        this.options = options;
    }

    @Override
    public Integer call() {
        try {
            options.configureLog();
            options.natsServers();
            options.push();
            ProofServerSettings settings = settings();
            KzgParameters kzg = KzgLocator.ofProcess().load(options.kzgParameters());
            if (options.dryRun()) {
                return ExitCode.STOPPED;
            }
            return Daemon.run(
                    Role.PROOF_SERVER,
                    options,
                    options.stateDir().or(Optional::empty),
                    context -> start(context, settings, kzg));
        } catch (ConfigurationException e) {
            System.err.println("proof-server: " + e.getMessage());
            return ExitCode.CONFIGURATION;
        }
    }

    private ProofServerSettings settings() throws ConfigurationException {
        int proofs = concurrency == null ? Math.max(1, Engines.processors() / 2) : concurrency;
        if (maxQueue < 1 || proofs < 1) {
            throw new ConfigurationException("--max-queue and --proof-concurrency are at least 1");
        }
        long recent;
        try {
            recent = ByteSize.parse(pieceCache);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("--piece-cache: " + e.getMessage());
        }
        return new ProofServerSettings(
                maxQueue,
                maxQueue,
                proofs,
                recent,
                FIRST_ESTIMATE,
                options.stateDir().map(folder -> folder.resolve("ring.bin")));
    }

    private void start(DaemonContext context, ProofServerSettings settings, KzgParameters kzg)
            throws ConfigurationException, InterruptedException {
        context.self().kzgDigest(kzg.digest());
        Engines engines = context.onStop("engines", Engines.processor(kzg, settings.proofs()));
        engines.observe(context.self(), context.metrics());
        Cards cards = context.onStop("graphics cards", engineOptions.cards(engines.records(), System.getenv()));
        cards.observe(context.metrics());
        context.onStop(
                "watch over graphics cards",
                new CardWatch(cards::status, context.self(), context.presence(), context.scheduler()));
        Kzg commitments = cards.kzg(engines.kzg());
        // A card does table and witness one after the other sooner than two of its requests side by side.
        Prover prover = commitments.equals(engines.kzg()) && cards.records().equals(engines.records())
                ? engines.prover()
                : new Prover(cards.records(), commitments);
        context.waiting("warming up");
        warmUpInBackground(cards.records(), prover, commitments);
        context.onStop("KZG agreement", KzgAgreement.of(context, kzg.digest()));
        BulkSettings bulk = BulkSettings.of(context);
        CacheHost host = CacheHost.of(context);
        ProofServer server =
                context.onStop("proof server", ProofServer.start(host, settings, prover, commitments, bulk));
        context.onDrain(server::drain);
        LowPriorityThreads.factory("warm-up-")
                .newThread(() -> goOnWarmingUp(cards.records(), prover, engines, commitments))
                .start();
    }

    /**
     * Warms up without taking the processors from those who farm already. What comes after a proof's table is compiled beside it; a whole solution is
     * the end.
     */
    private static void warmUpInBackground(RecordEngine records, Prover prover, Kzg kzg) throws InterruptedException {
        long start = System.nanoTime();
        FutureTask<?> witnesses = inBackground(() -> witness(kzg));
        FutureTask<?> solution = inBackground(() -> prove(records, prover, 0));
        try {
            witnesses.get();
            solution.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the engine cannot prove: " + e.getCause(), e.getCause());
        }
        LOG.info("warmed up in {} ms", (System.nanoTime() - start) / 1_000_000);
    }

    private static FutureTask<?> inBackground(Runnable work) {
        FutureTask<?> task = new FutureTask<>(work, null);
        LowPriorityThreads.factory("warm-up-").newThread(task).start();
        return task;
    }

    /** What makes proofs faster still; requests are served meanwhile, and come first. */
    private static void goOnWarmingUp(RecordEngine records, Prover prover, Engines engines, Kzg kzg) {
        try {
            prove(records, prover, 2);
            if (kzg.equals(engines.kzg())) {
                long start = System.nanoTime();
                engines.prepareWitnesses();
                LOG.info("witnesses prepared in {} ms", (System.nanoTime() - start) / 1_000_000);
            }
        } catch (RuntimeException e) {
            LOG.warn("warming up ended early; proofs may stay slower: {}", e.toString());
        }
    }

    /** From the chunks of a record to the witness of one of them. */
    private static void witness(Kzg kzg) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment source = arena.allocate(SectorLayout.RECORD);
            MemorySegment coefficients = arena.allocate(SectorLayout.RECORD);
            MemorySegment.copy(piece(), 0, source, ValueLayout.JAVA_BYTE, 0, SectorLayout.RECORD);
            kzg.field().interpolate(SectorLayout.RECORD_CHUNKS, 1, source, coefficients);
            kzg.witness(SectorLayout.RECORD_CHUNKS, coefficients, SectorLayout.S_BUCKETS, 0);
        }
    }

    /** Proves something of no meaning, so that the first real request finds compiled code: vector code is very slow until then. */
    private static void prove(RecordEngine records, Prover prover, int fromSBucket) {
        byte[] piece = piece();
        long start = System.nanoTime();
        Bytes key = Bytes.zeros(32);
        byte[] proof = new byte[Constants.POS_PROOF_SIZE];
        // Every other s-bucket holds a chunk of the record itself, and two in three have a proof.
        int sBucket = fromSBucket;
        Prover.Task task = new Prover.Task(key, key, 0, 1, 0, sBucket, PosVersion.V1);
        while (!records.findProof(PosVersion.V1, prover.seed(task), sBucket, proof)) {
            sBucket += 2;
            task = new Prover.Task(key, key, 0, 1, 0, sBucket, PosVersion.V1);
        }
        byte[] stored = Blake3.hash(proof);
        for (int i = 0; i < stored.length; i++) {
            stored[i] ^= piece[stored.length * (sBucket / 2) + i];
        }
        if (prover.fromPiece(task, Bytes.of(stored), piece).isEmpty()) {
            throw new IllegalStateException("no solution for a chunk that has one");
        }
        LOG.info("a solution of no meaning in {} ms", (System.nanoTime() - start) / 1_000_000);
    }

    /** A record of random scalars: the witness of zeros would be no work. */
    private static byte[] piece() {
        byte[] piece = new byte[Constants.PIECE_SIZE];
        new SplittableRandom(1).nextBytes(piece);
        for (int i = 0; i < Constants.RECORD_SIZE; i += Constants.SCALAR_SIZE) {
            piece[i] &= 0x3f;
        }
        return piece;
    }
}
