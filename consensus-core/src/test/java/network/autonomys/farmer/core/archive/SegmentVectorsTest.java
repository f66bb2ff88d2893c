package network.autonomys.farmer.core.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import network.autonomys.farmer.core.engine.Workers;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.testkit.VectorCase;
import network.autonomys.farmer.testkit.Vectors;
import org.junit.jupiter.api.Test;

/** Encoding of segments and reconstruction of blocks, without commitments. */
class SegmentVectorsTest {
    private static final String FILE = "segments.json";

    /** One buffer for all segments: who owns it decides. */
    private final MemorySegment memory = MemorySegment.ofArray(new byte[(int) SegmentPieces.BYTES]);

    @Test
    void segmentsAndTheBlocksOutOfThem() {
        List<VectorCase> blocks = Vectors.cases("archiving", FILE, "reconstruct-blocks");
        List<VectorCase> errors = Vectors.cases("archiving", FILE, "reconstruct-blocks-error");
        int reconstructed = 0;
        int refused = 0;
        for (VectorCase c : Vectors.cases("archiving", FILE, "segment-encode")) {
            List<VectorCase> itsBlocks = of(blocks, c);
            List<VectorCase> itsErrors = of(errors, c);
            boolean keep = !itsBlocks.isEmpty() || !itsErrors.isEmpty();
            List<byte[]> segments = encode(c, keep);
            itsBlocks.forEach(b -> reconstruct(b, segments));
            itsErrors.forEach(e -> refuse(e, segments));
            reconstructed += itsBlocks.size();
            refused += itsErrors.size();
        }
        assertThat(reconstructed).isEqualTo(blocks.size());
        assertThat(refused).isEqualTo(errors.size());
    }

    private static List<VectorCase> of(List<VectorCase> cases, VectorCase segments) {
        return cases.stream()
                .filter(c -> c.text("segments").equals(segments.text("name")))
                .toList();
    }

    /** Archives a case's blocks; returns the bytes of its segments where they are wanted. */
    private List<byte[]> encode(VectorCase c, boolean keep) {
        Iterator<JsonNode> expected = c.node("segments").iterator();
        AtomicInteger number = new AtomicInteger();
        InjectedCommitter committer = new InjectedCommitter(() -> commitment(number.getAndIncrement()));
        SegmentSealer sealer = new SegmentSealer(
                new NoExtension(),
                committer,
                (size, alignment) -> memory,
                Workers.callingThread(),
                ArchivingProgress.NONE);
        Archiver archiver = new Archiver(sealer, false);
        List<byte[]> kept = new ArrayList<>();
        List<Integer> counts = new ArrayList<>();
        for (int i = 0; i < c.node("blocks").size(); i++) {
            byte[] block = ArchiveVectors.block(c, c.node("blocks").get(i));
            assertThat(Blake3.hash(block))
                    .isEqualTo(c.bytes(c.node("blockBlake3").get(i)));
            int before = number.get();
            assertThat(archiver.nextBlock()).isEqualTo(i);
            assertThat(archiver.addBlock(block, ArchiveVectors.objects(c, i), segment -> {
                        byte[] raw = RawRecords.read(segment.pieces());
                        assertSegment(c, segment, raw, expected.next());
                        if (keep) {
                            kept.add(raw);
                        }
                    }))
                    .as(c.name())
                    .isEqualTo(ArchiveVectors.globalObjects(c, i));
            counts.add(number.get() - before);
        }
        assertThat(expected.hasNext()).isFalse();
        List<Integer> expectedCounts = new ArrayList<>();
        c.node("segmentsPerBlock").forEach(n -> expectedCounts.add(n.asInt()));
        assertThat(counts).as(c.name()).isEqualTo(expectedCounts);
        ArchiveVectors.assertItems(c, archiver.buffered(), c.node("bufferedItems"));
        return kept;
    }

    private static Bytes commitment(int index) {
        byte[] bytes = new byte[48];
        java.util.Arrays.fill(bytes, (byte) (0xa0 + index));
        return Bytes.of(bytes);
    }

    private static void assertSegment(VectorCase c, ArchivedSegment segment, byte[] raw, JsonNode expected) {
        assertThat(segment.header().segmentIndex())
                .isEqualTo(expected.get("index").asLong());
        assertThat(segment.header().encode()).as(c.name()).isEqualTo(c.bytes(expected.get("headerScale")));
        assertThat(segment.header().hash().toArray()).isEqualTo(c.bytes(expected.get("headerHash")));
        ArchiveVectors.assertLast(segment.header(), expected.get("lastArchivedBlock"));
        assertThat(raw).hasSize(Constants.RECORDED_SEGMENT_SIZE);
        assertThat(Blake3.hash(raw))
                .as(c.name())
                .isEqualTo(c.bytes(expected.get("raw").get("blake3")));
        List<SegmentItem> items = new ArrayList<>();
        SegmentItems.decode(raw, items::add);
        int padding = 0;
        while (items.getLast() instanceof SegmentItem.Padding) {
            items.removeLast();
            padding++;
        }
        assertThat(padding).as(c.name()).isEqualTo(expected.get("padding").asInt());
        ArchiveVectors.assertItems(c, items, expected.get("items"));
    }

    private static void reconstruct(VectorCase c, List<byte[]> segments) {
        BlockReconstructor reconstructor = new BlockReconstructor();
        int index = c.i32("from");
        for (JsonNode expected : c.node("ours")) {
            Iterator<JsonNode> blocks = expected.iterator();
            JsonNode reference = c.node("reference").get(index - c.i32("from"));
            JsonNode parentHash = reference.get("parentHeaderHash");
            try {
                assertThat(reconstructor
                                .addSegment(
                                        segments.get(index),
                                        (number, encoded) -> assertBlock(c, number, encoded, blocks.next()))
                                .map(header -> header.hash().hex()))
                        .as(c.name())
                        .isEqualTo(java.util.Optional.ofNullable(parentHash.isNull() ? null : parentHash.asText()));
            } catch (ReconstructionException e) {
                throw new AssertionError(c.name(), e);
            }
            assertThat(blocks.hasNext()).as(c.name()).isFalse();
            index++;
        }
        assertThat(index).isEqualTo(segments.size());
    }

    private static void assertBlock(VectorCase c, long number, byte[] encoded, JsonNode expected) {
        assertThat(number).as(c.name()).isEqualTo(expected.get("number").asLong());
        assertThat(encoded).as(c.name()).hasSize(expected.get("len").asInt());
        assertThat(Blake3.hash(encoded)).as(c.name()).isEqualTo(c.bytes(expected.get("blake3")));
    }

    private static void refuse(VectorCase c, List<byte[]> segments) {
        BlockReconstructor reconstructor = new BlockReconstructor();
        JsonNode order = c.node("order");
        for (int i = 0; i < order.size(); i++) {
            byte[] segment = segments.get(order.get(i).asInt());
            if (i < order.size() - 1) {
                add(c, reconstructor, segment);
            } else {
                assertThatExceptionOfType(ReconstructionException.class)
                        .as(c.name())
                        .isThrownBy(() -> reconstructor.addSegment(segment, (number, encoded) -> {
                            throw new AssertionError("a block of a segment that is refused");
                        }))
                        .extracting(ReconstructionException::reason)
                        .isEqualTo(ReconstructionException.Reason.WRONG_SEGMENT_ORDER);
            }
        }
    }

    private static void add(VectorCase c, BlockReconstructor reconstructor, byte[] segment) {
        try {
            reconstructor.addSegment(segment, (number, encoded) -> {});
        } catch (ReconstructionException e) {
            throw new AssertionError(c.name(), e);
        }
    }
}
