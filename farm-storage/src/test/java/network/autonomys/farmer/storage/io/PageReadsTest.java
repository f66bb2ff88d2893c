package network.autonomys.farmer.storage.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What both ways of reading promise. The ring is left out where the kernel does not give us one. */
class PageReadsTest {
    private static final int LENGTH = (1 << 20) + 1234;
    private static final int SLOTS = 16;
    private static final int MOST = 9000;

    @TempDir
    private Path folder;

    private final Random random = new Random(11);
    private byte[] bytes;
    private Path path;

    @BeforeEach
    void writeFile() throws IOException {
        bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        path = Files.write(folder.resolve("file"), bytes);
    }

    /** Both methods, past the page cache and through it. */
    enum Way {
        RING_DIRECT(ReadMethod.RING, true),
        RING_CACHED(ReadMethod.RING, false),
        THREADS_DIRECT(ReadMethod.THREADS, true),
        THREADS_CACHED(ReadMethod.THREADS, false);

        private final ReadMethod method;
        private final boolean direct;

        Way(ReadMethod method, boolean direct) {
            this.method = method;
            this.direct = direct;
        }

        PageReads open(Path path) throws IOException {
            assumeTrue(
                    method != ReadMethod.RING || ReadMethod.best() == ReadMethod.RING,
                    "io_uring is not to be had here");
            return direct ? method.openDirect(path, SLOTS, MOST) : method.openCached(path, SLOTS, MOST);
        }
    }

    private byte[] expected(long position, int length) {
        return Arrays.copyOfRange(bytes, (int) position, (int) position + length);
    }

    @ParameterizedTest
    @EnumSource
    void everyPartIsBroughtToItsSlot(Way way) throws IOException {
        try (PageReads reads = way.open(path)) {
            int begun = 0;
            int ended = 0;
            long[] positions = new long[reads.slots()];
            int[] lengths = new int[reads.slots()];
            int[] free = new int[reads.slots()];
            int frees = 0;
            for (int slot = 0; slot < reads.slots(); slot++) {
                free[frees++] = slot;
            }
            while (ended < 3000) {
                while (frees > 0 && begun < 3000) {
                    int slot = free[--frees];
                    lengths[slot] = 1 + random.nextInt(MOST);
                    // One in eight to the very end, which is not the end of a page.
                    positions[slot] =
                            begun % 8 == 0 ? LENGTH - lengths[slot] : random.nextInt(LENGTH - lengths[slot] + 1);
                    reads.begin(slot, positions[slot], lengths[slot]);
                    begun++;
                    if (begun % 5 == 0) {
                        reads.submit();
                    }
                }
                int slot = reads.next();
                assertThat(reads.bytes(slot).toArray(ValueLayout.JAVA_BYTE))
                        .isEqualTo(expected(positions[slot], lengths[slot]));
                free[frees++] = slot;
                ended++;
            }
            assertThatIllegalStateException().isThrownBy(reads::next);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsBroughtFromBehindTheEnd(Way way) throws IOException {
        try (PageReads reads = way.open(path)) {
            for (long position : new long[] {LENGTH - 99, LENGTH, LENGTH + 4096, 10L * LENGTH}) {
                reads.begin(0, position, 100);
                int slot = reads.next();
                assertThatExceptionOfType(EOFException.class)
                        .isThrownBy(() -> reads.bytes(slot))
                        .withMessageContaining(path.toString());
            }
            reads.begin(0, 5, 6);
            assertThat(reads.bytes(reads.next()).toArray(ValueLayout.JAVA_BYTE)).isEqualTo(expected(5, 6));
        }
    }

    @ParameterizedTest
    @EnumSource
    void wrongUseIsRefused(Way way) throws IOException {
        PageReads reads = way.open(path);
        assertThatIllegalArgumentException().isThrownBy(() -> reads.begin(0, -1, 10));
        assertThatIllegalArgumentException().isThrownBy(() -> reads.begin(0, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> reads.begin(0, 0, MOST + 2 * DirectFile.PAGE));
        reads.begin(0, 0, 10);
        assertThatIllegalStateException().isThrownBy(() -> reads.begin(0, 0, 10));
        assertThatIllegalStateException().isThrownBy(() -> reads.bytes(0));
        reads.close();
        reads.close();
    }

    /** With reads under way, whose memory is left to them, and with none. */
    @ParameterizedTest
    @EnumSource
    void closesAtAnyTime(Way way) throws IOException {
        for (int underWay = 0; underWay < 3; underWay++) {
            PageReads reads = way.open(path);
            for (int i = 0; i < Math.min(underWay, reads.slots()); i++) {
                reads.begin(i, 4096L * i, 4096);
            }
            reads.submit();
            reads.close();
        }
        assertThat(Files.size(path)).isEqualTo(LENGTH);
    }

    @ParameterizedTest
    @EnumSource
    void aReadThatTheSystemRefusesIsAnErrorOfItsSlot(Way way) throws IOException {
        way.open(path).close();
        if (way.method == ReadMethod.RING) {
            try (PageReads reads = way.open(folder)) {
                reads.begin(3, 0, 100);
                assertThat(reads.next()).isEqualTo(3);
                assertThatExceptionOfType(IOException.class)
                        .isThrownBy(() -> reads.bytes(3))
                        .withMessageContaining("directory");
            }
        }
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> way.open(folder.resolve("missing")))
                .withMessageContaining("missing");
    }
}
