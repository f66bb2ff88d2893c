package network.autonomys.farmer.storage.pieces;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.storage.io.FileLayer;
import network.autonomys.farmer.testkit.Recipe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The restart of a store of 200 GiB: its real index over files that have their length and little else. Times are printed, not judged. */
class PieceStoreRestartTest {
    private static final int PIECES = 205_000;
    private static final int SLOTS_PER_FILE = 4096;

    @TempDir
    Path directory;

    @Test
    void aStoreOfTwoHundredGibibytes() throws IOException {
        byte[] piece = Recipe.xof("a real one", Constants.PIECE_SIZE);
        try (PieceStore store = PieceStore.open(directory, Constants.PIECE_SIZE)) {
            store.putAll(List.of(new PieceStore.Entry(0, MemorySegment.ofArray(piece))));
        }
        long stride = PieceStore.bytesOnDisk(Constants.PIECE_SIZE);
        for (int number = 0; number * SLOTS_PER_FILE < PIECES; number++) {
            Path file = directory.resolve("pieces-%05d.dat".formatted(number));
            try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
                sparse.setLength(stride * Math.min(SLOTS_PER_FILE, PIECES - number * SLOTS_PER_FILE));
            }
        }
        try (SlotIndex index = new SlotIndex(FileLayer.DISK.open(directory.resolve("pieces.idx")))) {
            for (int slot = 1; slot < PIECES; slot++) {
                index.set(slot, slot);
            }
            index.force();
        }
        double best = Double.MAX_VALUE;
        for (int run = 0; run < 3; run++) {
            long start = System.nanoTime();
            try (PieceStore store = PieceStore.open(directory, Constants.PIECE_SIZE)) {
                double seconds = (System.nanoTime() - start) / 1e9;
                System.out.printf(
                        Locale.ROOT,
                        "piece store restart: %d pieces (%.0f GiB) known after %.3f s%n",
                        store.size(),
                        stride * PIECES / (double) (1L << 30),
                        seconds);
                best = Math.min(best, seconds);
                assertThat(store.size()).isEqualTo(PIECES);
                byte[] read = new byte[Constants.PIECE_SIZE];
                assertThat(store.get(0, MemorySegment.ofArray(read))).isTrue();
                assertThat(read).isEqualTo(piece);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "piece store restart: %.2f s for each TiB, by extrapolation%n",
                best * (1L << 40) / (stride * PIECES));
    }
}
