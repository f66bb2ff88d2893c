package network.autonomys.farmer.core.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import network.autonomys.farmer.core.engine.Workers;
import network.autonomys.farmer.core.field.CpuFieldEngine;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.core.types.SegmentHeader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A chain of random blocks over the dev parameters: archived, archived again, and taken apart. */
class HistoryFromBlocksTest {
    private static final int SEGMENTS = 3;
    private static final CpuFieldEngine FIELD = new CpuFieldEngine();
    private static final DevSegmentCommitter COMMITTER = new DevSegmentCommitter();
    private static final List<byte[]> BLOCKS = new ArrayList<>();
    private static final List<SegmentHeader> HEADERS = new ArrayList<>();
    private static final List<byte[]> RAW = new ArrayList<>();
    private static @Nullable SegmentPieces pieces;

    private static SegmentSealer sealer() {
        return new SegmentSealer(FIELD, COMMITTER, SegmentPieces.HEAP, Workers.callingThread(), ArchivingProgress.NONE);
    }

    @BeforeAll
    static void archive() {
        Random random = new Random(42);
        Archiver archiver = new Archiver(sealer(), true);
        byte[] genesis = BlockEncoding.padGenesis(new byte[100], Bytes.zeros(32));
        archiver.addBlock(genesis, List.of(), HistoryFromBlocksTest::keep);
        BLOCKS.add(genesis);
        while (HEADERS.size() < SEGMENTS) {
            byte[] block = new byte[random.nextInt(10_000_000)];
            random.nextBytes(block);
            archiver.addBlock(block, List.of(), HistoryFromBlocksTest::keep);
            BLOCKS.add(block);
        }
        assertThat(archiver.nextBlock()).isEqualTo(BLOCKS.size());
    }

    private static void keep(ArchivedSegment segment) {
        assertThat(SegmentHeaderChain.refusal(
                        HEADERS.isEmpty() ? Optional.empty() : Optional.of(HEADERS.getLast()), segment.header()))
                .isEmpty();
        HEADERS.add(segment.header());
        RAW.add(RawRecords.read(segment.pieces()));
        pieces = segment.pieces();
    }

    @AfterAll
    static void free() {
        BLOCKS.clear();
        HEADERS.clear();
        RAW.clear();
        pieces = null;
        COMMITTER.close();
    }

    private static SegmentPieces pieces() {
        return java.util.Objects.requireNonNull(pieces);
    }

    private static Optional<SegmentHeader> header(long index) {
        return index < HEADERS.size() ? Optional.of(HEADERS.get((int) index)) : Optional.empty();
    }

    @Test
    void blocksComeBackOutOfTheSegments() throws ReconstructionException {
        for (int from = 0; from < SEGMENTS; from++) {
            BlockReconstructor reconstructor = new BlockReconstructor();
            List<Long> numbers = new ArrayList<>();
            for (int i = from; i < SEGMENTS; i++) {
                Optional<SegmentHeader> parent = reconstructor.addSegment(RAW.get(i), (number, encoded) -> {
                    assertThat(encoded).isEqualTo(BLOCKS.get((int) number));
                    numbers.add(number);
                });
                assertThat(parent).isEqualTo(i == 0 ? Optional.empty() : header(i - 1L));
            }
            long first =
                    from == 0 ? 0 : HEADERS.get(from - 1).lastArchivedBlock().number() + 1;
            for (long number : numbers) {
                assertThat(number).isEqualTo(first++);
            }
            assertThat(first).isEqualTo(HEADERS.getLast().lastArchivedBlock().number());
        }
    }

    @Test
    void theSameSegmentsFromGenesisAndFromAnyHeader() throws HistoryFromBlocks.MismatchException {
        List<SegmentHeader> made = new ArrayList<>();
        HistoryFromBlocks history = HistoryFromBlocks.fromGenesis(
                sealer(), HistoryFromBlocksTest::header, segment -> made.add(segment.header()));
        assertThat(HistoryFromBlocks.firstBlock(Optional.empty())).isZero();
        history.addBlock(BLOCKS.get(0));
        assertThat(made).isEqualTo(HEADERS.subList(0, 1));

        SegmentHeader last = HEADERS.get(1);
        long first = HistoryFromBlocks.firstBlock(Optional.of(last));
        HistoryFromBlocks rest = HistoryFromBlocks.behind(
                sealer(), last, BLOCKS.get((int) first), HistoryFromBlocksTest::header, segment -> {
                    made.add(segment.header());
                    assertThat(segment.pieces().memory().mismatch(pieces().memory()))
                            .isEqualTo(-1);
                });
        assertThat(rest.nextSegment()).isEqualTo(2);
        assertThat(rest.nextBlock()).isEqualTo(first + 1);
        while (rest.nextSegment() == 2) {
            rest.addBlock(BLOCKS.get((int) rest.nextBlock()));
        }
        assertThat(made).isEqualTo(List.of(HEADERS.get(0), HEADERS.get(2)));
    }

    @Test
    void anotherChainsBlocksAreFoundOut() {
        HistoryFromBlocks history = HistoryFromBlocks.fromGenesis(sealer(), HistoryFromBlocksTest::header, segment -> {
            throw new AssertionError("a segment of another chain");
        });
        byte[] genesis = BLOCKS.get(0).clone();
        genesis[1_000_000] ^= 1;
        assertThatExceptionOfType(HistoryFromBlocks.MismatchException.class)
                .isThrownBy(() -> history.addBlock(genesis));
        assertThatExceptionOfType(HistoryFromBlocks.MismatchException.class)
                .isThrownBy(() -> history.addBlock(BLOCKS.get(1)));
    }

    @Test
    void headersThatDoNotFollow() {
        Optional<SegmentHeader> first = header(0);
        assertThat(SegmentHeaderChain.refusal(Optional.empty(), HEADERS.get(1))).isPresent();
        assertThat(SegmentHeaderChain.refusal(first, HEADERS.get(2))).isPresent();
        assertThat(SegmentHeaderChain.refusal(first, HEADERS.get(0))).isPresent();
        SegmentHeader next = HEADERS.get(1);
        SegmentHeader otherParent =
                new SegmentHeader(1, next.segmentCommitment(), Bytes.zeros(32), next.lastArchivedBlock());
        assertThat(SegmentHeaderChain.refusal(first, otherParent)).isPresent();
        SegmentHeader noProgress = new SegmentHeader(
                1,
                next.segmentCommitment(),
                next.prevSegmentHeaderHash(),
                HEADERS.get(0).lastArchivedBlock());
        assertThat(SegmentHeaderChain.refusal(first, noProgress)).isPresent();
    }

    @Test
    void anyHalfOfThePiecesGivesTheOthers() throws ReconstructionException {
        Random random = new Random(7);
        PieceReconstructor reconstructor = new PieceReconstructor(FIELD, COMMITTER, Workers.callingThread());
        for (int missing : new int[] {0, 1, 5, 60, 128}) {
            List<@Nullable MemorySegment> given = given();
            List<Integer> positions = new ArrayList<>();
            for (int i = 0; i < Constants.PIECES_PER_SEGMENT; i++) {
                positions.add(i);
            }
            Collections.shuffle(positions, random);
            positions.subList(0, missing).forEach(i -> given.set(i, null));
            int wanted = positions.get(0);
            assertThat(reconstructor.reconstructPiece(given, wanted)).isEqualTo(pieces().pieceBytes(wanted));
            assertThat(reconstructor.reconstructSource(given)).isEqualTo(RAW.getLast());
            SegmentPieces all = reconstructor.reconstructSegment(given, SegmentPieces.HEAP);
            assertThat(all.memory().mismatch(pieces().memory())).isEqualTo(-1);
        }
    }

    private static List<@Nullable MemorySegment> given() {
        List<@Nullable MemorySegment> given = new ArrayList<>();
        for (int i = 0; i < Constants.PIECES_PER_SEGMENT; i++) {
            given.add(pieces().piece(i));
        }
        return given;
    }

    @Test
    void damagedPiecesAreRefusedOrGiveInvalidOnes() throws ReconstructionException {
        PieceReconstructor reconstructor = new PieceReconstructor(FIELD, COMMITTER, Workers.callingThread());
        List<@Nullable MemorySegment> given = given();
        given.set(0, null);
        byte[] damaged = pieces().pieceBytes(9);
        java.util.Arrays.fill(damaged, 320, 352, (byte) 0xff);
        given.set(9, MemorySegment.ofArray(damaged));
        assertReason(reconstructor, given, ReconstructionException.Reason.INVALID_CHUNK);

        damaged = pieces().pieceBytes(9);
        damaged[Constants.PIECE_COMMITMENT_OFFSET] = 0;
        given.set(9, MemorySegment.ofArray(damaged));
        assertReason(reconstructor, given, ReconstructionException.Reason.INVALID_COMMITMENT);

        damaged = pieces().pieceBytes(9);
        damaged[5] ^= 1;
        given.set(9, MemorySegment.ofArray(damaged));
        assertThat(reconstructor.reconstructPiece(given, 0)).isNotEqualTo(pieces().pieceBytes(0));

        for (int i = 0; i < 129; i++) {
            given.set(i, null);
        }
        assertReason(reconstructor, given, ReconstructionException.Reason.TOO_FEW_PIECES);
        given.set(0, pieces().piece(0).asSlice(1));
        assertThatIllegalArgumentException().isThrownBy(() -> reconstructor.reconstructPiece(given, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> reconstructor.reconstructPiece(given(), -1));
        assertThatIllegalArgumentException().isThrownBy(() -> reconstructor.reconstructPiece(given(), 256));
    }

    private static void assertReason(
            PieceReconstructor reconstructor,
            List<@Nullable MemorySegment> given,
            ReconstructionException.Reason reason) {
        assertThatExceptionOfType(ReconstructionException.class)
                .isThrownBy(() -> reconstructor.reconstructPiece(given, 0))
                .extracting(ReconstructionException::reason)
                .isEqualTo(reason);
    }

    @Test
    void piecesHaveTheCommitmentsOfTheDevParameters() {
        SegmentPieces segment = pieces();
        assertThat(segment.piece(3)
                        .asSlice(Constants.PIECE_COMMITMENT_OFFSET, 48)
                        .toArray(ValueLayout.JAVA_BYTE))
                .isEqualTo(COMMITTER.commitRecord(segment.record(3)).toArray());
        assertThat(HEADERS.getLast().segmentCommitment())
                .isNotEqualTo(HEADERS.get(0).segmentCommitment());
    }
}
