package network.autonomys.farmer.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import network.autonomys.farmer.core.archive.ArchivingProgress;
import network.autonomys.farmer.core.archive.DevSegmentCommitter;
import network.autonomys.farmer.core.archive.PieceReconstructor;
import network.autonomys.farmer.core.archive.SegmentSealer;
import network.autonomys.farmer.core.engine.Workers;
import network.autonomys.farmer.core.kzg.Kzg;
import network.autonomys.farmer.core.kzg.PieceChecks;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.devnode.DevNode;
import network.autonomys.farmer.nodeproxy.ChainCalls;
import network.autonomys.farmer.nodeproxy.rpc.RpcOverHttp;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.Role;
import network.autonomys.farmer.protocol.message.MemberState;
import network.autonomys.farmer.protocol.message.Presence;
import network.autonomys.farmer.runtime.cache.HeaderChain;
import network.autonomys.farmer.runtime.cache.KzgPieceVerifier;
import network.autonomys.farmer.runtime.cache.MemoryTier;
import network.autonomys.farmer.runtime.cache.PeerHoldings;
import network.autonomys.farmer.runtime.cache.PieceSet;
import network.autonomys.farmer.runtime.cache.PieceSource;
import network.autonomys.farmer.runtime.cache.PieceTransport;
import network.autonomys.farmer.runtime.cache.PieceVerifier;
import network.autonomys.farmer.runtime.cache.StorePieceVault;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real segment: archived again from the blocks of a node, then made from half of its pieces. */
class SegmentRecoveryTest {
    @TempDir
    static Path root;

    private static final HeaderChain CHAIN = new HeaderChain();
    private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();
    private static Kzg kzg;
    private static DevSegmentCommitter committer;
    private static StorePieceVault archived;
    private static int kept;

    @BeforeAll
    static void archiveAgain() throws Exception {
        kzg = Kzg.cpu(TestChain.PARAMETERS);
        committer = new DevSegmentCommitter();
        archived = vault("archived");
        try (DevNode node = TestChain.start(root.resolve("node"), 0);
                RpcOverHttp rpc =
                        new RpcOverHttp(TestChain.url("http", node.address().getPort()), Duration.ofSeconds(5))) {
            CHAIN.offer(node.chain().segments().find(0).orElseThrow());
            ChainCalls calls = new ChainCalls(rpc, Duration.ofSeconds(30));
            BlockRecovery blocks = new BlockRecovery(
                    archived,
                    CHAIN,
                    () -> calls,
                    memory -> new SegmentSealer(
                            kzg.field(), committer, memory, Workers.callingThread(), ArchivingProgress.NONE),
                    root);
            BitSet one = new BitSet();
            one.set(17);
            kept = blocks.recover(0, one);
        }
    }

    @AfterAll
    static void close() throws IOException {
        THREADS.shutdownNow();
        archived.close();
        committer.close();
        kzg.close();
    }

    @Test
    void segmentIsArchivedAgainFromTheBlocksAndAllOfItIsKept() throws Exception {
        assertThat(kept).isEqualTo(256);
        assertThat(archived.held().countInSegment(0)).isEqualTo(256);
        long[] some = {0, 1, 17, 254, 255};
        assertThat(verifier()
                        .invalid(
                                some,
                                Arrays.stream(some)
                                        .mapToObj(SegmentRecoveryTest::piece)
                                        .toList()))
                .isEqualTo(new BitSet());
    }

    @Test
    void lostPiecesAreMadeFromHalfOfTheSegmentAlthoughOneIsCorrupt() throws Exception {
        try (StorePieceVault window = vault("few")) {
            // 129 pieces are there, one of which its cache sends with a wrong byte.
            Caches caches = new Caches(Map.of("one", range(0, 100), "two", range(90, 129)), 7);
            BitSet missing = new BitSet();
            missing.set(200);
            missing.set(255);
            assertThat(reconstruction(window, caches).recover(0, missing)).isEqualTo(2);
            assertThat(window.held().toArray()).containsExactly(200, 255);
            assertSame(window, 200, 255);
        }
    }

    @Test
    void whenManyAreLostTheEntireSegmentIsMadeAndEverythingThatNobodyHoldsIsKept() throws Exception {
        try (StorePieceVault window = vault("many")) {
            Caches caches = new Caches(Map.of("one", range(64, 192)), -1);
            assertThat(reconstruction(window, caches).recover(0, range(0, 20))).isEqualTo(128);
            assertThat(window.held().countInSegment(0)).isEqualTo(128);
            assertSame(window, 0, 19, 63, 192, 255);
        }
    }

    @Test
    void fewerThanHalfAreNotEnough() throws Exception {
        try (StorePieceVault window = vault("none")) {
            assertThat(reconstruction(window, new Caches(Map.of("one", range(0, 127)), -1))
                            .recover(0, range(200, 201)))
                    .isZero();
            // 128, of which one is bad: neither.
            assertThat(reconstruction(window, new Caches(Map.of("one", range(0, 128)), 5))
                            .recover(0, range(200, 201)))
                    .isZero();
            assertThat(window.held().size()).isZero();
        }
    }

    private static BitSet range(int from, int to) {
        BitSet range = new BitSet();
        range.set(from, to);
        return range;
    }

    private static StorePieceVault vault(String name) throws IOException {
        return new StorePieceVault(
                root.resolve(name),
                Constants.PIECE_SIZE,
                OptionalLong.empty(),
                new MemoryTier(Constants.PIECE_SIZE, 0),
                piece -> {},
                true);
    }

    private static MemorySegment piece(long index) {
        MemorySegment bytes = MemorySegment.ofArray(new byte[Constants.PIECE_SIZE]);
        try {
            assertThat(archived.read(index, bytes)).isTrue();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes;
    }

    private static void assertSame(StorePieceVault window, long... pieces) throws IOException {
        for (long index : pieces) {
            MemorySegment made = MemorySegment.ofArray(new byte[Constants.PIECE_SIZE]);
            assertThat(window.read(index, made)).isTrue();
            assertThat(made.mismatch(piece(index))).isEqualTo(-1);
        }
    }

    private static PieceVerifier verifier() {
        return new KzgPieceVerifier(new PieceChecks(kzg), CHAIN, new Random(1), THREADS);
    }

    private static CacheReconstruction reconstruction(StorePieceVault window, Caches caches) {
        return new CacheReconstruction(
                window,
                caches::members,
                new PeerHoldings(caches, THREADS, Duration.ofSeconds(5)),
                caches,
                verifier(),
                new PieceReconstructor(kzg.field(), committer, Workers.callingThread()),
                root,
                "here",
                Duration.ofSeconds(30));
    }

    /** Caches that hold parts of the segment. */
    private record Caches(Map<String, BitSet> held, int corrupt) implements PieceTransport {
        List<Presence> members() {
            return held.keySet().stream().map(Caches::presence).toList();
        }

        @Override
        public void fetch(String address, long[] pieces, PieceSource.PieceSink sink, Duration limit)
                throws IOException, InterruptedException {
            for (long index : pieces) {
                if (Optional.ofNullable(held.get(address)).orElseThrow().get((int) index)) {
                    MemorySegment bytes = piece(index);
                    if (index == corrupt) {
                        bytes.asSlice(12_345, 1).fill((byte) 0x55);
                    }
                    sink.piece(index, bytes);
                }
            }
        }

        @Override
        public byte[] bitmaps(Presence cache, long firstSegment, int count) {
            PieceSet set = new PieceSet();
            Optional.ofNullable(held.get(cache.addresses().getFirst())).orElseThrow().stream()
                    .forEach(set::add);
            return set.bitmaps(firstSegment, count);
        }

        private static Presence presence(String name) {
            return new Presence(
                    new InstanceId(name.hashCode(), 1),
                    Role.SHARDED_CACHE,
                    name,
                    "",
                    List.of(name),
                    "1",
                    0,
                    MemberState.READY,
                    "",
                    0,
                    0,
                    0,
                    0,
                    0,
                    1000,
                    0L,
                    OptionalLong.empty(),
                    Optional.empty(),
                    List.of(),
                    Map.of());
        }
    }
}
