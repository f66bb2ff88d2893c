package network.autonomys.farmer.storage.pieces;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import network.autonomys.farmer.storage.io.CrashDisk;
import network.autonomys.farmer.storage.io.StoreFile;
import network.autonomys.farmer.testkit.Mutator;
import network.autonomys.farmer.testkit.Recipe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An index or slots of any content give a store that serves only pieces that were written. */
class StoreNegativeTest {
    private static final int SIZE = 200;
    private static final int PIECES = 6;

    @TempDir
    Path directory;

    private CrashDisk good() throws IOException {
        CrashDisk disk = new CrashDisk(Integer.MAX_VALUE);
        try (PieceStore store = PieceStore.open(directory, SIZE, disk)) {
            for (long piece = 0; piece < PIECES; piece++) {
                store.putAll(List.of(new PieceStore.Entry(piece, MemorySegment.ofArray(content(piece)))));
            }
        }
        return disk;
    }

    private static byte[] content(long piece) {
        return Recipe.xof("piece " + piece, SIZE);
    }

    private static byte[] read(CrashDisk disk, Path path) throws IOException {
        try (StoreFile file = disk.open(path)) {
            byte[] bytes = new byte[(int) file.size()];
            file.read(ByteBuffer.wrap(bytes), 0);
            return bytes;
        }
    }

    private static void write(CrashDisk disk, Path path, byte[] content) throws IOException {
        try (StoreFile file = disk.open(path)) {
            file.allocate(content.length);
            file.write(ByteBuffer.wrap(content), 0);
        }
    }

    @Test
    void indexes() throws IOException {
        CrashDisk good = good();
        Path path = directory.resolve("pieces.idx");
        byte[] index = read(good, path);
        Mutator mutator = new Mutator(11);
        int entries = 0;
        for (int i = 0; i < 40_000; i++) {
            byte[] input = i % 10 == 9 ? mutator.randomBytes(400) : mutator.mutate(index);
            CrashDisk disk = new CrashDisk(Integer.MAX_VALUE);
            write(disk, path, input);
            try (SlotIndex loaded = new SlotIndex(disk.open(path))) {
                entries += loaded.load().length;
            }
        }
        System.out.println("negative inputs slot index: 40000");
        assertThat(entries).isPositive();
    }

    @Test
    void stores() throws IOException {
        CrashDisk good = good();
        Path index = directory.resolve("pieces.idx");
        Path slots = directory.resolve("pieces-00000.dat");
        byte[] goodIndex = read(good, index);
        byte[] goodSlots = read(good, slots);
        Mutator mutator = new Mutator(12);
        int served = 0;
        for (int i = 0; i < 3_000; i++) {
            CrashDisk disk = new CrashDisk(Integer.MAX_VALUE);
            if (i % 3 != 0) {
                write(disk, index, i % 3 == 1 ? mutator.mutate(goodIndex) : goodIndex);
            }
            write(disk, slots, i % 3 == 1 ? goodSlots : mutator.mutate(goodSlots));
            try (PieceStore store = PieceStore.open(directory, SIZE, disk)) {
                served += check(store);
                store.putAll(List.of(new PieceStore.Entry(50, MemorySegment.ofArray(content(50)))));
                served += check(store);
            } catch (UncheckedIOException e) {
                throw new AssertionError("input " + i, e);
            }
        }
        System.out.println("negative inputs piece store: 3000");
        assertThat(served).isGreaterThan(10_000);
    }

    private static int check(PieceStore store) throws IOException {
        int served = 0;
        byte[] read = new byte[SIZE];
        for (long piece : store.indexes()) {
            try {
                if (store.get(piece, MemorySegment.ofArray(read))) {
                    assertThat(Arrays.equals(read, content(piece)))
                            .as("piece %d", piece)
                            .isTrue();
                    served++;
                }
            } catch (CorruptPieceException e) {
                assertThat(e.pieceIndex()).isEqualTo(piece);
            }
        }
        return served;
    }
}
