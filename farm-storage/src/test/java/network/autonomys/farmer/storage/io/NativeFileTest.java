package network.autonomys.farmer.storage.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the operating system is asked for beside Java's own files. */
class NativeFileTest {
    private static final byte[] CONTENT = {1, 2, 3};

    @TempDir
    private Path folder = Path.of("");

    private Path path = folder;

    @BeforeEach
    void write() throws IOException {
        path = Files.write(folder.resolve("file"), CONTENT);
    }

    @Test
    void saysWhyAFileCannotBeOpened() {
        Path none = folder.resolve("none");
        assertThatThrownBy(() -> NativeFile.openForReading(none))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot open " + none + ": No such file or directory");
        assertThatThrownBy(() -> NativeFile.openForWriting(folder))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot open " + folder + ": Is a directory");
    }

    @Test
    void oneAtATimeHasTheLock() throws IOException {
        try (NativeFile second = NativeFile.openForReading(path)) {
            try (NativeFile first = NativeFile.openForWriting(path)) {
                assertThat(first.tryLock()).isTrue();
                assertThat(first.tryLock()).as("again").isTrue();
                assertThat(second.tryLock()).isFalse();
            }
            assertThat(second.tryLock()).isTrue();
        }
    }

    @Test
    void reservedSpaceIsTaken() throws IOException {
        try (NativeFile file = NativeFile.openForWriting(path)) {
            file.reserve(100_000);
            assertThat(path).hasSize(100_000);
            assertThat(Files.readAllBytes(path)).startsWith(CONTENT);
            file.reserve(10);
            assertThat(path).as("never shorter").hasSize(100_000);
            assertThatThrownBy(() -> file.reserve(Long.MAX_VALUE))
                    .isInstanceOf(IOException.class)
                    .hasMessageMatching(
                            "cannot reserve 9223372036854775807 bytes for .*: (File too large|No space left on device)");
            assertThatThrownBy(() -> file.reserve(-1)).isInstanceOf(IOException.class);
        }
        try (NativeFile file = NativeFile.openForReading(path)) {
            assertThatThrownBy(() -> file.reserve(1))
                    .isInstanceOf(IOException.class)
                    .hasMessageEndingWith("Bad file descriptor");
        }
    }

    @Test
    void droppedPagesAreReadAgain() throws IOException {
        try (NativeFile file = NativeFile.openForReading(path)) {
            file.dropCachedPages();
        }
        assertThat(path).hasBinaryContent(CONTENT);
    }

    @Test
    void isClosedOnce() throws IOException {
        NativeFile file = NativeFile.openForWriting(path);
        file.close();
        file.close();
        assertThatThrownBy(file::tryLock).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> file.reserve(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(file::dropCachedPages).isInstanceOf(IllegalStateException.class);
    }
}
