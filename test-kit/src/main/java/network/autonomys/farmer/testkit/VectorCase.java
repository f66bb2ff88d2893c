package network.autonomys.farmer.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One case of a reference vector file: typed access to its fields, every one of which must be there. */
public record VectorCase(Path file, JsonNode json) {

    /** The kind: which function of the reference the case is for. */
    public String kind() {
        return text("kind");
    }

    private Path folder() {
        return file.toAbsolutePath().resolveSibling("");
    }

    /** File and name, as shown in a failure. */
    public String name() {
        return file.getFileName() + "/" + kind() + "/" + json.path("name").asText("");
    }

    /** The field, which must exist; a JSON null is returned as such. */
    public JsonNode node(String field) {
        JsonNode node = json.get(field);
        if (node == null) {
            throw new IllegalArgumentException(name() + ": no field " + field);
        }
        return node;
    }

    /** True where the field exists and is not null. */
    public boolean has(String field) {
        return json.hasNonNull(field);
    }

    public String text(String field) {
        return node(field).asText();
    }

    public boolean bool(String field) {
        JsonNode node = node(field);
        if (!node.isBoolean()) {
            throw new IllegalArgumentException(name() + ": " + field + " is not a boolean");
        }
        return node.booleanValue();
    }

    /** A signed or small integer. */
    public int i32(String field) {
        return Math.toIntExact(u64(field));
    }

    /** An unsigned 64-bit integer, given as a number or as decimal text. */
    public long u64(String field) {
        return u64(node(field));
    }

    /** An unsigned 64-bit integer, given as a number or as decimal text. */
    public static long u64(JsonNode node) {
        return Long.parseUnsignedLong(node.asText());
    }

    /** Bytes given as hex text or as a recipe. */
    public byte[] bytes(String field) {
        return Recipe.resolve(node(field), folder());
    }

    /** Bytes given as hex text or as a recipe, relative to this case's folder. */
    public byte[] bytes(JsonNode node) {
        return Recipe.resolve(node, folder());
    }

    /** The elements of an array field. */
    public List<JsonNode> list(String field) {
        List<JsonNode> list = new ArrayList<>();
        node(field).forEach(list::add);
        return list;
    }

    @Override
    public String toString() {
        return name();
    }
}
