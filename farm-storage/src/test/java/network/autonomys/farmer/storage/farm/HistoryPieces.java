package network.autonomys.farmer.storage.farm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import network.autonomys.farmer.core.archive.RawRecords;
import network.autonomys.farmer.core.archive.SegmentPieces;
import network.autonomys.farmer.core.field.CpuFieldEngine;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.core.types.PieceIndexes;
import network.autonomys.farmer.testkit.VectorCase;
import network.autonomys.farmer.testkit.Vectors;

/** Pieces of the archived history of the vectors (sector/history.json), made one segment at a time and compared with their hashes. */
final class HistoryPieces {
    private static final HistoryPieces HISTORY = new HistoryPieces();

    private final List<VectorCase> segments = Vectors.cases("sector", "history.json", "segment");
    private final Map<Long, byte[]> pieces = new HashMap<>();

    private HistoryPieces() {}

    /** The history of the vectors under test. */
    static HistoryPieces get() {
        return HISTORY;
    }

    /** The commitment of a segment. */
    Bytes segmentCommitment(long segmentIndex) {
        return Bytes.of(segments.get((int) segmentIndex).bytes("segmentCommitment"));
    }

    /** What the vectors say of a piece: its BLAKE3. */
    String pieceHash(long pieceIndex) {
        return segment(pieceIndex)
                .node("pieceHashes")
                .get(PieceIndexes.position(pieceIndex))
                .asText();
    }

    /** A piece that the cases of farm.json name; all of them are made at the first use. */
    synchronized byte[] piece(long pieceIndex) {
        if (pieces.isEmpty()) {
            makeAll();
        }
        byte[] piece = pieces.get(pieceIndex);
        if (piece == null) {
            throw new IllegalArgumentException("no case names piece " + pieceIndex);
        }
        return piece;
    }

    private void makeAll() {
        List<Long> named = new ArrayList<>();
        for (VectorCase vector : Vectors.cases("farm", "farm.json", "farm")) {
            for (JsonNode sector : vector.list("sectors")) {
                sector.get("pieces").forEach(piece -> named.add(VectorCase.u64(piece.get("pieceIndex"))));
            }
        }
        for (VectorCase vector : Vectors.cases("farm", "farm.json", "plotCache")) {
            vector.list("steps").forEach(step -> named.add(VectorCase.u64(step.get("pieceIndex"))));
        }
        for (int s = 0; s < segments.size(); s++) {
            long segment = s;
            List<Long> wanted = named.stream()
                    .filter(index -> PieceIndexes.segment(index) == segment)
                    .toList();
            if (!wanted.isEmpty()) {
                make(segments.get(s), wanted);
            }
        }
    }

    private void make(VectorCase segment, List<Long> wanted) {
        try (Arena arena = Arena.ofConfined()) {
            SegmentPieces all = new SegmentPieces(arena.allocate(SegmentPieces.BYTES, Long.BYTES));
            RawRecords.write(segment.bytes("data"), all);
            MemorySegment memory = all.memory();
            new CpuFieldEngine()
                    .extendColumns(
                            Constants.RECORDS_PER_SEGMENT,
                            Constants.CHUNKS_PER_RECORD,
                            memory,
                            2L * Constants.PIECE_SIZE,
                            memory.asSlice(Constants.PIECE_SIZE),
                            2L * Constants.PIECE_SIZE);
            for (long index : wanted) {
                int position = PieceIndexes.position(index);
                byte[] piece = all.pieceBytes(position);
                put(segment, "recordCommitments", position, piece, Constants.PIECE_COMMITMENT_OFFSET);
                put(segment, "recordWitnesses", position, piece, Constants.PIECE_WITNESS_OFFSET);
                assertThat(Fixtures.hash(piece)).isEqualTo(pieceHash(index));
                pieces.put(index, piece);
            }
        }
    }

    private static void put(VectorCase segment, String field, int position, byte[] piece, int at) {
        byte[] point = segment.bytes(segment.node(field).get(position));
        MemorySegment.copy(MemorySegment.ofArray(point), 0, MemorySegment.ofArray(piece), at, (long) Constants.G1_SIZE);
        assertThat(MemorySegment.ofArray(piece).asSlice(at, point.length).toArray(ValueLayout.JAVA_BYTE))
                .isEqualTo(point);
    }

    private VectorCase segment(long pieceIndex) {
        return segments.get((int) PieceIndexes.segment(pieceIndex));
    }
}
