package network.autonomys.farmer.storage.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Many small pieces out of one file. */
class ScatteredReadsTest {
    private static final int LENGTH = 1 << 20;
    private static final int BASE = 12_345;
    private static final int SIZE = 32;

    @TempDir
    private Path folder;

    private byte[] bytes;
    private long[] offsets;
    private Path path;

    @BeforeEach
    void writeFile() throws IOException {
        Random random = new Random(7);
        bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        // Some side by side, some across the ends of pages, some far apart.
        offsets = LongStream.concat(
                        LongStream.of(0, 32, 64, 4096 - BASE % 4096 - 16, LENGTH - BASE - SIZE),
                        random.longs(500, 0, LENGTH - BASE - SIZE))
                .sorted()
                .toArray();
        path = Files.write(folder.resolve("file"), bytes);
    }

    /** One read for each thread, and the ring where the kernel has it. */
    static Set<ReadMethod> methods() {
        return EnumSet.of(ReadMethod.THREADS, ReadMethod.best());
    }

    private byte[] expected() {
        byte[] expected = new byte[SIZE * offsets.length];
        for (int i = 0; i < offsets.length; i++) {
            System.arraycopy(bytes, BASE + (int) offsets[i], expected, SIZE * i, SIZE);
        }
        return expected;
    }

    @ParameterizedTest
    @MethodSource("methods")
    void readsGoOnWhileTheirCallerDoesSomethingElse(ReadMethod method) throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        try (DirectFile file = DirectFile.openForReading(path);
                ExecutorService threads = Executors.newSingleThreadExecutor();
                Arena arena = Arena.ofConfined()) {
            threads.execute(() -> {
                try {
                    reading.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            MemorySegment into = arena.allocate((long) SIZE * offsets.length);
            try (ScatteredReads.Reading reads =
                    new ScatteredReads(file, method, threads, 4).begin(BASE, offsets, SIZE)) {
                // The only thread that reads has not begun, and yet we are here.
                reading.countDown();
                reads.await(into);
            }
            assertThat(into.toArray(ValueLayout.JAVA_BYTE)).isEqualTo(expected());
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void nothingIsReadBehindTheEnd(ReadMethod method) throws Exception {
        long[] beyond = Arrays.copyOf(offsets, offsets.length + 1);
        beyond[offsets.length] = LENGTH;
        try (DirectFile file = DirectFile.openForReading(path);
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            ScatteredReads reads = new ScatteredReads(file, method, threads, 4);
            MemorySegment into = MemorySegment.ofArray(new byte[SIZE * beyond.length]);
            try (ScatteredReads.Reading failing = reads.begin(BASE, beyond, SIZE)) {
                assertThatExceptionOfType(EOFException.class).isThrownBy(() -> failing.await(into));
            }
            ScatteredReads.Reading unwanted = reads.begin(BASE, offsets, SIZE);
            unwanted.close();
            unwanted.close();
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void refusesWhatItDocuments(ReadMethod method) throws Exception {
        ExecutorService stopped = Executors.newSingleThreadExecutor();
        stopped.shutdown();
        try (DirectFile file = DirectFile.openForReading(path);
                ExecutorService threads = Executors.newSingleThreadExecutor()) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> new ScatteredReads(file, method, stopped, 4).begin(BASE, offsets, SIZE))
                    .withMessageContaining("stopping");
            ScatteredReads reads = new ScatteredReads(file, method, threads, 4);
            assertThatIllegalArgumentException().isThrownBy(() -> reads.begin(BASE, offsets, DirectFile.PAGE + 1));
            assertThatIllegalArgumentException().isThrownBy(() -> reads.begin(BASE, offsets, 0));
            try (ScatteredReads.Reading reading = reads.begin(BASE, offsets, SIZE)) {
                MemorySegment small = MemorySegment.ofArray(new byte[SIZE * offsets.length - 1]);
                assertThatIllegalArgumentException().isThrownBy(() -> reading.await(small));
            }
        }
    }

    /** As where the process has no descriptor left: here the file is not to be found any more. */
    @ParameterizedTest
    @MethodSource("methods")
    void readsByTheHandleThatItHasWhereItGetsNoOther(ReadMethod method) throws Exception {
        try (DirectFile file = DirectFile.openForReading(path);
                ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Files.delete(path);
            MemorySegment into = MemorySegment.ofArray(new byte[SIZE * offsets.length]);
            try (ScatteredReads.Reading reading =
                    new ScatteredReads(file, method, threads, 2).begin(BASE, offsets, SIZE)) {
                reading.await(into);
            }
            assertThat(into.toArray(ValueLayout.JAVA_BYTE)).isEqualTo(expected());
        }
    }
}
