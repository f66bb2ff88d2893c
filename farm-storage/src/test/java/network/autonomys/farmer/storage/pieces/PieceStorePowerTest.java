package network.autonomys.farmer.storage.pieces;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import network.autonomys.farmer.storage.io.CrashDisk;
import network.autonomys.farmer.storage.io.PowerCuts;
import network.autonomys.farmer.testkit.Recipe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Power is lost at every write: what was acknowledged is there, and nothing else than what was written is served. */
class PieceStorePowerTest {
    private static final int SIZE = 3000;

    @TempDir
    Path directory;

    @Test
    void acknowledgedPiecesSurviveAPowerCutAtEveryWrite() throws IOException {
        assertThat(PowerCuts.everywhere("piece store", Run::new)).isGreaterThan(70);
    }

    private final class Run implements PowerCuts.Run {
        /** What may be read of pieces that must be there. */
        private final Map<Long, List<byte[]>> required = new HashMap<>();
        /** Everything that was ever written under an index. */
        private final Map<Long, List<byte[]>> written = new HashMap<>();

        @Override
        public void work(CrashDisk disk) throws IOException {
            try (PieceStore store = PieceStore.open(directory, SIZE, disk)) {
                put(store, 0, 1, 2, 3);
                put(store, 0, 4);
                put(store, 1, 2);
                remove(store, 1);
                put(store, 0, 5, 6);
                remove(store, 3);
                remove(store, 6);
                put(store, 1, 3, 1);
                put(store, 2, 2, 4);
            }
            try (PieceStore store = PieceStore.open(directory, SIZE, disk)) {
                assertRequired(store);
                put(store, 3, 7, 2);
                remove(store, 5);
                put(store, 3, 8);
            }
        }

        private void put(PieceStore store, int version, long... pieces) throws IOException {
            List<PieceStore.Entry> batch = new ArrayList<>();
            for (long piece : pieces) {
                byte[] content = Recipe.xof("piece " + piece + " version " + version, SIZE);
                batch.add(new PieceStore.Entry(piece, MemorySegment.ofArray(content)));
                written.computeIfAbsent(piece, p -> new ArrayList<>()).add(content);
                required.computeIfPresent(piece, (p, old) -> join(old, content));
            }
            store.putAll(batch);
            for (PieceStore.Entry piece : batch) {
                required.put(piece.index(), List.of(piece.bytes().toArray(ValueLayout.JAVA_BYTE)));
            }
        }

        private void remove(PieceStore store, long piece) throws IOException {
            required.remove(piece);
            store.remove(piece);
        }

        private static List<byte[]> join(List<byte[]> old, byte[] content) {
            List<byte[]> all = new ArrayList<>(old);
            all.add(content);
            return all;
        }

        @Override
        public void check(CrashDisk disk) throws IOException {
            try (PieceStore store = PieceStore.open(directory, SIZE, disk)) {
                assertRequired(store);
                // Whatever was left is not in the way of new pieces.
                for (long fresh = 20; fresh < 26; fresh++) {
                    store.putAll(List.of(new PieceStore.Entry(fresh, MemorySegment.ofArray(fresh(fresh)))));
                }
                assertRequired(store);
            }
            try (PieceStore store = PieceStore.open(directory, SIZE, disk)) {
                assertRequired(store);
                for (long fresh = 20; fresh < 26; fresh++) {
                    byte[] read = new byte[SIZE];
                    assertThat(store.get(fresh, MemorySegment.ofArray(read))).isTrue();
                    assertThat(read).isEqualTo(fresh(fresh));
                }
            }
        }

        private static byte[] fresh(long piece) {
            return Recipe.xof("fresh " + piece, SIZE);
        }

        private void assertRequired(PieceStore store) throws IOException {
            byte[] read = new byte[SIZE];
            for (Map.Entry<Long, List<byte[]>> piece : required.entrySet()) {
                assertThat(store.get(piece.getKey(), MemorySegment.ofArray(read)))
                        .as("piece %d", piece.getKey())
                        .isTrue();
                assertThat(piece.getValue()).anyMatch(content -> Arrays.equals(content, read));
            }
            for (long piece : store.indexes()) {
                try {
                    boolean served = store.get(piece, MemorySegment.ofArray(read));
                    assertThat(served && piece < 20 ? written.getOrDefault(piece, List.of()) : List.of(read))
                            .as("piece %d", piece)
                            .anyMatch(content -> Arrays.equals(content, read));
                } catch (CorruptPieceException e) {
                    assertThat(required).as("corrupt, and said so").doesNotContainKey(piece);
                }
            }
        }
    }
}
