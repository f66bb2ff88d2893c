package network.autonomys.farmer.devnode;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import network.autonomys.farmer.core.archive.ArchivingProgress;
import network.autonomys.farmer.core.archive.DevSegmentCommitter;
import network.autonomys.farmer.core.archive.KzgSegmentCommitter;
import network.autonomys.farmer.core.archive.SegmentCommitter;
import network.autonomys.farmer.core.archive.SegmentSealer;
import network.autonomys.farmer.core.engine.Workers;
import network.autonomys.farmer.core.kzg.DevSecret;
import network.autonomys.farmer.core.kzg.Kzg;
import network.autonomys.farmer.core.kzg.KzgParameters;
import network.autonomys.farmer.core.pos.ProofVerifier;
import network.autonomys.farmer.core.pos.VectorForm;
import network.autonomys.farmer.core.sector.SolutionVerifier;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.RewardSignatureResponse;
import network.autonomys.farmer.core.types.SolutionResponse;
import network.autonomys.farmer.devnode.chain.Archive;
import network.autonomys.farmer.devnode.chain.BlockException;
import network.autonomys.farmer.devnode.chain.Chain;
import network.autonomys.farmer.devnode.chain.ChainSpec;
import network.autonomys.farmer.devnode.chain.ProofLog;
import network.autonomys.farmer.devnode.node.Acknowledgements;
import network.autonomys.farmer.devnode.node.Announcements;
import network.autonomys.farmer.devnode.node.ChainMethods;
import network.autonomys.farmer.devnode.node.DevMethods;
import network.autonomys.farmer.devnode.node.FarmerMethods;
import network.autonomys.farmer.devnode.node.Faults;
import network.autonomys.farmer.devnode.node.Follower;
import network.autonomys.farmer.devnode.node.SigningDesk;
import network.autonomys.farmer.devnode.node.SlotWorker;
import network.autonomys.farmer.devnode.node.SolutionQueues;
import network.autonomys.farmer.devnode.node.Timekeeper;
import network.autonomys.farmer.devnode.rpc.MethodTable;
import network.autonomys.farmer.devnode.rpc.RpcServer;
import network.autonomys.farmer.runtime.Version;
import network.autonomys.farmer.runtime.http.WebSocketServerSettings;
import network.autonomys.farmer.runtime.os.LowPriorityThreads;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running dev node: its chain, its clock and its RPC, started and stopped as one. */
public final class DevNode implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DevNode.class);
    private static final Duration ACKNOWLEDGEMENT_LIMIT = Duration.ofMinutes(2);
    private static final int MAX_RESPONSE = 15 * 1024 * 1024;
    /** Enough for the JSON of a block with 16 MiB of filler. */
    private static final int MAX_BIG_RESPONSE = 40 * 1024 * 1024;

    private final Deque<AutoCloseable> resources = new ArrayDeque<>();
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    private final Chain chain;
    private final RpcServer server;

    /**
     * What a node is started with.
     *
     * @param spec of the chain
     * @param parameters whose digest the specification names
     * @param listen address of the RPC
     * @param folder for the chain
     * @param allowUnsafe whether farmers may hand in
     * @param localHostsOnly whether the Host header must name this machine
     * @param devRpc whether the calls of node-rpc §6.6 are served
     * @param fillerBytes of each block
     * @param bigBlocks whether answers may be longer than a node's
     * @param rewardAddresses the only ones to be paid; empty for any
     * @param leader the node to follow, if it does
     */
    public record Options(
            ChainSpec spec,
            KzgParameters parameters,
            InetSocketAddress listen,
            Path folder,
            boolean allowUnsafe,
            boolean localHostsOnly,
            boolean devRpc,
            int fillerBytes,
            boolean bigBlocks,
            Set<Bytes> rewardAddresses,
            Optional<URI> leader) {}

    /**
     * Starts a node; returns when it listens.
     *
     * @throws BlockException where the folder holds another chain
     * @throws IOException where the folder is in use or the port is taken
     */
    public static DevNode start(Options options) throws IOException, BlockException, InterruptedException {
        Deque<AutoCloseable> resources = new ArrayDeque<>();
        try {
            return new DevNode(options, resources);
        } catch (IOException | BlockException | InterruptedException | RuntimeException e) {
            closeAll(resources);
            throw e;
        }
    }

    private DevNode(Options options, Deque<AutoCloseable> opened)
            throws IOException, BlockException, InterruptedException {
        SecureRandom random = new SecureRandom();
        lock(options.folder(), opened);
        Kzg kzg = add(opened, Kzg.cpu(options.parameters()));
        ProofVerifier space = new ProofVerifier(VectorForm.SCALAR);
        chain = add(opened, Chain.open(options.spec(), options.folder(), new SolutionVerifier(kzg, space::isValid)));
        Faults faults = new Faults();
        Acknowledgements acknowledgements = new Acknowledgements(ACKNOWLEDGEMENT_LIMIT);
        SolutionQueues queues = new SolutionQueues(options.spec().authoringDelay());
        Announcements announcements = new Announcements(acknowledgements, queues, options.allowUnsafe(), faults);
        Archive archive = archive(options, kzg, announcements, opened);
        chain.onBlock(announcements::head);
        archive.start();

        Clockwork clockwork = options.leader().isPresent()
                ? follow(options.leader().get(), archive, announcements, random, opened)
                : lead(options, archive, announcements, queues, opened);
        MethodTable methods = new MethodTable();
        new FarmerMethods(chain, archive, announcements, acknowledgements, clockwork.desk(), faults).addTo(methods);
        ChainMethods chainMethods = new ChainMethods(
                chain,
                announcements,
                faults,
                Version.current(),
                options.leader().isPresent());
        chainMethods.addTo(methods);
        RunningControl control = new RunningControl(clockwork);
        if (options.devRpc()) {
            new DevMethods(chain, archive, chainMethods, announcements, faults, control).addTo(methods);
        }
        server = add(
                opened,
                RpcServer.start(
                        new RpcServer.Settings(
                                WebSocketServerSettings.node(options.listen()),
                                options.bigBlocks() ? MAX_BIG_RESPONSE : MAX_RESPONSE,
                                options.allowUnsafe(),
                                options.localHostsOnly()),
                        methods,
                        random));
        control.server = server;
        clockwork.start().run();
        resources.addAll(opened);
        LOG.info(
                "Dev node (simulated chain {}) at block {}, {} segments, listens on {}",
                options.spec().genesis().hash(),
                chain.best().number(),
                chain.segments().size(),
                server.address());
    }

    /** What drives the chain: this node itself, or the one that it follows. */
    private record Clockwork(
            FarmerMethods.Desk desk,
            Runnable start,
            @Nullable SlotWorker worker,
            @Nullable Timekeeper timekeeper) {}

    private static void lock(Path folder, Deque<AutoCloseable> opened) throws IOException {
        Files.createDirectories(folder);
        FileChannel file = add(
                opened, FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        boolean locked;
        try {
            locked = file.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // Another dev node of this very process has it.
            locked = false;
        }
        if (!locked) {
            throw new IOException("the folder " + folder + " is in use by another dev node");
        }
    }

    private Archive archive(Options options, Kzg kzg, Announcements announcements, Deque<AutoCloseable> opened)
            throws IOException {
        SegmentCommitter committer = options.parameters().digest().equals(DevSecret.PARAMETERS_DIGEST)
                ? add(opened, new DevSegmentCommitter())
                : new KzgSegmentCommitter(kzg);
        int helpers = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
        ExecutorService threads = add(opened, LowPriorityThreads.pool("archiving-", helpers));
        return new Archive(
                options.spec(),
                chain.blocks(),
                chain.segments(),
                allocator -> new SegmentSealer(
                        kzg.field(), committer, allocator, Workers.with(threads, helpers), ArchivingProgress.NONE),
                options.folder(),
                announcements::segment);
    }

    private Clockwork lead(
            Options options,
            Archive archive,
            Announcements announcements,
            SolutionQueues queues,
            Deque<AutoCloseable> opened)
            throws IOException {
        SigningDesk signing = new SigningDesk(announcements::signing);
        SlotWorker worker = add(
                opened,
                new SlotWorker(
                        chain,
                        archive,
                        queues,
                        signing,
                        announcements::slot,
                        options.rewardAddresses(),
                        options.fillerBytes(),
                        Clock.systemUTC(),
                        failure::complete));
        ProofLog log = add(opened, ProofLog.open(options.folder().resolve("proofs.log"), chain.proofs(), chain.best()));
        Timekeeper timekeeper = add(opened, new Timekeeper(chain, log, worker::proven, failure::complete));
        FarmerMethods.Desk desk = new FarmerMethods.Desk() {
            @Override
            public boolean solution(SolutionResponse response) {
                return queues.offer(response);
            }

            @Override
            public void signature(RewardSignatureResponse response) {
                signing.answer(response);
            }
        };
        Runnable start = () -> {
            worker.start();
            timekeeper.start();
        };
        return new Clockwork(desk, start, worker, timekeeper);
    }

    private Clockwork follow(
            URI leader,
            Archive archive,
            Announcements announcements,
            SecureRandom random,
            Deque<AutoCloseable> opened) {
        Follower follower = add(opened, new Follower(leader, chain, archive, announcements, random, failure::complete));
        return new Clockwork(follower, follower::start, null, null);
    }

    /** A following node has no clock and makes no blocks: what would change them does nothing there. */
    private static final class RunningControl implements DevMethods.Control {
        private final Clockwork clockwork;
        private volatile @Nullable RpcServer server;

        RunningControl(Clockwork clockwork) {
            this.clockwork = clockwork;
        }

        @Override
        public void setRange(long range) {
            if (clockwork.worker() != null) {
                clockwork.worker().setRange(range);
            }
        }

        @Override
        public void setFiller(int bytes) {
            if (clockwork.worker() != null) {
                clockwork.worker().setFiller(bytes);
            }
        }

        @Override
        public void pause(boolean on) {
            if (clockwork.timekeeper() != null) {
                clockwork.timekeeper().pause(on);
            }
        }

        @Override
        public void dropConnections() {
            RpcServer running = server;
            if (running != null) {
                // Not on the thread of the call, whose own connection ends too.
                Thread.ofVirtual().start(running::dropConnections);
            }
        }

        @Override
        public double meanProofNanos() {
            return clockwork.timekeeper() == null ? 0 : clockwork.timekeeper().meanProofNanos();
        }
    }

    private static <T extends AutoCloseable> T add(Deque<AutoCloseable> resources, T resource) {
        resources.push(resource);
        return resource;
    }

    /** Where the RPC listens. */
    public InetSocketAddress address() {
        return server.address();
    }

    public Chain chain() {
        return chain;
    }

    /** Completes if the chain cannot go on. */
    public CompletableFuture<Throwable> failure() {
        return failure;
    }

    private static void closeAll(Deque<AutoCloseable> resources) {
        while (!resources.isEmpty()) {
            try {
                resources.pop().close();
            } catch (Exception e) {
                LOG.warn("Something does not stop as it should", e);
            }
        }
    }

    @Override
    public void close() {
        closeAll(resources);
    }
}
