package network.autonomys.farmer.core.sector;

import static network.autonomys.farmer.core.sector.PlottedSectors.hash;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import network.autonomys.farmer.core.archive.ArchivedHistory;
import network.autonomys.farmer.core.archive.KzgSegmentCommitter;
import network.autonomys.farmer.core.archive.PieceReconstructor;
import network.autonomys.farmer.core.archive.SegmentPieces;
import network.autonomys.farmer.core.engine.Workers;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.kzg.Kzg;
import network.autonomys.farmer.core.kzg.KzgFixture;
import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.core.scale.ScaleException;
import network.autonomys.farmer.core.sector.PlottedSectors.PlottedSectorFixture;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.PieceIndexes;
import network.autonomys.farmer.core.types.PlottedSector;
import network.autonomys.farmer.testkit.VectorCase;
import network.autonomys.farmer.testkit.VectorSuite;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Sectors plotted, encoded and read as the reference does. */
class SectorVectorsTest {
    private final PlottedSectors sectors = PlottedSectors.get();

    @Test
    void sectorsAreTheReferences() {
        new VectorSuite("sector")
                .on("history.json", "segment", this::segment)
                .on("sectors.json", "sector", this::sector)
                .on("v2-sectors.json", "sector", this::sector)
                .on("sectors.json", "dummyMetadata", this::dummyMetadata)
                .on("sectors.json", "sizes", this::sizes)
                .on("sectors.json", "decodeMetadata", this::decodeMetadata)
                .on("reading.json", "readPiece", this::readPiece)
                .on("v2-reading.json", "readPiece", this::readPiece)
                .on("reading.json", "readDamaged", this::readDamaged)
                .on("reading.json", "readPatched", this::readPatched)
                .on("v2-reading.json", "readWithV1", this::readWithV1)
                .on("missing.json", "plotMissing", this::plotMissing)
                .run();
    }

    private void segment(VectorCase vector) {
        ArchivedHistory history = ArchivedHistory.get();
        int index = vector.i32("segmentIndex");
        SegmentPieces pieces = history.segment(index);
        JsonNode hashes = vector.node("pieceHashes");
        for (int position = 0; position < hashes.size(); position++) {
            assertThat(hash(pieces.piece(position)))
                    .isEqualTo(hashes.get(position).asText());
        }
        assertThat(history.header(index).segmentIndex()).isEqualTo(index);
    }

    private void sector(VectorCase vector) throws IOException, SectorException {
        PlottedSectorFixture plotted = sectors.sector(vector.text("name"));
        SectorLayout layout = plotted.layout();
        assertThat(plotted.sectorId().hex()).isEqualTo(vector.text("sectorId"));
        records(vector, plotted);
        MemorySegment sector = plotted.sector();
        assertBytes(sector.asSlice(0, layout.contentsMapBytes()), vector.node("contentsMap"));
        long metadataOffset = layout.recordMetadataOffset(0);
        assertBytes(
                sector.asSlice(layout.chunksOffset(), metadataOffset - layout.chunksOffset()),
                vector.node("recordChunks"));
        assertBytes(
                sector.asSlice(metadataOffset, layout.hashOffset() - metadataOffset), vector.node("recordMetadata"));
        assertBytes(sector, vector.node("sector"));
        if (vector.has("file")) {
            assertThat(PlottedSectors.toArray(sector)).isEqualTo(vector.bytes("file"));
        }
        byte[] metadata = plotted.metadata().encode();
        assertThat(metadata).isEqualTo(vector.bytes("metadata"));
        assertThat(hash(metadata)).isEqualTo(vector.text("metadataBlake3"));
        assertThat(SectorMetadata.decode(metadata)).isEqualTo(plotted.metadata());
        assertBytes(MemorySegment.ofArray(metadata).asSlice(4, 131_072), vector.node("sBucketSizes"));
        sBuckets(vector, plotted);
        PlottedSector announced = new PlottedSector(
                plotted.sectorId(), plotted.sectorIndex(), Bytes.of(metadata), plotted.pieceIndexes());
        assertThat(hash(announced.encode())).isEqualTo(vector.text("plottedSectorBlake3"));
    }

    private static void records(VectorCase vector, PlottedSectorFixture plotted) throws SectorException {
        ContentsMap contents = ContentsMap.of(plotted.layout(), PlottedSectors.toArray(plotted.bitfields()));
        List<JsonNode> records = vector.list("records");
        assertThat(records).hasSameSizeAs(plotted.pieceIndexes());
        for (int offset = 0; offset < records.size(); offset++) {
            JsonNode record = records.get(offset);
            byte[] metadata = PlottedSectors.toArray(plotted.sector()
                    .asSlice(plotted.layout().recordMetadataOffset(offset), SectorLayout.RECORD_METADATA));
            int last = -1;
            for (int s = 0; s < SectorLayout.S_BUCKETS; s++) {
                last = contents.isEncoded(offset, s) ? s : last;
            }
            assertThat(plotted.pieceIndexes().get(offset))
                    .isEqualTo(record.get("pieceIndex").asLong());
            assertThat(SectorIds.evaluationSeed(plotted.sectorId(), offset).hex())
                    .isEqualTo(record.get("evaluationSeed").asText());
            assertThat(hash(plotted.bitfields().asSlice((long) SectorLayout.BITFIELD * offset, SectorLayout.BITFIELD)))
                    .isEqualTo(record.get("bitfield").asText());
            assertThat(contents.encodedChunks(offset))
                    .isEqualTo(record.get("encodedChunks").asInt());
            assertThat(last).isEqualTo(record.get("lastEncodedS").asInt());
            assertThat(Bytes.of(metadata).hex())
                    .isEqualTo(record.get("commitment").asText()
                            + record.get("witness").asText()
                            + record.get("pieceChecksum").asText());
        }
    }

    private static void sBuckets(VectorCase vector, PlottedSectorFixture plotted) throws IOException, SectorException {
        SectorMetadata metadata = plotted.metadata();
        ContentsMap contents = SectorReader.readContentsMap(plotted.layout(), plotted.source());
        int pieces = plotted.pieceIndexes().size();
        int[][] ranks = new int[pieces + 1][];
        for (int record = 0; record <= pieces; record++) {
            ranks[record] = contents.ranks(record);
        }
        int nonEmpty = 0;
        int last = -1;
        for (int s = 0; s < SectorLayout.S_BUCKETS; s++) {
            assertThat(ranks[pieces][s]).isEqualTo(metadata.sBucketSize(s));
            nonEmpty += metadata.sBucketSize(s) > 0 ? 1 : 0;
            last = metadata.sBucketSize(s) > 0 ? s : last;
        }
        assertThat(nonEmpty).isEqualTo(vector.i32("nonEmptySBuckets"));
        assertThat(last).isEqualTo(vector.i32("lastNonEmptySBucket"));
        for (JsonNode bucket : vector.node("sBuckets")) {
            int s = bucket.get("s").asInt();
            assertThat(metadata.sBucketSize(s)).isEqualTo(bucket.get("size").asInt());
            assertThat(metadata.chunksBefore(s)).isEqualTo(bucket.get("offset").asLong());
            JsonNode records = bucket.get("records");
            assertThat(records).hasSize(metadata.sBucketSize(s));
            for (int rank = 0; rank < records.size(); rank++) {
                int record = records.get(rank).get(0).asInt();
                assertThat(contents.recordAt(s, rank)).isEqualTo(record);
                assertThat(ranks[record][s]).isEqualTo(rank);
                assertThat(contents.isEncoded(record, s))
                        .isEqualTo(records.get(rank).get(1).asBoolean());
            }
            assertThat(contents.recordAt(s, records.size())).isEqualTo(-1);
        }
    }

    private void dummyMetadata(VectorCase vector) {
        SectorMetadata dummy = SectorMetadata.dummy(vector.i32("sectorIndex"), vector.i32("piecesInSector"));
        assertBytes(MemorySegment.ofArray(dummy.encode()), vector.node("metadata"));
    }

    private void sizes(VectorCase vector) {
        SectorLayout layout = new SectorLayout(vector.i32("piecesInSector"));
        assertThat(layout.sectorBytes()).isEqualTo(vector.u64("sectorSize"));
        assertThat(layout.contentsMapBytes()).isEqualTo(vector.i32("contentsMapSize"));
        assertThat(SectorMetadata.SIZE).isEqualTo(vector.i32("metadataSize"));
    }

    private void decodeMetadata(VectorCase vector) {
        byte[] bytes = sectors.sector(vector.text("sector")).metadata().encode();
        for (JsonNode set : vector.node("set")) {
            bytes[set.get(0).asInt()] = (byte) set.get(1).asInt();
        }
        byte[] cut = java.util.Arrays.copyOf(bytes, vector.i32("len"));
        if (vector.bool("ok")) {
            assertThat(SectorMetadata.decode(cut).encode()).isEqualTo(cut);
        } else {
            assertThatThrownBy(() -> SectorMetadata.decode(cut)).isInstanceOf(ScaleException.class);
        }
    }

    private void readPiece(VectorCase vector) throws Exception {
        PlottedSectorFixture plotted = sectors.sector(vector.text("sector"));
        for (SectorReader.Mode mode : SectorReader.Mode.values()) {
            byte[] piece = read(plotted, plotted.sector(), plotted.version(), vector.i32("pieceOffset"), mode);
            assertBytes(MemorySegment.ofArray(piece), vector.node("piece"));
        }
    }

    private void readDamaged(VectorCase vector) {
        PlottedSectorFixture plotted = sectors.sector(vector.text("sector"));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment damaged = copy(plotted, arena);
            for (JsonNode damage : vector.node("damage")) {
                flip(damaged, damage.get(0).asLong(), damage.get(1).asInt());
            }
            MemorySegment cut = vector.has("truncate") ? damaged.asSlice(0, vector.u64("truncate")) : damaged;
            int offset = vector.i32("pieceOffset");
            assertOutcome(plotted, cut, offset, SectorReader.Mode.CONCURRENT_CHUNKS, vector.node("concurrentChunks"));
            assertOutcome(plotted, cut, offset, SectorReader.Mode.WHOLE_SECTOR, vector.node("wholeSector"));
        }
    }

    private void readPatched(VectorCase vector) {
        PlottedSectorFixture plotted = sectors.sector(vector.text("sector"));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment patched = copy(plotted, arena);
            if (vector.text("patch").equals("too-many-bits")) {
                patched.asSlice(0, SectorLayout.BITFIELD).fill((byte) 0xff);
            } else {
                int s = vector.i32("firstEncodedS");
                flip(patched, s >> 3, 1 << (s & 7));
            }
            int map = plotted.layout().contentsMapBytes() - SectorLayout.HASH;
            byte[] hash = Blake3.hash(patched.asSlice(0, map));
            assertThat(Bytes.of(hash).hex()).isEqualTo(vector.text("contentsMapHash"));
            MemorySegment.copy(hash, 0, patched, ValueLayout.JAVA_BYTE, map, hash.length);
            for (SectorReader.Mode mode : SectorReader.Mode.values()) {
                assertOutcome(plotted, patched, vector.i32("pieceOffset"), mode, vector.node("result"));
            }
        }
    }

    private void readWithV1(VectorCase vector) {
        PlottedSectorFixture plotted = sectors.sector(vector.text("sector"));
        Set<String> errors = new HashSet<>();
        vector.node("errorOneOf").forEach(error -> errors.add(error.asText()));
        assertThatThrownBy(() -> read(
                        plotted,
                        plotted.sector(),
                        PosVersion.V1,
                        vector.i32("pieceOffset"),
                        SectorReader.Mode.CONCURRENT_CHUNKS))
                .isInstanceOfSatisfying(
                        SectorException.class, e -> assertThat(errors).contains(referenceName(e.kind())));
    }

    private void plotMissing(VectorCase vector) throws Exception {
        Kzg kzg = KzgFixture.kzg();
        PlottedSectorFixture plotted = sectors.sector(vector.text("sector"));
        assertThat(hash(plotted.sector())).isEqualTo(vector.text("sectorBlake3"));
        Set<Long> missing = new HashSet<>();
        vector.node("missing").forEach(piece -> missing.add(piece.asLong()));
        PieceReconstructor reconstructor =
                new PieceReconstructor(PlottedSectors.FIELD, new KzgSegmentCommitter(kzg), Workers.callingThread());
        for (int offset = 0; offset < plotted.pieceIndexes().size(); offset++) {
            long index = plotted.pieceIndexes().get(offset);
            assertThat(index).isEqualTo(vector.node("pieceIndexes").get(offset).asLong());
            if (missing.contains(index)) {
                List<@Nullable MemorySegment> pieces = new ArrayList<>();
                long first = index - PieceIndexes.position(index);
                for (int position = 0; position < 256; position++) {
                    pieces.add(
                            missing.contains(first + position)
                                    ? null
                                    : ArchivedHistory.get().piece(first + position));
                }
                assertThat(reconstructor.reconstructPiece(pieces, PieceIndexes.position(index)))
                        .isEqualTo(plotted.piece(offset));
            }
        }
    }

    private static void assertOutcome(
            PlottedSectorFixture plotted,
            MemorySegment sector,
            int pieceOffset,
            SectorReader.Mode mode,
            JsonNode expected) {
        String outcome;
        boolean fatal = false;
        try {
            outcome = hash(read(plotted, sector, plotted.version(), pieceOffset, mode));
        } catch (SectorException e) {
            outcome = referenceName(e.kind());
        } catch (IOException e) {
            outcome = "Io";
            fatal = true;
        }
        if (expected.has("piece")) {
            assertThat(outcome).isEqualTo(expected.get("piece").asText());
        } else {
            assertThat(outcome).as(mode.name()).isEqualTo(expected.get("error").asText());
            assertThat(fatal).as(mode.name()).isEqualTo(expected.get("fatal").asBoolean());
        }
    }

    private static byte[] read(
            PlottedSectorFixture plotted,
            MemorySegment sector,
            PosVersion version,
            int pieceOffset,
            SectorReader.Mode mode)
            throws IOException, SectorException {
        return new SectorReader(plotted.engine(), PlottedSectors.FIELD)
                .readPiece(
                        plotted.metadata(),
                        plotted.sectorId(),
                        version,
                        pieceOffset,
                        PlottedSectors.source(sector),
                        mode);
    }

    /** The reference's name of what is wrong. */
    private static String referenceName(SectorException.Kind kind) {
        return switch (kind) {
            case CONTENTS_MAP_LENGTH -> "FailedToDecodeSectorContentsMap.InvalidBytesLength";
            case CONTENTS_MAP_HASH -> "FailedToDecodeSectorContentsMap.ChecksumMismatch";
            case TOO_MANY_ENCODED -> "FailedToDecodeSectorContentsMap.InvalidEncodedRecordChunks";
            case MISSING_PROOF -> "MissingPosProof";
            case INVALID_CHUNK -> "InvalidChunk";
            case UNREADABLE_CHUNK -> "FailedToReadChunk";
            case ERASURE -> "FailedToErasureDecodeRecord";
            case CHECKSUM -> "ChecksumMismatch";
            case MISMATCH -> "ours only";
        };
    }

    private static MemorySegment copy(PlottedSectorFixture plotted, Arena arena) {
        return arena.allocate(plotted.sector().byteSize()).copyFrom(plotted.sector());
    }

    private static void flip(MemorySegment bytes, long at, int mask) {
        bytes.set(ValueLayout.JAVA_BYTE, at, (byte) (bytes.get(ValueLayout.JAVA_BYTE, at) ^ mask));
    }

    private static void assertBytes(MemorySegment bytes, JsonNode expected) {
        assertThat(bytes.byteSize()).isEqualTo(expected.get("len").asLong());
        assertThat(hash(bytes)).isEqualTo(expected.get("blake3").asText());
    }
}
