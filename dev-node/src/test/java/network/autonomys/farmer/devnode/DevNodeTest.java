package network.autonomys.farmer.devnode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import network.autonomys.farmer.core.archive.ArchivedSegment;
import network.autonomys.farmer.core.archive.Archiver;
import network.autonomys.farmer.core.archive.ArchivingProgress;
import network.autonomys.farmer.core.archive.BlockEncoding;
import network.autonomys.farmer.core.archive.DevSegmentCommitter;
import network.autonomys.farmer.core.archive.SegmentPieces;
import network.autonomys.farmer.core.archive.SegmentSealer;
import network.autonomys.farmer.core.archive.SignedBlock;
import network.autonomys.farmer.core.engine.Workers;
import network.autonomys.farmer.core.field.CpuFieldEngine;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.SegmentHeader;
import network.autonomys.farmer.core.types.Solution;
import network.autonomys.farmer.core.types.SolutionResponse;
import network.autonomys.farmer.devnode.chain.BlockException;
import network.autonomys.farmer.devnode.chain.ChainSpec;
import network.autonomys.farmer.devnode.chain.Ledger;
import network.autonomys.farmer.devnode.chain.Outcome;
import network.autonomys.farmer.nodeproxy.ChainCalls;
import network.autonomys.farmer.nodeproxy.json.Fields;
import network.autonomys.farmer.nodeproxy.json.Json;
import network.autonomys.farmer.nodeproxy.rpc.RpcOverHttp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevNodeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static DevNode.Options options(ChainSpec spec, Path folder, int filler, Optional<URI> leader) {
        return new DevNode.Options(
                spec,
                TestParameters.DEV,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                folder,
                true,
                false,
                true,
                filler,
                true,
                Set.of(),
                leader);
    }

    private static URI url(String scheme, DevNode node) {
        return URI.create(scheme + "://127.0.0.1:" + node.address().getPort());
    }

    private static Ledger.Account account(DevNode node, Bytes key) {
        return Optional.ofNullable(node.chain().ledger().keys().get(key)).orElseThrow();
    }

    private static Outcome lastOutcome(DevNode node, Bytes key) {
        return node.chain().ledger().last(1000).stream()
                .filter(entry -> entry.solution().publicKey().equals(key))
                .map(Ledger.Entry::outcome)
                .reduce((a, b) -> b)
                .orElse(Outcome.of(Outcome.Code.VOTE_ON_GENESIS));
    }

    @Test
    void historyGrowsAndCanBeArchivedAgainFromTheBlocks(@TempDir Path folder) throws Exception {
        ChainSpec spec = TestParameters.quick("history");
        long best;
        long slot;
        try (DevNode node = DevNode.start(options(spec, folder, 15_000_000, Optional.empty()));
                TestFarmer farmer = new TestFarmer(url("ws", node), 1, 2)) {
            farmer.keepsPieces = true;
            await().atMost(PATIENCE)
                    .until(() ->
                            farmer.segments.size() >= 1 && node.chain().best().segments() >= 2);
            Ledger.Account account = account(node, farmer.publicKey());
            assertThat(account.blocks()).isEqualTo(node.chain().best().number());
            assertThat(account.votes()).isPositive();
            assertThat(farmer.states).containsExactly("connected");
            exportsTheSame(node, farmer);
            best = node.chain().best().number();
            slot = node.chain().best().slot();
        }
        // The same folder: nothing is lost, and slots go on.
        try (DevNode again = DevNode.start(options(spec, folder, 0, Optional.empty()));
                TestFarmer farmer = new TestFarmer(url("ws", again), 1, 2)) {
            assertThat(again.chain().best().number()).isGreaterThanOrEqualTo(best);
            await().atMost(PATIENCE).until(() -> again.chain().best().number() >= best + 2);
            assertThat(farmer.slots.getFirst().slotNumber()).isGreaterThan(slot);
            assertThatThrownBy(() -> DevNode.start(options(spec, folder, 0, Optional.empty())))
                    .hasMessageContaining("in use");
        }
        assertThatThrownBy(() -> DevNode.start(options(TestParameters.quick("other"), folder, 0, Optional.empty())))
                .isInstanceOf(BlockException.class)
                .hasMessageContaining("another chain");
    }

    /** What the export of history does: segment 1 from the blocks alone, over HTTP. */
    private static void exportsTheSame(DevNode node, TestFarmer farmer) throws Exception {
        SegmentHeader zero = node.chain().segments().find(0).orElseThrow();
        SegmentHeader one = node.chain().segments().find(1).orElseThrow();
        assertThat(zero.lastArchivedBlock().archivedProgress().partial()).hasValue(130_023_418);
        assertThat(farmer.segments.getFirst()).isEqualTo(one);
        try (DevSegmentCommitter committer = new DevSegmentCommitter();
                RpcOverHttp rpc = new RpcOverHttp(url("http", node), Duration.ofSeconds(5))) {
            ChainCalls calls = new ChainCalls(rpc, Duration.ofSeconds(30));
            SegmentSealer sealer = new SegmentSealer(
                    new CpuFieldEngine(),
                    committer,
                    SegmentPieces.HEAP,
                    Workers.callingThread(),
                    ArchivingProgress.NONE);
            SignedBlock genesis = calls.block(calls.blockHash(0).orElseThrow()).orElseThrow();
            Archiver archiver = Archiver.restart(sealer, false, zero, BlockEncoding.encode(genesis), List.of());
            ArchivedSegment[] made = new ArchivedSegment[1];
            Bytes parent = genesis.header().hash();
            for (long number = 1; made[0] == null; number++) {
                Bytes hash = calls.blockHash(number).orElseThrow();
                SignedBlock block = calls.blocks(List.of(hash)).getFirst().orElseThrow();
                assertThat(block.header().hash()).isEqualTo(hash);
                assertThat(block.header().parentHash()).isEqualTo(parent);
                parent = hash;
                archiver.addBlock(BlockEncoding.encode(block), List.of(), segment -> made[0] = segment);
            }
            assertThat(made[0].header()).isEqualTo(one);
            List<Long> served =
                    farmer.pieces.keySet().stream().filter(i -> i / 256 == 1).toList();
            assertThat(served).hasSize(4);
            for (long index : served) {
                assertThat(made[0].pieces().pieceBytes((int) (index % 256))).isEqualTo(farmer.pieces.get(index));
            }
            // Nobody holds the segment any more: the node does not serve it, though a dev node can make it again.
            assertThat(rpc.call("subspace_piece", Json.array(Json.u64(256)), Duration.ofSeconds(5)))
                    .isEqualTo(Json.Null.NULL);
            byte[] rebuilt = new byte[network.autonomys.farmer.core.types.Constants.PIECE_SIZE];
            network.autonomys.farmer.nodeproxy.json.PieceJson.read(
                    rpc.call("devnode_piece", Json.array(Json.u64(256)), Duration.ofSeconds(60)),
                    java.lang.foreign.MemorySegment.ofArray(rebuilt));
            assertThat(rebuilt).isEqualTo(farmer.pieces.get(256L));
            byte[] storageKey = java.util.HexFormat.of()
                    .parseHex("3e1e8e35b440038ed6e6cf14c413a10219bc26fe1255be792ad20be7dcf78a12"
                            + "9599a4a217cb299f0100000000000000");
            Json stored = rpc.call(
                    "state_getStorage",
                    Json.array(network.autonomys.farmer.nodeproxy.json.NodeTypes.prefixedHex(storageKey)),
                    Duration.ofSeconds(5));
            assertThat(Fields.prefixedHex(stored))
                    .isEqualTo(one.segmentCommitment().toArray());
        }
    }

    @Test
    void everyBadSolutionGetsItsReasonAndAnotherNodeFollows(@TempDir Path folder, @TempDir Path second)
            throws Exception {
        ChainSpec spec = TestParameters.quick("refusals");
        try (DevNode node = DevNode.start(options(spec, folder, 0, Optional.empty()));
                DevNode follower = DevNode.start(options(spec, second, 0, Optional.of(url("ws", node))));
                TestFarmer farmer = new TestFarmer(url("ws", follower), 2, 2)) {
            await().atMost(PATIENCE).until(() -> node.chain().best().number() >= 3);
            Bytes key = farmer.publicKey();
            record Bad(Outcome.Code code, java.util.function.UnaryOperator<Solution> change) {}
            List<Bad> bad = List.of(
                    new Bad(Outcome.Code.INVALID_PROOF_OF_SPACE, s -> with(s, s.chunk(), flip(s.proofOfSpace(), 3))),
                    new Bad(Outcome.Code.INVALID_PIECE, s -> witness(s, s.chunkWitness(), s.recordWitness(), s)),
                    new Bad(
                            Outcome.Code.INVALID_CHUNK_WITNESS,
                            s -> witness(s, s.recordWitness(), s.recordWitness(), s)),
                    new Bad(Outcome.Code.SEGMENT_COMMITMENT_NOT_FOUND, s -> history(s, 1L << 40)),
                    new Bad(Outcome.Code.INVALID_CHUNK, s -> with(s, ones(), s.proofOfSpace())));
            for (Bad one : bad) {
                farmer.change = one.change();
                await(one.code().label())
                        .atMost(PATIENCE)
                        .until(() -> lastOutcome(node, key).code() == one.code());
            }
            farmer.change = s -> s;
            farmer.signsWrongly = true;
            await().atMost(PATIENCE).until(() -> lastOutcome(node, key).code() == Outcome.Code.BAD_SIGNATURE);
            farmer.signsWrongly = false;
            long before = node.chain().best().number();
            await().atMost(PATIENCE).until(() -> node.chain().best().number() >= before + 2);

            // Far too old, and far too new.
            Solution any = farmer.submitted.getFirst().solution();
            assertThat(farmer.client().calls().submitSolution(new SolutionResponse(1, any)))
                    .isFalse();
            assertThat(farmer.client().calls().submitSolution(new SolutionResponse(1L << 40, any)))
                    .isFalse();

            await().atMost(PATIENCE).until(() -> follower.chain().best().number() >= before + 2);
            long common = follower.chain().best().number();
            assertThat(follower.chain().blocks().hash(common))
                    .isEqualTo(node.chain().blocks().hash(common));
            assertThat(follower.chain().segments().last(10))
                    .isEqualTo(node.chain().segments().last(10));
            assertThat(account(follower, key).blocks()).isEqualTo(common);
        }
    }

    private static Bytes flip(Bytes bytes, int at) {
        byte[] changed = bytes.toArray();
        changed[at] ^= 0x55;
        return Bytes.of(changed);
    }

    private static Bytes ones() {
        byte[] chunk = new byte[32];
        java.util.Arrays.fill(chunk, (byte) 0xff);
        return Bytes.of(chunk);
    }

    private static Solution with(Solution s, Bytes chunk, Bytes proof) {
        return new Solution(
                s.publicKey(),
                s.rewardAddress(),
                s.sectorIndex(),
                s.historySize(),
                s.pieceOffset(),
                s.recordCommitment(),
                s.recordWitness(),
                chunk,
                s.chunkWitness(),
                proof);
    }

    /** With another chunk witness, or where that is kept, with another record witness. */
    private static Solution witness(Solution s, Bytes chunkWitness, Bytes recordWitness, Solution original) {
        boolean keepsChunk = chunkWitness.equals(original.chunkWitness());
        return new Solution(
                s.publicKey(),
                s.rewardAddress(),
                s.sectorIndex(),
                s.historySize(),
                s.pieceOffset(),
                s.recordCommitment(),
                keepsChunk ? s.chunkWitness() : recordWitness,
                s.chunk(),
                chunkWitness,
                s.proofOfSpace());
    }

    private static Solution history(Solution s, long historySize) {
        return new Solution(
                s.publicKey(),
                s.rewardAddress(),
                s.sectorIndex(),
                historySize,
                s.pieceOffset(),
                s.recordCommitment(),
                s.recordWitness(),
                s.chunk(),
                s.chunkWitness(),
                s.proofOfSpace());
    }
}
