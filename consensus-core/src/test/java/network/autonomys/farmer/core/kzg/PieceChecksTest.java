package network.autonomys.farmer.core.kzg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.testkit.VectorCase;
import network.autonomys.farmer.testkit.Vectors;
import org.junit.jupiter.api.Test;

/** Validity of pieces, one by one and together, on the reference's cases. */
class PieceChecksTest {
    private static final String AREA = "archiving";
    private static final String FILE = "piece-valid.json";

    private static MemorySegment piece(VectorCase v) {
        byte[] piece = new byte[Constants.PIECE_SIZE];
        byte[] record = v.bytes("record");
        System.arraycopy(record, 0, piece, 0, record.length);
        for (JsonNode patch : v.list("patches")) {
            byte[] bytes = HexFormat.of().parseHex(patch.get("bytes").asText());
            System.arraycopy(bytes, 0, piece, patch.get("offset").asInt(), bytes.length);
        }
        System.arraycopy(v.bytes("commitment"), 0, piece, Constants.PIECE_COMMITMENT_OFFSET, 48);
        System.arraycopy(v.bytes("witness"), 0, piece, Constants.PIECE_WITNESS_OFFSET, 48);
        return MemorySegment.ofArray(piece);
    }

    @Test
    void piecesOneByOneAndTogether() {
        PieceChecks checks = new PieceChecks(KzgFixture.kzg());
        List<PieceChecks.Candidate> all = new ArrayList<>();
        BitSet invalid = new BitSet();
        for (VectorCase v : Vectors.cases(AREA, FILE, "piece-valid")) {
            Bytes segment = Bytes.of(v.bytes("segmentCommitment"));
            MemorySegment piece = piece(v);
            assertThat(checks.isPieceValid(piece, segment, v.i32("position")))
                    .as(v.name())
                    .isEqualTo(v.bool("valid"));
            invalid.set(all.size(), !v.bool("valid"));
            all.add(new PieceChecks.Candidate(piece, segment, v.i32("position")));
        }
        // Many bad ones, none, and one or two among good ones.
        List<PieceChecks.Candidate> some = all.subList(0, 24);
        assertThat(checks.invalid(some, new Random(7))).isEqualTo(invalid.get(0, 24));
        List<PieceChecks.Candidate> batch = new ArrayList<>();
        for (int i = invalid.nextClearBit(0); i < all.size(); i = invalid.nextClearBit(i + 1)) {
            batch.add(all.get(i));
        }
        assertThat(checks.invalid(batch, new Random(8)).isEmpty()).isTrue();
        assertThat(checks.invalid(List.of(), new Random(8)).isEmpty()).isTrue();
        assertThat(batch).hasSizeGreaterThan(8);
        batch.set(5, withOtherByte(batch.get(5)));
        assertThat(checks.invalid(batch, new Random(9))).isEqualTo(BitSet.valueOf(new long[] {1 << 5}));
        batch.set(7, withOtherByte(batch.get(7)));
        assertThat(checks.invalid(batch, new Random(9))).isEqualTo(BitSet.valueOf(new long[] {1 << 5 | 1 << 7}));
    }

    private static PieceChecks.Candidate withOtherByte(PieceChecks.Candidate candidate) {
        byte[] record = candidate.record().toArray(ValueLayout.JAVA_BYTE);
        record[777] ^= 4;
        return new PieceChecks.Candidate(
                MemorySegment.ofArray(record), candidate.points(), candidate.segmentCommitment(), candidate.position());
    }

    @Test
    void recordCommitments() {
        PieceChecks checks = new PieceChecks(KzgFixture.kzg());
        for (VectorCase v : Vectors.cases(AREA, FILE, "record-commitment-valid")) {
            assertThat(checks.isRecordCommitmentHashValid(
                            Bytes.of(v.bytes("hash")),
                            Bytes.of(v.bytes("segmentCommitment")),
                            Bytes.of(v.bytes("witness")),
                            v.i32("position")))
                    .as(v.name())
                    .isEqualTo(v.bool("valid"));
        }
    }

    @Test
    void refusesOtherSizesAndPositions() {
        PieceChecks checks = new PieceChecks(KzgFixture.kzg());
        MemorySegment piece = MemorySegment.ofArray(new byte[Constants.PIECE_SIZE]);
        assertThatThrownBy(() -> checks.isPieceValid(piece.asSlice(1), G1.INFINITY, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> checks.isPieceValid(piece, G1.INFINITY, 256))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> checks.isRecordCommitmentHashValid(Bytes.zeros(32), G1.INFINITY, G1.INFINITY, -1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
