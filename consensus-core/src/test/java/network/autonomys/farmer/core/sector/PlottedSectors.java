package network.autonomys.farmer.core.sector;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import network.autonomys.farmer.core.archive.ArchivedHistory;
import network.autonomys.farmer.core.engine.RecordEngine;
import network.autonomys.farmer.core.field.CpuFieldEngine;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.pos.CpuRecordEngine;
import network.autonomys.farmer.core.pos.DigestTable;
import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.core.pos.VectorForm;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.core.types.Fraction;
import network.autonomys.farmer.testkit.VectorCase;
import network.autonomys.farmer.testkit.Vectors;

/** The sectors of the vectors, plotted by our engines from the vectors' recipes, each once for all tests of the virtual machine. */
final class PlottedSectors {
    static final CpuFieldEngine FIELD = new CpuFieldEngine();

    private static final PlottedSectors INSTANCE = new PlottedSectors();

    private final Map<String, VectorCase> cases = new HashMap<>();
    private final Map<String, PlottedSectorFixture> plotted = new HashMap<>();
    private final RecordEngine chia =
            new RememberingEngine(new CpuRecordEngine(FIELD, VectorForm.preferred(cpuFlags())));
    private final RecordEngine shim = new RememberingEngine(new DigestEngine(FIELD, DigestTable::shim));
    private final RecordEngine sparse = new RememberingEngine(new DigestEngine(FIELD, DigestTable::sparse));

    private PlottedSectors() {
        for (String file : List.of("sectors.json", "v2-sectors.json")) {
            for (VectorCase vector : Vectors.cases("sector", file, "sector")) {
                cases.put(vector.text("name"), vector);
            }
        }
    }

    static PlottedSectors get() {
        return INSTANCE;
    }

    /** A plotted sector and what it was made from. */
    record PlottedSectorFixture(
            String table,
            Bytes publicKey,
            Bytes sectorId,
            int sectorIndex,
            long historySize,
            List<Long> pieceIndexes,
            boolean synthetic,
            MemorySegment stored,
            MemorySegment bitfields,
            MemorySegment sector,
            SectorMetadata metadata) {

        SectorLayout layout() {
            return new SectorLayout(metadata.pieces());
        }

        PosVersion version() {
            return table.equals("chia-v2") ? PosVersion.V2 : PosVersion.V1;
        }

        RecordEngine engine() {
            return INSTANCE.engine(table);
        }

        SectorSource source() {
            return PlottedSectors.source(sector);
        }

        byte[] piece(int offset) {
            return PlottedSectors.piece(pieceIndexes.get(offset), synthetic);
        }
    }

    /** Reads from memory; what lies behind its end cannot be read. */
    static SectorSource source(MemorySegment bytes) {
        return (offset, into) -> {
            if (offset + into.byteSize() > bytes.byteSize()) {
                throw new EOFException("sector ends at " + bytes.byteSize());
            }
            MemorySegment.copy(bytes, offset, into, 0, into.byteSize());
        };
    }

    /** The sector of a name in sectors.json or v2-sectors.json. */
    synchronized PlottedSectorFixture sector(String name) {
        return plotted.computeIfAbsent(name, n -> {
            VectorCase vector = Objects.requireNonNull(cases.get(n), n);
            return plot(
                    vector.text("table"),
                    vector.text("pieces").equals("synthetic"),
                    Bytes.of(vector.bytes("publicKey")),
                    vector.i32("sectorIndex"),
                    vector.u64("historySize"),
                    vector.i32("piecesInSector"),
                    vector);
        });
    }

    /** Plots a sector with the protocol parameters of a case. */
    PlottedSectorFixture plot(
            String table,
            boolean synthetic,
            Bytes publicKey,
            int sectorIndex,
            long historySize,
            int pieces,
            VectorCase parameters) {
        Bytes sectorId = SectorIds.sectorId(SectorIds.publicKeyHash(publicKey), sectorIndex, historySize);
        JsonNode fraction = parameters.node("recentHistoryFraction");
        long[] indexes = SectorIds.pieceIndexes(
                sectorId,
                pieces,
                historySize,
                parameters.i32("maxPiecesInSector"),
                parameters.u64("recentSegments"),
                new Fraction(VectorCase.u64(fraction.get(0)), VectorCase.u64(fraction.get(1))));
        SectorLayout layout = new SectorLayout(pieces);
        PosVersion version = table.equals("chia-v2") ? PosVersion.V2 : PosVersion.V1;
        Arena arena = Arena.ofAuto();
        MemorySegment stored = arena.allocate((long) SectorLayout.RECORD * pieces);
        MemorySegment bitfields = arena.allocate((long) SectorLayout.BITFIELD * pieces);
        MemorySegment recordMetadata = arena.allocate((long) SectorLayout.RECORD_METADATA * pieces);
        IntStream.range(0, pieces).parallel().forEach(offset -> {
            byte[] piece = piece(indexes[offset], synthetic);
            SectorEncoder.recordMetadata(
                    piece,
                    recordMetadata.asSlice((long) SectorLayout.RECORD_METADATA * offset, SectorLayout.RECORD_METADATA));
            engine(table)
                    .encode(
                            version,
                            1,
                            MemorySegment.ofArray(
                                    SectorIds.evaluationSeed(sectorId, offset).toArray()),
                            MemorySegment.ofArray(piece).asSlice(0, SectorLayout.RECORD),
                            stored.asSlice((long) SectorLayout.RECORD * offset, SectorLayout.RECORD),
                            bitfields.asSlice((long) SectorLayout.BITFIELD * offset, SectorLayout.BITFIELD));
        });
        MemorySegment sector = arena.allocate(layout.sectorBytes());
        SectorMetadata metadata =
                SectorEncoder.assemble(layout, sectorIndex, historySize, stored, bitfields, recordMetadata, sector);
        return new PlottedSectorFixture(
                table,
                publicKey,
                sectorId,
                sectorIndex,
                historySize,
                LongStream.of(indexes).boxed().toList(),
                synthetic,
                stored,
                bitfields,
                sector,
                metadata);
    }

    /** The engine of a table's name. */
    RecordEngine engine(String table) {
        return switch (table) {
            case "chia", "chia-v2" -> chia;
            case "shim" -> shim;
            case "sparse" -> sparse;
            default -> throw new IllegalArgumentException(table);
        };
    }

    /** A piece of the archived history, or the made-up one of this index. */
    static byte[] piece(long index, boolean synthetic) {
        if (!synthetic) {
            return ArchivedHistory.get().pieceBytes(index);
        }
        byte[] piece = new byte[Constants.PIECE_SIZE];
        ByteBuffer label =
                ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(0, index);
        for (int chunk = 0; chunk < SectorLayout.RECORD_CHUNKS; chunk++) {
            byte[] scalar = Blake3.hash254(label.putLong(8, chunk).array());
            System.arraycopy(scalar, 0, piece, SectorLayout.CHUNK * chunk, SectorLayout.CHUNK);
        }
        int witness = SectorLayout.RECORD + Constants.G1_SIZE;
        Arrays.fill(piece, SectorLayout.RECORD, witness, (byte) index);
        Arrays.fill(piece, witness, piece.length, (byte) (index ^ 0xff));
        return piece;
    }

    static String hash(MemorySegment bytes) {
        return Bytes.of(Blake3.hash(bytes)).hex();
    }

    static String hash(byte[] bytes) {
        return hash(MemorySegment.ofArray(bytes));
    }

    static byte[] toArray(MemorySegment bytes) {
        return bytes.toArray(ValueLayout.JAVA_BYTE);
    }

    private static String cpuFlags() {
        Path info = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(info)) {
            return "";
        }
        try (Stream<String> lines = Files.lines(info)) {
            return lines.filter(line -> line.startsWith("flags"))
                    .map(line -> line.substring(line.indexOf(':') + 1))
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
