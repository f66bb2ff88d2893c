package network.autonomys.farmer.storage.pieces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import network.autonomys.farmer.core.types.Constants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PieceStoreTest {
    private static final int SIZE = 5000;

    @TempDir
    Path directory;

    @Test
    void slotsOfRealPiecesAreAlignedAndWasteLittle() {
        assertThat(PieceStore.bytesOnDisk(Constants.PIECE_SIZE)).isEqualTo(1_052_672);
    }

    @Test
    void behavesLikeAMapThroughReopenings() throws IOException {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(11);
        Map<Long, byte[]> oracle = new HashMap<>();
        for (int round = 0; round < 6; round++) {
            try (PieceStore store = PieceStore.open(directory, SIZE)) {
                assertHolds(store, oracle);
                for (int step = 0; step < 30; step++) {
                    List<PieceStore.Entry> batch = new ArrayList<>();
                    for (int i = 0; i < 3; i++) {
                        byte[] piece = new byte[SIZE];
                        random.nextBytes(piece);
                        long index = random.nextLong(100);
                        oracle.put(index, piece);
                        batch.removeIf(entry -> entry.index() == index);
                        batch.add(new PieceStore.Entry(index, MemorySegment.ofArray(piece)));
                    }
                    store.putAll(batch);
                    long gone = random.nextLong(100);
                    store.remove(gone);
                    oracle.remove(gone);
                }
                assertHolds(store, oracle);
            }
        }
        assertThat(Files.size(directory.resolve("pieces-00000.dat"))).isLessThan(110L * 8192);
    }

    @Test
    void flippedBitIsNoticedAndTheSlotUsedAgain() throws IOException {
        try (PieceStore store = PieceStore.open(directory, SIZE)) {
            put(store, 1, 2, 3);
            flip(directory.resolve("pieces-00000.dat"), 8192 + 4000);
            byte[] target = new byte[SIZE];
            assertThat(store.get(1, MemorySegment.ofArray(target))).isTrue();
            assertThatThrownBy(() -> store.get(2, MemorySegment.ofArray(target)))
                    .isInstanceOfSatisfying(
                            CorruptPieceException.class,
                            e -> assertThat(e.pieceIndex()).isEqualTo(2));
            store.remove(2);
            assertThat(store.get(2, MemorySegment.ofArray(target))).isFalse();
            put(store, 2);
            assertThat(store.get(2, MemorySegment.ofArray(target))).isTrue();
            assertThat(target).isEqualTo(content(2));
        }
    }

    @Test
    void lostIndexIsMadeAnewWithoutTheBadSlots() throws IOException {
        try (PieceStore store = PieceStore.open(directory, SIZE)) {
            put(store, 10, 11, 12);
        }
        Files.delete(directory.resolve("pieces.idx"));
        flip(directory.resolve("pieces-00000.dat"), 8192 + 100);
        try (PieceStore store = PieceStore.open(directory, SIZE)) {
            assertThat(store.indexes()).containsExactly(10, 12);
        }
        try (PieceStore store = PieceStore.open(directory, SIZE)) {
            assertThat(store.indexes()).containsExactly(10, 12);
        }
    }

    @Test
    void tornIndexEntryIsDecidedByTheSlot() throws IOException {
        try (PieceStore store = PieceStore.open(directory, SIZE)) {
            put(store, 10, 11, 12);
        }
        flip(directory.resolve("pieces.idx"), 16 + 2);
        try (PieceStore store = PieceStore.open(directory, SIZE)) {
            assertThat(store.indexes()).containsExactly(10, 11, 12);
        }
    }

    @Test
    void cutFilesLoseOnlyWhatIsCut() throws IOException {
        try (PieceStore store = PieceStore.open(directory, SIZE)) {
            put(store, 10, 11, 12);
        }
        truncate(directory.resolve("pieces-00000.dat"), 2 * 8192 + 300);
        truncate(directory.resolve("pieces.idx"), 2 * 16 + 5);
        try (PieceStore store = PieceStore.open(directory, SIZE)) {
            assertThat(store.indexes()).containsExactly(10, 11);
            put(store, 13);
            assertThat(store.indexes()).containsExactly(10, 11, 13);
        }
        truncate(directory.resolve("pieces-00000.dat"), 8192 + 300);
        try (PieceStore store = PieceStore.open(directory, SIZE)) {
            byte[] target = new byte[SIZE];
            assertThatThrownBy(() -> store.get(11, MemorySegment.ofArray(target)))
                    .isInstanceOf(CorruptPieceException.class);
        }
    }

    @Test
    void oneProcessAtATime() throws IOException {
        try (PieceStore store = PieceStore.open(directory, SIZE)) {
            assertThatThrownBy(() -> PieceStore.open(directory, SIZE))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in use");
            assertThat(store.size()).isZero();
        }
    }

    @Test
    void interruptDoesNotCloseTheStoreForTheOthers() throws Exception {
        try (PieceStore store = PieceStore.open(directory, SIZE)) {
            put(store, 1);
            byte[] target = new byte[SIZE];
            Thread thread = Thread.ofVirtual().unstarted(() -> {
                Thread.currentThread().interrupt();
                try {
                    assertThat(store.get(1, MemorySegment.ofArray(target))).isTrue();
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
                target[0]++;
            });
            thread.start();
            thread.join();
            target[0]--;
            assertThat(target).isEqualTo(content(1));
            assertThat(store.get(1, MemorySegment.ofArray(target))).isTrue();
        }
    }

    private static void put(PieceStore store, long... pieces) throws IOException {
        List<PieceStore.Entry> batch = new ArrayList<>();
        for (long piece : pieces) {
            batch.add(new PieceStore.Entry(piece, MemorySegment.ofArray(content(piece))));
        }
        store.putAll(batch);
    }

    private static byte[] content(long piece) {
        byte[] bytes = new byte[SIZE];
        RandomGeneratorFactory.of("L64X128MixRandom").create(piece).nextBytes(bytes);
        return bytes;
    }

    private static void assertHolds(PieceStore store, Map<Long, byte[]> oracle) throws IOException {
        assertThat(store.indexes())
                .containsExactly(oracle.keySet().stream()
                        .mapToLong(Long::longValue)
                        .sorted()
                        .toArray());
        MemorySegment target = MemorySegment.ofArray(new byte[SIZE]);
        for (Map.Entry<Long, byte[]> entry : oracle.entrySet()) {
            assertThat(store.get(entry.getKey(), target)).isTrue();
            assertThat(target.toArray(ValueLayout.JAVA_BYTE)).isEqualTo(entry.getValue());
        }
    }

    private static void flip(Path file, long position) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, position);
            one.put(0, (byte) (one.get(0) ^ 0x10)).rewind();
            channel.write(one, position);
        }
    }

    private static void truncate(Path file, long size) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(size);
        }
    }
}
