package network.autonomys.farmer.core.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.foreign.MemorySegment;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import network.autonomys.farmer.core.engine.Workers;
import network.autonomys.farmer.core.field.CpuFieldEngine;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.kzg.Kzg;
import network.autonomys.farmer.core.kzg.KzgFixture;
import network.autonomys.farmer.core.kzg.PieceChecks;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.testkit.VectorCase;
import network.autonomys.farmer.testkit.Vectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Archiving with the network's parameters, and pieces out of other pieces. The chain is archived once for all tests. */
class ArchiverVectorsTest {
    private static final String AREA = "archiving";
    private static final String CHAIN = "archive-chain.json";

    private static final CpuFieldEngine FIELD = new CpuFieldEngine();
    private static final ExecutorService HELPER = Executors.newSingleThreadExecutor();
    private static final Workers TWO = Workers.with(HELPER, 1);

    private static @Nullable Kzg kzg;
    private static @Nullable ChainRun chain;

    @BeforeAll
    static void archive() {
        kzg = KzgFixture.kzg();
        chain = new ChainRun(committer());
    }

    @AfterAll
    static void stop() {
        HELPER.shutdownNow();
        chain = null;
    }

    private static Kzg kzg() {
        return java.util.Objects.requireNonNull(kzg);
    }

    private static ChainRun chain() {
        return java.util.Objects.requireNonNull(chain);
    }

    private static SegmentCommitter committer() {
        return new KzgSegmentCommitter(kzg());
    }

    private static SegmentSealer sealer(SegmentCommitter committer, Workers workers, ArchivingProgress progress) {
        return new SegmentSealer(FIELD, committer, SegmentPieces.HEAP, workers, progress);
    }

    /** The chain of the vectors, archived as its blocks come. */
    private static final class ChainRun {
        final VectorCase vector = Vectors.cases(AREA, CHAIN, "archive-chain").getFirst();
        final List<byte[]> blocks = new ArrayList<>();
        final List<ArchivedSegment> segments = new ArrayList<>();

        ChainRun(SegmentCommitter committer) {
            for (JsonNode recipe : vector.node("blocks")) {
                blocks.add(vector.bytes(recipe));
            }
            SegmentCommitter given = new GivenCommitter(committer, sources(0));
            Archiver archiver = new Archiver(sealer(given, Workers.callingThread(), ArchivingProgress.NONE), false);
            for (int i = 0; i < blocks.size(); i++) {
                int before = segments.size();
                assertThat(archiver.addBlock(blocks.get(i), ArchiveVectors.objects(vector, i), segments::add))
                        .as("objects of block %d", i)
                        .isEqualTo(ArchiveVectors.globalObjects(vector, i));
                assertThat(segments.size() - before)
                        .isEqualTo(vector.node("segmentsPerBlock").get(i).asInt());
            }
            ArchiveVectors.assertItems(vector, archiver.buffered(), vector.node("bufferedItems"));
        }

        /** Commitments to the source records from a segment on. */
        List<Bytes> sources(int from) {
            List<Bytes> sources = new ArrayList<>();
            for (int segment = from; segment < vector.node("segments").size(); segment++) {
                JsonNode commitments = vector.node("segments").get(segment).get("commitments");
                for (int i = 0; i < commitments.size(); i += 2) {
                    sources.add(Bytes.of(vector.bytes(commitments.get(i))));
                }
            }
            return sources;
        }
    }

    /** Compares a segment with its description, and checks that its commitments are commitments. */
    private static void assertSegment(VectorCase c, ArchivedSegment segment, JsonNode expected, boolean given) {
        ArchiveVectors.assertHeader(c, segment.header(), expected.get("header"));
        Blake3.Hasher all = Blake3.hasher();
        List<PieceChecks.Candidate> candidates = new ArrayList<>();
        for (int position = 0; position < Constants.PIECES_PER_SEGMENT; position++) {
            String as = c.name() + " segment " + segment.header().segmentIndex() + " piece " + position;
            byte[] piece = segment.pieces().pieceBytes(position);
            all.update(piece);
            assertThat(segment.pieces().commitment(position).hex())
                    .as(as)
                    .isEqualTo(expected.get("commitments").get(position).asText());
            assertThat(segment.pieces().witness(position).hex())
                    .as(as)
                    .isEqualTo(expected.get("witnesses").get(position).asText());
            assertThat(Blake3.hash(piece))
                    .as(as)
                    .isEqualTo(c.bytes(expected.get("pieces").get(position)));
            candidates.add(new PieceChecks.Candidate(
                    segment.pieces().piece(position), segment.header().segmentCommitment(), position));
        }
        assertThat(all.digest()).isEqualTo(c.bytes(expected.get("piecesBlake3")));
        if (given) {
            assertThat(new PieceChecks(kzg()).invalid(candidates, new java.util.Random(1)))
                    .isEqualTo(new BitSet());
        }
    }

    @Test
    void theChain() {
        VectorCase c = chain().vector;
        for (int i = 0; i < chain().segments.size(); i++) {
            assertSegment(c, chain().segments.get(i), c.node("segments").get(i), true);
        }
    }

    @Test
    void aRestartedArchiverGoesOnWithTheSameSegments() {
        for (VectorCase c : Vectors.cases(AREA, CHAIN, "archive-restart")) {
            int block = c.i32("blockIndex");
            int segment = c.i32("segment");
            SegmentCommitter given = new GivenCommitter(committer(), chain().sources(segment));
            Archiver archiver = Archiver.restart(
                    sealer(given, Workers.callingThread(), ArchivingProgress.NONE),
                    c.bool("incremental"),
                    ArchiveVectors.header(c, c.node("header")),
                    chain().blocks.get(block),
                    ArchiveVectors.objects(chain().vector, block));
            assertThat(archiver.nextBlock()).isEqualTo(block + 1L);
            List<ArchivedSegment> segments = new ArrayList<>();
            for (int i = block + 1; i < chain().blocks.size(); i++) {
                archiver.addBlock(chain().blocks.get(i), List.of(), segments::add);
            }
            assertThat(segments).hasSize(1);
            ArchivedSegment first = chain().segments.get(segment);
            assertThat(segments.getFirst().header()).isEqualTo(first.header());
            assertThat(archiver.lastHeader()).isEqualTo(Optional.of(first.header()));
            assertThat(segments.getFirst()
                            .pieces()
                            .memory()
                            .mismatch(first.pieces().memory()))
                    .isEqualTo(-1);
        }
    }

    @Test
    void noRestartFromABlockThatEndsInTheSegment() {
        SegmentSealer sealer = sealer(committer(), Workers.callingThread(), ArchivingProgress.NONE);
        for (VectorCase c : Vectors.cases(AREA, CHAIN, "archive-restart-error")) {
            byte[] block = new byte[c.i32("blockLen")];
            if (c.json().hasNonNull("error")) {
                assertThatIllegalArgumentException()
                        .as(c.name())
                        .isThrownBy(() -> Archiver.restart(
                                sealer, false, ArchiveVectors.header(c, c.node("header")), block, List.of()));
            } else {
                assertThat(Archiver.restart(sealer, false, ArchiveVectors.header(c, c.node("header")), block, List.of())
                                .buffered())
                        .as(c.name())
                        .isNotEmpty();
            }
        }
    }

    /** The one segment of which every commitment is made, by two threads. */
    @Test
    void genesis() throws NoSuchAlgorithmException {
        for (VectorCase c : Vectors.cases(AREA, "archive-genesis.json", "archive-genesis")) {
            SignedBlock block = new SignedBlock(
                    new BlockHeader(
                            Bytes.zeros(32),
                            0,
                            Bytes.of(c.bytes("stateRoot")),
                            Bytes.of(c.bytes("extrinsicsRoot")),
                            List.of()),
                    List.of(),
                    Optional.empty());
            assertThat(block.encode()).isEqualTo(c.bytes("encodedPlain"));
            assertThat(block.header().hash().toArray()).isEqualTo(c.bytes("genesisHash"));
            byte[] padded = BlockEncoding.encode(block);
            assertThat(Blake3.hash(padded))
                    .isEqualTo(c.bytes(c.node("encodedPadded").get("blake3")));
            List<ArchivedSegment> segments = new ArrayList<>();
            AtomicInteger parts = new AtomicInteger();
            Archiver archiver =
                    new Archiver(sealer(committer(), TWO, (stage, done, total) -> parts.incrementAndGet()), false);
            long start = System.nanoTime();
            archiver.addBlock(padded, List.of(), segments::add);
            System.out.printf("a segment in %d ms by two threads%n", (System.nanoTime() - start) / 1_000_000);
            assertThat(parts.get()).isEqualTo(32 + 128 + 256);
            assertThat(segments).hasSize(1);
            assertSegment(c, segments.getFirst(), c.node("segment"), false);
            ArchiveVectors.assertItems(c, archiver.buffered(), c.node("bufferedItems"));
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (int position = 0; position < Constants.PIECES_PER_SEGMENT; position++) {
                sha.update(segments.getFirst().pieces().pieceBytes(position));
            }
            assertThat(sha.digest()).isEqualTo(c.bytes("piecesSha256"));
        }
    }

    @Test
    void piecesFromOtherPieces() throws ReconstructionException {
        PieceReconstructor reconstructor = new PieceReconstructor(FIELD, committer(), TWO);
        for (VectorCase c : Vectors.cases(AREA, "reconstruct.json", "reconstruct-pieces")) {
            SegmentPieces segment = chain().segments.get(c.i32("segment")).pieces();
            BitSet missing = BitSet.valueOf(c.bytes(c.node("missing").get("bitmap")));
            assertThat(missing.cardinality()).isEqualTo(c.i32("missingCount"));
            List<@Nullable MemorySegment> pieces = without(segment, missing);
            if (c.has("position")) {
                byte[] piece = reconstructor.reconstructPiece(pieces, c.i32("position"));
                assertThat(Blake3.hash(piece)).as(c.name()).isEqualTo(c.bytes("pieceBlake3"));
            } else {
                SegmentPieces all = reconstructor.reconstructSegment(pieces, SegmentPieces.HEAP);
                assertThat(all.memory().mismatch(segment.memory())).as(c.name()).isEqualTo(-1);
            }
        }
    }

    @Test
    void whatCannotBeReconstructedIsRefused() {
        PieceReconstructor reconstructor = new PieceReconstructor(FIELD, committer(), Workers.callingThread());
        SegmentPieces segment = chain().segments.getFirst().pieces();
        for (VectorCase c : Vectors.cases(AREA, "reconstruct.json", "reconstruct-pieces-error")) {
            BitSet missing = new BitSet();
            missing.set(0, c.i32("missingFirst"));
            List<@Nullable MemorySegment> pieces = without(segment, missing).subList(0, c.i32("count"));
            assertThatThrownBy(() -> reconstructor.reconstructPiece(pieces, c.has("position") ? c.i32("position") : 0))
                    .as(c.name())
                    .isInstanceOfAny(ReconstructionException.class, IllegalArgumentException.class);
        }
    }

    private static List<@Nullable MemorySegment> without(SegmentPieces segment, BitSet missing) {
        List<@Nullable MemorySegment> pieces = new ArrayList<>(Collections.nCopies(256, null));
        for (int i = 0; i < 256; i++) {
            if (!missing.get(i)) {
                pieces.set(i, segment.piece(i));
            }
        }
        return pieces;
    }

    /** The history that sectors are made from: its commitments are given, and proven right. */
    @Test
    void historyOfTheSectors() {
        List<VectorCase> history = Vectors.cases("sector", "history.json", "segment");
        List<Bytes> sources = history.stream()
                .flatMap(c -> StreamSupport.stream(c.node("recordCommitments").spliterator(), false)
                        .map(node -> Bytes.of(c.bytes(node))))
                .toList();
        List<Bytes> even = new ArrayList<>();
        for (int i = 0; i < sources.size(); i += 2) {
            even.add(sources.get(i));
        }
        SegmentSealer sealer =
                sealer(new GivenCommitter(committer(), even), Workers.callingThread(), ArchivingProgress.NONE);
        Archiver archiver = new Archiver(sealer, true);
        AtomicInteger made = new AtomicInteger();
        VectorCase first = history.getFirst();
        for (JsonNode block : first.node("blocks")) {
            archiver.addBlock(first.bytes(block), List.of(), segment -> {
                int index = made.getAndIncrement();
                assertHistory(history.get(index), segment, ArchivedHistory.get().segment(index));
            });
        }
        assertThat(made.get()).isEqualTo(history.size());
    }

    private static void assertHistory(VectorCase c, ArchivedSegment segment, SegmentPieces expected) {
        JsonNode header = c.node("segmentHeader");
        assertThat(segment.header().encode()).isEqualTo(c.bytes(header.get("scale")));
        assertThat(segment.header().hash().toArray()).isEqualTo(c.bytes(header.get("hash")));
        assertThat(segment.header().segmentCommitment().hex()).isEqualTo(c.text("segmentCommitment"));
        assertThat(segment.pieces().memory().mismatch(expected.memory())).isEqualTo(-1);
        List<PieceChecks.Candidate> candidates = new ArrayList<>();
        for (int position = 0; position < Constants.PIECES_PER_SEGMENT; position++) {
            candidates.add(new PieceChecks.Candidate(
                    segment.pieces().piece(position), segment.header().segmentCommitment(), position));
        }
        assertThat(new PieceChecks(kzg()).invalid(candidates, new java.util.Random(2)))
                .isEqualTo(new BitSet());
    }
}
