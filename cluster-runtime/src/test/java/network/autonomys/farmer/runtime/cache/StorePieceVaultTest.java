package network.autonomys.farmer.runtime.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import network.autonomys.farmer.storage.io.FileLayer;
import network.autonomys.farmer.storage.io.StoreFile;
import network.autonomys.farmer.storage.pieces.PieceStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorePieceVaultTest {
    private static final int SIZE = MemoryVault.PIECE_SIZE;

    @TempDir
    Path directory;

    private final List<Long> corrupted = new ArrayList<>();

    private record Piece(long index) implements PieceVault.Piece {
        @Override
        public MemorySegment bytes() {
            return MemorySegment.ofArray(MemoryVault.content(index));
        }
    }

    @Test
    void keepsItsPiecesAndDropsTheCorruptOnes() throws IOException {
        try (PieceVault vault = open(0, OptionalLong.empty())) {
            vault.store(List.of(new Piece(1), new Piece(2), new Piece(700)));
        }
        flip(4096 + 30);
        try (PieceVault vault = open(0, OptionalLong.empty())) {
            assertThat(vault.held().toArray()).containsExactly(1, 2, 700);
            byte[] target = new byte[SIZE];
            assertThat(vault.read(700, MemorySegment.ofArray(target))).isTrue();
            assertThat(target).isEqualTo(MemoryVault.content(700));
            assertThat(vault.read(2, MemorySegment.ofArray(target))).isFalse();
            assertThat(corrupted).containsExactly(2L);
            assertThat(vault.held().toArray()).containsExactly(1, 700);
            vault.store(List.of(new Piece(2)));
            assertThat(vault.read(2, MemorySegment.ofArray(target))).isTrue();
        }
    }

    @Test
    void memoryServesWhatWasReadButDoesNotHideTheDisk() throws IOException {
        try (PieceVault vault = open(10 * SIZE, OptionalLong.empty())) {
            vault.store(List.of(new Piece(1)));
            flip(30);
            MemorySegment target = MemorySegment.ofArray(new byte[SIZE]);
            assertThat(vault.read(1, target)).isTrue();
            assertThat(target.toArray(ValueLayout.JAVA_BYTE)).isEqualTo(MemoryVault.content(1));
            assertThat(vault.check(1, target)).isFalse();
            assertThat(vault.read(1, target)).isFalse();
            assertThat(corrupted).containsExactly(1L);
        }
    }

    @Test
    void pieceThatComesWhileItsPredecessorIsDroppedStays() throws Exception {
        try (PieceVault vault = open(0, OptionalLong.empty());
                ExecutorService threads = Executors.newSingleThreadExecutor()) {
            byte[] target = new byte[SIZE];
            for (int round = 0; round < 300; round++) {
                vault.store(List.of(new Piece(1)));
                Future<?> again = threads.submit(() -> {
                    while (vault.held().contains(1)) {
                        Thread.onSpinWait();
                    }
                    vault.store(List.of(new Piece(1)));
                    return null;
                });
                vault.drop(1);
                again.get();
                assertThat(vault.read(1, MemorySegment.ofArray(target)))
                        .as("round " + round)
                        .isTrue();
            }
        }
    }

    @Test
    void capacityIsTheLimitOrTheFreeSpace() throws IOException {
        try (PieceVault vault = open(0, OptionalLong.of(10 * 4096 + 100))) {
            assertThat(vault.capacity()).isEqualTo(10);
        }
        try (PieceVault vault = open(0, OptionalLong.empty())) {
            assertThat(vault.capacity())
                    .isLessThanOrEqualTo(
                            java.nio.file.Files.getFileStore(directory).getTotalSpace() / 4096);
        }
    }

    @Test
    void unreadablePieceIsLostAndComesBackByBeingWrittenAgain() throws IOException {
        UnreadableAt disk = new UnreadableAt();
        try (StorePieceVault vault = new StorePieceVault(
                directory,
                PieceStore.open(directory, SIZE, disk.layer()),
                OptionalLong.empty(),
                new MemoryTier(SIZE, 0),
                corrupted::add,
                true)) {
            vault.store(List.of(new Piece(1), new Piece(2)));
            disk.from = 4096;
            MemorySegment target = MemorySegment.ofArray(new byte[SIZE]);
            assertThat(vault.read(1, target)).isTrue();
            assertThat(vault.read(2, target)).isFalse();
            assertThat(vault.held().toArray()).containsExactly(1);
            assertThat(corrupted).containsExactly(2L);
            disk.from = Long.MAX_VALUE;
            vault.store(List.of(new Piece(2)));
            assertThat(vault.read(2, target)).isTrue();
        }
    }

    @Test
    void closedVaultLosesNothing() throws IOException {
        StorePieceVault vault = open(0, OptionalLong.empty());
        vault.store(List.of(new Piece(1)));
        vault.close();
        assertThatThrownBy(() -> vault.read(1, MemorySegment.ofArray(new byte[SIZE])))
                .isInstanceOf(ClosedChannelException.class);
        assertThat(corrupted).isEmpty();
        try (StorePieceVault again = open(0, OptionalLong.empty())) {
            assertThat(again.held().toArray()).containsExactly(1);
        }
    }

    /** A disk whose slots from some position on cannot be read. */
    private static final class UnreadableAt {
        volatile long from = Long.MAX_VALUE;

        FileLayer layer() {
            return over(
                    FileLayer.class,
                    FileLayer.DISK,
                    opened -> opened instanceof StoreFile file ? over(StoreFile.class, file, read -> read) : opened);
        }

        private <T> T over(Class<T> type, T real, UnaryOperator<Object> answers) {
            return type.cast(Proxy.newProxyInstance(
                    type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                        boolean reads = method.getName().startsWith("read");
                        if (reads && (long) arguments[1] >= from) {
                            throw new IOException("Input/output error");
                        }
                        try {
                            Object answer = method.invoke(real, arguments);
                            return answer == null ? null : answers.apply(answer);
                        } catch (InvocationTargetException e) {
                            throw e.getTargetException();
                        }
                    }));
        }
    }

    private StorePieceVault open(long memory, OptionalLong limit) throws IOException {
        return new StorePieceVault(directory, SIZE, limit, new MemoryTier(SIZE, memory), corrupted::add, true);
    }

    private void flip(long position) throws IOException {
        try (FileChannel channel = FileChannel.open(
                directory.resolve("pieces-00000.dat"), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, position);
            one.put(0, (byte) ~one.get(0)).rewind();
            channel.write(one, position);
        }
    }
}
