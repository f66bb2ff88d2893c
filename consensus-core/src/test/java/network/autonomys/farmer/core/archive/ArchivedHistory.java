package network.autonomys.farmer.core.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import network.autonomys.farmer.core.field.CpuFieldEngine;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.core.types.PieceIndexes;
import network.autonomys.farmer.core.types.SegmentHeader;
import network.autonomys.farmer.testkit.VectorCase;
import network.autonomys.farmer.testkit.Vectors;

/**
 * The archived history of the vectors (sector/history.json), which sectors are plotted from. Records are made from their recipe; commitments and
 * witnesses are those of the vectors, so that no parameter file is needed; every piece is compared with its hash. The pieces are kept in a file
 * below target/ and mapped, not loaded.
 */
public final class ArchivedHistory {
    private static final ArchivedHistory HISTORY = new ArchivedHistory();

    private final List<VectorCase> segments = Vectors.cases("sector", "history.json", "segment");
    private final MemorySegment pieces;

    private ArchivedHistory() {
        pieces = map();
    }

    /** The history of the vectors under test, made at the first use. */
    public static ArchivedHistory get() {
        return HISTORY;
    }

    /** Number of segments. */
    public int segments() {
        return segments.size();
    }

    /** All pieces of a segment; read only. */
    public SegmentPieces segment(int index) {
        return new SegmentPieces(pieces.asSlice(SegmentPieces.BYTES * index, SegmentPieces.BYTES));
    }

    /** The header of a segment. */
    public SegmentHeader header(int index) {
        byte[] scale = segments.get(index)
                .bytes(segments.get(index).node("segmentHeader").get("scale"));
        return ScaleReader.decode(scale, SegmentHeader::read);
    }

    /** A piece of 1 048 672 bytes; read only. */
    public MemorySegment piece(long pieceIndex) {
        return segment((int) PieceIndexes.segment(pieceIndex)).piece(PieceIndexes.position(pieceIndex));
    }

    /** A copy of a piece. */
    public byte[] pieceBytes(long pieceIndex) {
        return piece(pieceIndex).toArray(ValueLayout.JAVA_BYTE);
    }

    private MemorySegment map() {
        try {
            Path json = segments.getFirst().file();
            String digest = Bytes.of(Blake3.hash(Files.readAllBytes(json))).hex();
            Path file = Vectors.projectRoot()
                    .resolve("consensus-core/target/archived-history")
                    .resolve(digest + ".bin");
            long size = SegmentPieces.BYTES * segments.size();
            if (!Files.exists(file) || Files.size(file) != size) {
                create(file, size);
            }
            try (FileChannel channel = FileChannel.open(file)) {
                return channel.map(FileChannel.MapMode.READ_ONLY, 0, size, Arena.global());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void create(Path file, long size) throws IOException {
        Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
        Path temporary = Files.createTempFile(file.toAbsolutePath().resolveSibling(""), "history", ".tmp");
        try (Arena arena = Arena.ofConfined();
                FileChannel channel = FileChannel.open(temporary, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MemorySegment memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, size, arena);
            for (int i = 0; i < segments.size(); i++) {
                fill(segments.get(i), new SegmentPieces(memory.asSlice(SegmentPieces.BYTES * i, SegmentPieces.BYTES)));
            }
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void fill(VectorCase segment, SegmentPieces target) {
        byte[] raw = segment.bytes("data");
        assertThat(Blake3.hash(raw)).as("data").isEqualTo(segment.bytes("dataBlake3"));
        RawRecords.write(raw, target);
        new CpuFieldEngine()
                .extendColumns(
                        Constants.RECORDS_PER_SEGMENT,
                        Constants.CHUNKS_PER_RECORD,
                        target.sourceRows(),
                        SegmentPieces.STRIDE,
                        target.parityRows(),
                        SegmentPieces.STRIDE);
        for (int position = 0; position < Constants.PIECES_PER_SEGMENT; position++) {
            target.seal(
                    position,
                    Bytes.of(segment.bytes(segment.node("recordCommitments").get(position))),
                    Bytes.of(segment.bytes(segment.node("recordWitnesses").get(position))));
            assertThat(Blake3.hash(target.pieceBytes(position)))
                    .as("piece %d", position)
                    .isEqualTo(segment.bytes(segment.node("pieceHashes").get(position)));
        }
    }
}
