package network.autonomys.farmer.core.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.types.BlockObject;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.GlobalObject;
import network.autonomys.farmer.core.types.SegmentHeader;
import network.autonomys.farmer.testkit.Recipe;
import network.autonomys.farmer.testkit.VectorCase;

/** What the vectors of segments and of archiving have in common. */
final class ArchiveVectors {
    private static final int SHARED_LENGTH = 130_023_424;

    private ArchiveVectors() {}

    /** The first block of most cases: the beginning of one and the same stream. */
    private static final class Shared {
        static final byte[] BLOCK = Recipe.xof("core/segment-block/0", SHARED_LENGTH);
    }

    /** A block of a case. */
    static byte[] block(VectorCase c, JsonNode recipe) {
        if (recipe.path("xof").asText().equals("core/segment-block/0")
                && recipe.get("len").asInt() <= SHARED_LENGTH) {
            return java.util.Arrays.copyOf(Shared.BLOCK, recipe.get("len").asInt());
        }
        return c.bytes(recipe);
    }

    /** The objects of a block, empty where the case names none. */
    static List<BlockObject> objects(VectorCase c, int block) {
        List<BlockObject> objects = new ArrayList<>();
        for (JsonNode entry : entry(c, block, "objects")) {
            objects.add(new BlockObject(
                    Bytes.of(c.bytes(entry.get("hash"))), entry.get("offset").asLong()));
        }
        return objects;
    }

    /** The objects reported for a block. */
    static List<GlobalObject> globalObjects(VectorCase c, int block) {
        List<GlobalObject> objects = new ArrayList<>();
        for (JsonNode entry : entry(c, block, "global")) {
            objects.add(new GlobalObject(
                    Bytes.of(c.bytes(entry.get("hash"))),
                    VectorCase.u64(entry.get("pieceIndex")),
                    entry.get("offset").asLong()));
        }
        return objects;
    }

    private static Iterable<JsonNode> entry(VectorCase c, int block, String field) {
        if (c.has("objects")) {
            for (JsonNode entry : c.node("objects")) {
                if (entry.get("block").asInt() == block) {
                    return entry.get(field);
                }
            }
        }
        return List.of();
    }

    /** Compares items with their description. */
    static void assertItems(VectorCase c, List<SegmentItem> items, JsonNode expected) {
        assertThat(items).as(c.name()).hasSize(expected.size());
        Iterator<JsonNode> nodes = expected.iterator();
        for (SegmentItem item : items) {
            JsonNode node = nodes.next();
            switch (item) {
                case SegmentItem.ParentSegmentHeader parent -> {
                    assertThat(node.get("item").asText()).isEqualTo("parentSegmentHeader");
                    assertHeader(c, parent.header(), node.get("header"));
                }
                case SegmentItem.BlockPart part -> {
                    assertThat(node.get("item").asText()).as(c.name()).isEqualTo(name(part));
                    assertThat(part.bytes().length())
                            .as(c.name())
                            .isEqualTo(node.get("len").asInt());
                    assertThat(Blake3.hash(part.bytes().toArray())).as(c.name()).isEqualTo(c.bytes(node.get("blake3")));
                }
                case SegmentItem.Padding padding -> throw new AssertionError("padding among the items");
            }
        }
    }

    private static String name(SegmentItem.BlockPart part) {
        return switch (part) {
            case SegmentItem.Block block -> "block";
            case SegmentItem.BlockStart start -> "blockStart";
            case SegmentItem.BlockContinuation continuation -> "blockContinuation";
        };
    }

    /** Compares a header with its description, field by field and as bytes. */
    static void assertHeader(VectorCase c, SegmentHeader header, JsonNode node) {
        assertThat(header.encode()).as(c.name()).isEqualTo(c.bytes(node.get("scale")));
        assertThat(header.hash().toArray()).as(c.name()).isEqualTo(c.bytes(node.get("hash")));
        assertThat(header.segmentIndex()).isEqualTo(VectorCase.u64(node.get("segmentIndex")));
        assertThat(header.segmentCommitment().toArray()).isEqualTo(c.bytes(node.get("segmentCommitment")));
        assertLast(header, node.get("lastArchivedBlock"));
    }

    /** Compares where a segment ends. */
    static void assertLast(SegmentHeader header, JsonNode node) {
        assertThat(header.lastArchivedBlock().number())
                .isEqualTo(node.get("number").asLong());
        JsonNode partial = node.get("partial");
        assertThat(header.lastArchivedBlock().archivedProgress().partial())
                .isEqualTo(partial.isNull() ? OptionalLong.empty() : OptionalLong.of(partial.asLong()));
    }

    /** The header in a case's field. */
    static SegmentHeader header(VectorCase c, JsonNode node) {
        return ScaleReader.decode(c.bytes(node.get("scale")), SegmentHeader::read);
    }
}
