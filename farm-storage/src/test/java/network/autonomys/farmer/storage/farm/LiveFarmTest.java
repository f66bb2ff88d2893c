package network.autonomys.farmer.storage.farm;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import network.autonomys.farmer.core.archive.Archiver;
import network.autonomys.farmer.core.archive.ArchivingProgress;
import network.autonomys.farmer.core.archive.SegmentCommitter;
import network.autonomys.farmer.core.archive.SegmentSealer;
import network.autonomys.farmer.core.engine.Workers;
import network.autonomys.farmer.core.field.CpuFieldEngine;
import network.autonomys.farmer.core.kzg.Kzg;
import network.autonomys.farmer.core.kzg.PieceChecks;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.sector.SectorIds;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.core.types.Fraction;
import network.autonomys.farmer.core.types.PieceCheckParams;
import network.autonomys.farmer.core.types.PieceIndexes;
import network.autonomys.farmer.core.types.SegmentHeader;
import network.autonomys.farmer.testkit.Recipe;
import network.autonomys.farmer.testkit.Vectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The farm that the reference farmer left behind in its recorded session (vectors README, "Live recordings"), whose history is a recipe. */
class LiveFarmTest {
    private static final int MAX_PIECES = 2;
    private static final long RECENT_SEGMENTS = 5;
    private static final Fraction RECENT_FRACTION = new Fraction(1, 10);
    private static final long MIN_LIFETIME = 4;
    private static final int FIRST_BLOCK = 130_023_424;
    private static final int BLOCK = 33_000_000;

    private static final List<SegmentHeader> HEADERS = List.of(
            header(
                    "000000000000000000af68157a48d21cfed3d19138df4402b693efbe68bc725eaf0c28e2a706392f8a75962c08c875b4f9c9"
                            + "71fca7f601d95700000000000000000000000000000000000000000000000000000000000000000000000001faffbf07"),
            header(
                    "000100000000000000a3e2052d4edbd2b66c9527f1850b1b66d8229e4fc8b51e9961578cddb72eb6f110284d38864d11867a"
                            + "ff945ea7468c9755bf09f0b41e6f54bbe6d7f0d260bfa4f20c03e9b786c1070d7ed9bd2e97251f0400000001c060d901"));

    @TempDir
    Path scratch;

    private static SegmentHeader header(String hex) {
        return ScaleReader.decode(Bytes.fromHex(hex).toArray(), SegmentHeader::read);
    }

    /** The recordings stand in the project's own copy of the vectors, and may be missing in another set. */
    private Path copy() {
        Path farm = Vectors.root().resolve("farm-live");
        return Fixtures.copy(
                Files.isDirectory(farm) ? farm : Vectors.own().resolve("farm-live"), scratch.resolve("farm"));
    }

    @Test
    void itsPiecesAreThoseOfItsHistory() throws Exception {
        Path folder = copy();
        Map<String, String> before = Fixtures.hashes(folder);
        Map<Long, byte[]> pieces = new HashMap<>();
        try (Farm farm = Fixtures.open(folder)) {
            assertThat(farm.info().genesisHash().hex())
                    .isEqualTo(Fixtures.hash("live/genesis".getBytes(StandardCharsets.UTF_8)));
            assertThat(farm.targetSectors()).isEqualTo(2);
            FarmCheck check = new FarmCheck(farm);
            for (int sector = 0; sector < farm.targetSectors(); sector++) {
                assertThat(farm.isStored(sector)).isTrue();
                assertThat(farm.historySize(sector)).isEqualTo(HEADERS.size());
                assertThat(check.sectorBytes(sector).byteSize())
                        .isEqualTo(farm.layout().sectorBytes());
                long[] indexes = pieceIndexes(farm, sector);
                for (int offset = 0; offset < indexes.length; offset++) {
                    pieces.put(indexes[offset], check.piece(sector, offset));
                }
            }
        }
        assertThat(Fixtures.hashes(folder)).isEqualTo(before);
        assertThat(pieces).hasSize(4);
        assertRecords(pieces);
        try (PieceCacheFile cache = PieceCacheFile.open(folder, 1)) {
            long index = cache.pieceIndex(0).orElseThrow();
            assertRecords(Map.of(index, cache.read(0)));
        }
    }

    @Test
    void itsPiecesAreValidAndItProves() throws Exception {
        Kzg kzg = Fixtures.kzg();
        try (Farm farm = Fixtures.open(copy())) {
            FarmCheck check = new FarmCheck(farm);
            PieceChecks checks = new PieceChecks(kzg);
            Set<Integer> proven = new HashSet<>();
            for (Bytes challenge : FarmCheck.challenges(6)) {
                for (FarmAuditor.Winner winner : check.audit(challenge)) {
                    if (!proven.add(winner.sectorIndex())) {
                        continue;
                    }
                    long index = pieceIndexes(farm, winner.sectorIndex())[winner.pieceOffset()];
                    Bytes segment =
                            HEADERS.get((int) PieceIndexes.segment(index)).segmentCommitment();
                    check.prove(
                            winner,
                            challenge,
                            kzg,
                            Optional.of(new PieceCheckParams(
                                    MAX_PIECES,
                                    segment,
                                    RECENT_SEGMENTS,
                                    RECENT_FRACTION,
                                    MIN_LIFETIME,
                                    winner.historySize(),
                                    Optional.empty())));
                    byte[] piece = check.piece(winner.sectorIndex(), winner.pieceOffset());
                    assertThat(checks.isPieceValid(MemorySegment.ofArray(piece), segment, PieceIndexes.position(index)))
                            .isTrue();
                }
            }
            assertThat(proven).hasSize(2);
        }
    }

    @Test
    void itIsClean() throws Exception {
        Path folder = copy();
        Map<String, String> before = Fixtures.hashes(folder);
        List<String> findings = FarmScrub.run(folder, FarmScrub.Target.ALL, false, true, new FarmScrub.Progress() {
            @Override
            public void sectors(int done, int of) {
                assertThat(of).isEqualTo(2);
            }

            @Override
            public void elements(long done, long of) {
                assertThat(done).isEqualTo(of);
            }

            @Override
            public void found(String what) {
                assertThat(what).isEmpty();
            }
        });
        assertThat(findings).isEmpty();
        assertThat(Fixtures.hashes(folder)).isEqualTo(before);
    }

    private static long[] pieceIndexes(Farm farm, int sector) {
        return SectorIds.pieceIndexes(
                new FarmCheck(farm).sectorId(sector),
                farm.info().piecesInSector(),
                farm.historySize(sector),
                MAX_PIECES,
                RECENT_SEGMENTS,
                RECENT_FRACTION);
    }

    /** Archives the history that is needed and compares the records, which commitments and witnesses follow from. */
    private static void assertRecords(Map<Long, byte[]> pieces) {
        for (int segment = 0; segment < HEADERS.size(); segment++) {
            long index = segment;
            Map<Long, byte[]> ofSegment = new HashMap<>(pieces);
            ofSegment.keySet().removeIf(piece -> PieceIndexes.segment(piece) != index);
            if (!ofSegment.isEmpty()) {
                assertRecords(segment, ofSegment);
            }
        }
    }

    private static void assertRecords(int segment, Map<Long, byte[]> pieces) {
        try (Arena arena = Arena.ofConfined()) {
            SegmentSealer sealer = new SegmentSealer(
                    new CpuFieldEngine(), new NoCommitments(), arena, Workers.callingThread(), ArchivingProgress.NONE);
            byte[] first = Recipe.xof("live/block/0", FIRST_BLOCK);
            Archiver archiver = segment == 0
                    ? new Archiver(sealer, false)
                    : Archiver.restart(sealer, false, HEADERS.get(0), first, List.of());
            List<Long> compared = new ArrayList<>();
            for (int block = segment; compared.isEmpty(); block++) {
                byte[] bytes = block == 0 ? first : Recipe.xof("live/block/" + block, BLOCK);
                archiver.addBlock(bytes, List.of(), made -> {
                    assertThat(made.header().segmentIndex()).isEqualTo(segment);
                    assertThat(made.header().lastArchivedBlock())
                            .isEqualTo(HEADERS.get(segment).lastArchivedBlock());
                    pieces.forEach((index, piece) -> {
                        MemorySegment record = made.pieces().record(PieceIndexes.position(index));
                        assertThat(record.mismatch(MemorySegment.ofArray(piece).asSlice(0, Constants.RECORD_SIZE)))
                                .as("piece %d", index)
                                .isEqualTo(-1);
                        compared.add(index);
                    });
                });
            }
            assertThat(compared).containsExactlyInAnyOrderElementsOf(pieces.keySet());
        }
    }

    /** Commitments take long, and the headers are known. */
    private static final class NoCommitments implements SegmentCommitter {
        private static final Bytes NONE = Bytes.zeros(Constants.G1_SIZE);

        @Override
        public Bytes commitRecord(MemorySegment record) {
            return NONE;
        }

        @Override
        public List<Bytes> extendCommitments(List<Bytes> sources) {
            return Collections.nCopies(Constants.PIECES_PER_SEGMENT, NONE);
        }

        @Override
        public List<Bytes> recoverCommitments(List<@Nullable Bytes> commitments) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SegmentProof prove(List<Bytes> commitments) {
            return new SegmentProof() {
                @Override
                public Bytes commitment() {
                    return NONE;
                }

                @Override
                public Bytes witness(int position) {
                    return NONE;
                }
            };
        }
    }
}
