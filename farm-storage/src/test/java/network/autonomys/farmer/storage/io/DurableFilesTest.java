package network.autonomys.farmer.storage.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are there whole or not at all. */
class DurableFilesTest {
    private static final int BYTES = 200_000;
    private static final int WRITERS = 4;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aSharedFileIsWholeWhoeverReplacesItAtOnce() throws Exception {
        Path file = folder.resolve("shared");
        DurableFiles.replaceShared(file, content(0));
        try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
            List<Future<Void>> writers = new ArrayList<>();
            for (int i = 1; i <= WRITERS; i++) {
                writers.add(threads.submit(writer(file, i)));
            }
            while (writers.stream().anyMatch(writer -> !writer.isDone())) {
                assertWhole(file);
            }
            for (Future<Void> writer : writers) {
                writer.get();
            }
        }
        assertWhole(file);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    private static Callable<Void> writer(Path file, int number) {
        return () -> {
            for (int i = 0; i < 25; i++) {
                DurableFiles.replaceShared(file, content(number));
            }
            return null;
        };
    }

    private static void assertWhole(Path file) throws IOException {
        byte[] found = Files.readAllBytes(file);
        assertThat(found).isEqualTo(content(found[0]));
    }

    private static byte[] content(int number) {
        byte[] content = new byte[BYTES];
        Arrays.fill(content, (byte) number);
        return content;
    }
}
