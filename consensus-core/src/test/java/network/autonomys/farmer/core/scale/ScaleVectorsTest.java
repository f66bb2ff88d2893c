package network.autonomys.farmer.core.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Objects;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.core.types.PlottedSector;
import network.autonomys.farmer.testkit.VectorCase;
import network.autonomys.farmer.testkit.VectorSuite;
import org.junit.jupiter.api.Test;

/** Encodings against the reference's bytes (vectors/scale): each value is built from its fields, encoded, and decoded again. */
class ScaleVectorsTest {

    @Test
    void referenceValues() {
        new VectorSuite("scale")
                .on("types.json", "scale", this::scale)
                .on("types.json", "scale-reject", this::scaleReject)
                .on("types.json", "piece-reject", this::pieceReject)
                .on("types.json", "compact", this::compact)
                .on("types.json", "compact-decode", this::compactDecode)
                .on("types.json", "checksummed", this::checksummed)
                .on("types.json", "checksummed-reject", this::checksummedReject)
                .run();
    }

    private void scale(VectorCase v) {
        ScaleType<?> type = ScaleType.named(v.text("type"));
        check(type, v);
    }

    private static <T> void check(ScaleType<T> type, VectorCase v) {
        if (v.node("scale").isObject()) {
            assertThat(v.text("type")).isEqualTo("Piece");
            checkPiece(v);
            return;
        }
        byte[] scale = v.bytes("scale");
        T value = type.build(v.node("value"), scale);
        ScaleWriter out = new ScaleWriter(0);
        type.write(out, value);
        assertThat(out.toByteArray()).isEqualTo(scale);
        assertThat(ScaleReader.decode(scale, type::read)).isEqualTo(value);
        type.checkHash(value, v.node("value"));
        byte[] embedded = new byte[scale.length + 5];
        System.arraycopy(scale, 0, embedded, 3, scale.length);
        ScaleReader in = new ScaleReader(embedded, 3, embedded.length);
        assertThat(type.read(in)).isEqualTo(value);
        assertThat(in.remaining()).isEqualTo(2);
    }

    private static void checkPiece(VectorCase v) {
        byte[] piece = v.bytes("value");
        ScaleWriter out = new ScaleWriter();
        out.writePiece(piece);
        byte[] scale = out.toByteArray();
        JsonNode expected = v.node("scale");
        assertThat(scale).hasSize(expected.get("len").asInt());
        assertThat(Blake3.hash(scale))
                .asHexString()
                .isEqualToIgnoringCase(expected.get("blake3").asText());
        assertThat(ScaleReader.decode(scale, ScaleReader::readPiece)).isEqualTo(piece);
    }

    private void scaleReject(VectorCase v) {
        ScaleType<?> type = ScaleType.named(v.text("type"));
        assertThatThrownBy(() -> type.read(new ScaleReader(v.bytes("scale")))).isInstanceOf(ScaleException.class);
    }

    private void pieceReject(VectorCase v) {
        byte[] prefix = v.bytes("prefix");
        byte[] data = Arrays.copyOf(prefix, prefix.length + v.i32("zeros"));
        assertThatThrownBy(() -> new ScaleReader(data).readPiece()).isInstanceOf(ScaleException.class);
    }

    private void compact(VectorCase v) {
        byte[] scale = v.bytes("scale");
        long value = v.u64("value");
        assertThat(new ScaleWriter().writeCompact(value).toByteArray()).isEqualTo(scale);
        assertThat(ScaleReader.decode(scale, ScaleReader::readCompactU64)).isEqualTo(value);
        if (v.has("u32")) {
            assertThat(v.bytes("u32")).isEqualTo(scale);
            assertThat(ScaleReader.decode(scale, ScaleReader::readCompactU32)).isEqualTo(value);
        } else {
            assertThatThrownBy(() -> new ScaleReader(scale).readCompactU32()).isInstanceOf(ScaleException.class);
        }
    }

    private void compactDecode(VectorCase v) {
        byte[] scale = v.bytes("scale");
        if (v.has("u64")) {
            assertThat(new ScaleReader(scale).readCompactU64()).isEqualTo(v.u64("u64"));
        } else {
            assertThatThrownBy(() -> new ScaleReader(scale).readCompactU64()).isInstanceOf(ScaleException.class);
        }
        if (v.has("u32")) {
            assertThat(new ScaleReader(scale).readCompactU32()).isEqualTo(v.u64("u32"));
        } else {
            assertThatThrownBy(() -> new ScaleReader(scale).readCompactU32()).isInstanceOf(ScaleException.class);
        }
    }

    private void checksummed(VectorCase v) {
        checkChecksummed(inner(v.text("inner")), v.bytes("data"), v.bytes("scale"));
    }

    private static <T> void checkChecksummed(ScaleType<T> inner, byte[] data, byte[] scale) {
        T value = ScaleReader.decode(scale, in -> in.readChecksummed(inner::read));
        assertThat(ScaleReader.decode(data, inner::read)).isEqualTo(value);
        ScaleWriter out = new ScaleWriter(0);
        out.writeChecksummed(w -> inner.write(w, value));
        assertThat(out.toByteArray()).isEqualTo(scale);
    }

    private void checksummedReject(VectorCase v) {
        ScaleType<?> inner = inner(v.text("inner"));
        assertThatThrownBy(() -> new ScaleReader(v.bytes("scale")).readChecksummed(inner::read))
                .isInstanceOf(ScaleException.class);
    }

    private static ScaleType<?> inner(String name) {
        return name.startsWith("[u8; ")
                ? ScaleType.bytes(Integer.parseInt(name.substring(5, name.length() - 1)))
                : Objects.requireNonNull(ScaleType.named(name));
    }

    @Test
    void plottedSectorsKeepTheirMetadataAndItsChecksumIsChecked() {
        ScaleWriter metadata = new ScaleWriter();
        metadata.writeU16(7)
                .writeU16(3)
                .writeBytes(new byte[2 * Constants.S_BUCKETS])
                .writeU64(5);
        byte[] body = metadata.toByteArray();
        metadata.writeBytes(Blake3.hash(body));
        ScaleWriter out = new ScaleWriter();
        out.writeBytes(new byte[32]).writeU16(7).writeBytes(metadata.toByteArray());
        out.writeCompact(2).writeU64(-1).writeU64(9);
        byte[] scale = out.toByteArray();
        var sector = ScaleReader.decode(scale, PlottedSector::read);
        assertThat(sector.encode()).isEqualTo(scale);
        assertThat(sector.pieceIndexes()).containsExactly(-1L, 9L);
        scale[40] ^= 1;
        assertThatThrownBy(() -> PlottedSector.read(new ScaleReader(scale))).isInstanceOf(ScaleException.class);
    }
}
