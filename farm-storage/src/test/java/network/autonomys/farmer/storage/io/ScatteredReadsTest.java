package network.autonomys.farmer.storage.io;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many small pieces out of one file. */
class ScatteredReadsTest {
    private static final int LENGTH = 1 << 24;
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
                        random.longs(3000, 0, LENGTH - BASE - SIZE))
                .sorted()
                .toArray();
        path = Files.write(folder.resolve("file"), bytes);
    }

    private byte[] expected() {
        byte[] expected = new byte[SIZE * offsets.length];
        for (int i = 0; i < offsets.length; i++) {
            System.arraycopy(bytes, BASE + (int) offsets[i], expected, SIZE * i, SIZE);
        }
        return expected;
    }

    private static ScatteredReads reads(DirectFile file, ExecutorService threads, boolean background) {
        return background ? new ScatteredReads(file, threads, 4) : new ScatteredReads(file, null, threads, 4);
    }

    @Test
    void kernelReadsInTheBackgroundWhereItCan() throws Exception {
        assumeThat(Files.getFileStore(path).type()).isIn("ext4", "xfs");
        try (DirectFile file = DirectFile.openForReading(path);
                ReadContexts contexts = new ReadContexts(path)) {
            assertThat(file.contexts()).isNotNull();
            ReadContexts.Lent first = requireNonNull(contexts.borrow());
            ReadContexts.Lent second = requireNonNull(contexts.borrow());
            assertThat(second.context()).isNotSameAs(first.context());
            contexts.giveBack(first);
            assertThat(requireNonNull(contexts.borrow()).context()).isSameAs(first.context());
            try (ReadQueue queue = new ReadQueue(first.context(), first.file(), 2 * DirectFile.PAGE)) {
                queue.add(7, 2 * DirectFile.PAGE, 2 * DirectFile.PAGE);
                queue.add(8, LENGTH - DirectFile.PAGE, 2 * DirectFile.PAGE);
                byte[][] read = new byte[9][];
                while (!queue.isEmpty()) {
                    queue.advance((tag, buffer, count) ->
                            read[tag] = buffer.asSlice(0, count).toArray(ValueLayout.JAVA_BYTE));
                }
                assertThat(read[7]).isEqualTo(Arrays.copyOfRange(bytes, 2 * DirectFile.PAGE, 4 * DirectFile.PAGE));
                assertThat(read[8]).isEqualTo(Arrays.copyOfRange(bytes, LENGTH - DirectFile.PAGE, LENGTH));
            }
            contexts.giveBack(first);
            contexts.giveBack(second);
        }
    }

    @Test
    void threadsReadWhereTheKernelRefuses() throws Exception {
        try (DirectFile file = DirectFile.openForReading(path);
                ExecutorService threads = Executors.newFixedThreadPool(2)) {
            ReadContexts contexts = new ReadContexts(path);
            contexts.refused(new IOException("for the test"));
            assertThat(contexts.borrow()).isNull();
            MemorySegment into = MemorySegment.ofArray(new byte[SIZE * offsets.length]);
            try (ScatteredReads.Reading reads =
                    new ScatteredReads(file, contexts, threads, 4).begin(BASE, offsets, SIZE)) {
                reads.await(into);
            }
            assertThat(into.toArray(ValueLayout.JAVA_BYTE)).isEqualTo(expected());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readsGoOnWhileTheirCallerDoesSomethingElse(boolean background) throws Exception {
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
            try (ScatteredReads.Reading reads = reads(file, threads, background).begin(BASE, offsets, SIZE)) {
                // The only thread that reads has not begun, and yet we are here.
                reading.countDown();
                reads.await(into);
            }
            assertThat(into.toArray(ValueLayout.JAVA_BYTE)).isEqualTo(expected());
        }
    }

    /** The file may be closed as soon as the reads are. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothingIsReadBehindTheEnd(boolean background) throws Exception {
        long[] beyond = Arrays.copyOf(offsets, offsets.length + 1);
        beyond[offsets.length] = LENGTH;
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            ScatteredReads reads;
            try (DirectFile file = DirectFile.openForReading(path)) {
                reads = reads(file, threads, background);
                MemorySegment into = MemorySegment.ofArray(new byte[SIZE * beyond.length]);
                try (ScatteredReads.Reading failing = reads.begin(BASE, beyond, SIZE)) {
                    assertThatExceptionOfType(EOFException.class).isThrownBy(() -> failing.await(into));
                }
                ScatteredReads.Reading unwanted = reads.begin(BASE, offsets, SIZE);
                unwanted.close();
                unwanted.close();
            }
        }
    }

    @Test
    void refusesWhatItDocuments() throws Exception {
        ExecutorService stopped = Executors.newSingleThreadExecutor();
        stopped.shutdown();
        try (DirectFile file = DirectFile.openForReading(path);
                ExecutorService threads = Executors.newSingleThreadExecutor()) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> new ScatteredReads(file, stopped, 4).begin(BASE, offsets, SIZE))
                    .withMessageContaining("stopping");
            ScatteredReads reads = new ScatteredReads(file, threads, 4);
            assertThatIllegalArgumentException().isThrownBy(() -> reads.begin(BASE, offsets, DirectFile.PAGE + 1));
            assertThatIllegalArgumentException().isThrownBy(() -> reads.begin(BASE, offsets, 0));
            try (ScatteredReads.Reading reading = reads.begin(BASE, offsets, SIZE)) {
                MemorySegment small = MemorySegment.ofArray(new byte[SIZE * offsets.length - 1]);
                assertThatIllegalArgumentException().isThrownBy(() -> reading.await(small));
            }
        }
    }
}
