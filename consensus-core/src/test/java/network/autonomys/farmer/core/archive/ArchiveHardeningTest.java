package network.autonomys.farmer.core.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import network.autonomys.farmer.core.scale.ScaleException;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.core.types.ArchivedBlockProgress;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.LastArchivedBlock;
import network.autonomys.farmer.core.types.PotCheckpoints;
import network.autonomys.farmer.core.types.SegmentHeader;
import network.autonomys.farmer.core.types.SubspaceJustification;
import org.junit.jupiter.api.Test;

/** Damaged and invented input: it gives the documented exception, or what was in it. */
class ArchiveHardeningTest {
    private static final int ROUNDS = 50_000;

    private static byte[] bytes(Random random, int bound) {
        byte[] bytes = new byte[random.nextInt(bound)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static Bytes bytesOf(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Bytes.of(bytes);
    }

    private static SegmentHeader header(Random random, long index) {
        ArchivedBlockProgress progress = random.nextBoolean()
                ? new ArchivedBlockProgress.Complete()
                : new ArchivedBlockProgress.Partial(random.nextInt(5));
        return new SegmentHeader(
                index, bytesOf(random, 48), bytesOf(random, 32), new LastArchivedBlock(random.nextInt(3), progress));
    }

    private static SegmentItem item(Random random) {
        ByteRange bytes = ByteRange.of(bytes(random, 100));
        return switch (random.nextInt(5)) {
            case 0 -> new SegmentItem.Padding();
            case 1 -> new SegmentItem.Block(bytes, List.of());
            case 2 -> new SegmentItem.BlockStart(bytes, List.of());
            case 3 -> new SegmentItem.BlockContinuation(bytes, List.of());
            default -> new SegmentItem.ParentSegmentHeader(header(random, random.nextInt(4)));
        };
    }

    private static byte[] encode(List<SegmentItem> items) {
        ScaleWriter out = new ScaleWriter();
        SegmentItems.encode(items, out::writeBytes);
        return out.toByteArray();
    }

    private static byte[] damage(Random random, byte[] bytes) {
        byte[] damaged = switch (random.nextInt(4)) {
            case 0 -> java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            case 1 -> java.util.Arrays.copyOf(bytes, bytes.length + random.nextInt(8));
            default -> bytes.clone();
        };
        for (int i = random.nextInt(4); i > 0 && damaged.length > 0; i--) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
        }
        return damaged;
    }

    @Test
    void segmentsDecodeToWhatTheyWereOrNotAtAll() {
        Random random = new Random(1);
        int accepted = 0;
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            List<SegmentItem> items = new ArrayList<>();
            for (int i = random.nextInt(6); i > 0; i--) {
                items.add(item(random));
            }
            byte[] encoded = encode(items);
            List<SegmentItem> decoded = new ArrayList<>();
            SegmentItems.decode(encoded, decoded::add);
            assertThat(decoded).isEqualTo(items);
            assertThat(encoded.length)
                    .isEqualTo(SegmentItems.START
                            + items.stream().mapToLong(SegmentItem::encodedSize).sum());

            byte[] damaged = damage(random, encoded);
            List<SegmentItem> others = new ArrayList<>();
            try {
                SegmentItems.decode(damaged, others::add);
                assertThat(encode(others)).isEqualTo(damaged);
                accepted++;
            } catch (ScaleException e) {
                refused++;
            }
        }
        assertThat(accepted).isPositive();
        assertThat(refused).isPositive();
    }

    @Test
    void aPartThatIsLongerThanTheSegmentIsRefusedBeforeAnythingIsTaken() {
        for (String hex :
                List.of("00 01 03ffffffff", "00 01 02000100", "00 02 feffffff", "00 03 08ff", "01", "00 05", "")) {
            byte[] segment = java.util.HexFormat.of().parseHex(hex.replace(" ", ""));
            assertThatThrownBy(() -> SegmentItems.decode(segment, item -> {}))
                    .as(hex)
                    .isInstanceOf(ScaleException.class);
        }
    }

    @Test
    void theBlockReconstructorTakesSegmentsInOrderOrRefusesThemWhole() {
        Random random = new Random(2);
        int accepted = 0;
        int refused = 0;
        BlockReconstructor reconstructor = new BlockReconstructor();
        for (int round = 0; round < ROUNDS; round++) {
            if (round % 7 == 0) {
                reconstructor = new BlockReconstructor();
            }
            List<SegmentItem> items = new ArrayList<>();
            if (random.nextInt(4) != 0) {
                items.add(new SegmentItem.ParentSegmentHeader(header(random, round % 7)));
            }
            for (int i = random.nextInt(5); i > 0; i--) {
                items.add(item(random));
            }
            byte[] segment = encode(items);
            byte[] damaged = random.nextBoolean() ? segment : damage(random, segment);
            List<Long> numbers = new ArrayList<>();
            try {
                reconstructor.addSegment(damaged, (number, encoded) -> {
                    assertThat(encoded.length).isLessThan(10_000);
                    numbers.add(number);
                });
                accepted++;
            } catch (ReconstructionException e) {
                assertThat(numbers).isEmpty();
                refused++;
            }
        }
        assertThat(accepted).isPositive();
        assertThat(refused).isPositive();
    }

    private static SignedBlock block(Random random) {
        List<DigestItem> digest = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            Bytes data = Bytes.of(bytes(random, 40));
            digest.add(
                    switch (random.nextInt(5)) {
                        case 0 -> new DigestItem.Other(data);
                        case 1 -> new DigestItem.Consensus(BlockEncoding.ENGINE, data);
                        case 2 -> new DigestItem.Seal(BlockEncoding.ENGINE, data);
                        case 3 -> new DigestItem.PreRuntime(bytesOf(random, 4), data);
                        default -> new DigestItem.RuntimeEnvironmentUpdated();
                    });
        }
        List<Bytes> extrinsics = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            extrinsics.add(Bytes.of(bytes(random, 200)));
        }
        Optional<List<Justification>> justifications = Optional.empty();
        if (random.nextBoolean()) {
            SubspaceJustification pot = new SubspaceJustification(
                    bytesOf(random, 16),
                    List.of(ScaleReader.decode(bytesOf(random, 128).toArray(), PotCheckpoints::read)));
            justifications = Optional.of(List.of(
                    new Justification(bytesOf(random, 4), Bytes.of(bytes(random, 20))),
                    new Justification(BlockEncoding.ENGINE, Bytes.of(pot.encode()))));
        }
        long number = 1L + random.nextInt(Integer.MAX_VALUE);
        return new SignedBlock(
                new BlockHeader(bytesOf(random, 32), number, bytesOf(random, 32), bytesOf(random, 32), digest),
                extrinsics,
                justifications);
    }

    @Test
    void blocksDecodeToWhatTheyWereOrNotAtAll() {
        Random random = new Random(3);
        int accepted = 0;
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            SignedBlock block = block(random);
            byte[] encoded = BlockEncoding.encode(block);
            SignedBlock archived = BlockEncoding.decode(encoded);
            assertThat(archived.header()).isEqualTo(block.header());
            assertThat(archived.extrinsics()).isEqualTo(block.extrinsics());
            assertThat(archived.justifications().map(List::size))
                    .isEqualTo(block.justifications().map(list -> 1));
            assertThat(BlockEncoding.encode(archived)).isEqualTo(encoded);
            try {
                byte[] damaged = damage(random, encoded);
                SignedBlock other = BlockEncoding.decode(damaged);
                if (other.header().number() != 0) {
                    assertThat(other.encode()).isEqualTo(damaged);
                }
                accepted++;
            } catch (ScaleException e) {
                refused++;
            }
        }
        assertThat(accepted).isPositive();
        assertThat(refused).isPositive();
    }

    @Test
    void rangesOfBytes() {
        byte[] array = {1, 2, 3, 4, 5};
        ByteRange range = ByteRange.of(array, 1, 3);
        assertThat(range.toArray()).containsExactly(2, 3, 4);
        assertThat(range.head(2).tail(1))
                .isEqualTo(ByteRange.of(new byte[] {3}))
                .hasSameHashCodeAs(ByteRange.of(new byte[] {3}));
        assertThat(range.head(0).length()).isZero();
        assertThat(range).isNotEqualTo(range.tail(1));
        assertThatThrownBy(() -> range.tail(4)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> range.head(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> ByteRange.of(array, 3, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
