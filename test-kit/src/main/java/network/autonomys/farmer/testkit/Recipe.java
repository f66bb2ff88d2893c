package network.autonomys.farmer.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import org.apache.commons.codec.digest.Blake3;

/** Inputs of the reference vectors: hex text, or a recipe object that rebuilds a large input (vectors README). */
public final class Recipe {
    private Recipe() {}

    /**
     * The bytes that a field stands for.
     *
     * @param folder where files named by the recipe lie
     */
    public static byte[] resolve(JsonNode node, Path folder) {
        if (node.isTextual()) {
            return HexFormat.of().parseHex(node.asText());
        }
        if (node.has("xof")) {
            return xof(node);
        }
        if (node.has("hex")) {
            return HexFormat.of().parseHex(node.get("hex").asText());
        }
        if (node.has("repeat")) {
            return repeat(
                    HexFormat.of().parseHex(node.get("repeat").asText()),
                    node.get("count").asInt());
        }
        if (node.has("concat")) {
            ByteArrayOutputStream joined = new ByteArrayOutputStream();
            node.get("concat").forEach(part -> joined.writeBytes(resolve(part, folder)));
            return joined.toByteArray();
        }
        if (node.has("file")) {
            return slice(folder.resolve(node.get("file").asText()), node);
        }
        throw new IllegalArgumentException("unknown recipe " + node);
    }

    /** The first bytes of the BLAKE3 extended output of a label. */
    public static byte[] xof(String label, int length) {
        byte[] out = new byte[length];
        Blake3.initHash().update(label.getBytes(StandardCharsets.UTF_8)).doFinalize(out);
        return out;
    }

    private static byte[] xof(JsonNode node) {
        int from = node.path("from").asInt(0);
        int length = node.get("len").asInt();
        byte[] out = xof(node.get("xof").asText(), Math.addExact(from, length));
        if (from > 0) {
            out = java.util.Arrays.copyOfRange(out, from, from + length);
        }
        if (node.path("scalar").asBoolean(false)) {
            for (int i = 0; i < out.length; i += 32) {
                out[i] = 0;
            }
        }
        return out;
    }

    private static byte[] repeat(byte[] unit, int count) {
        byte[] out = new byte[Math.multiplyExact(unit.length, count)];
        for (int i = 0; i < count; i++) {
            System.arraycopy(unit, 0, out, i * unit.length, unit.length);
        }
        return out;
    }

    private static byte[] slice(Path file, JsonNode node) {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long offset = node.path("offset").asLong(0);
            byte[] out = new byte[node.has("len") ? node.get("len").asInt() : (int) (in.length() - offset)];
            in.seek(offset);
            in.readFully(out);
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
