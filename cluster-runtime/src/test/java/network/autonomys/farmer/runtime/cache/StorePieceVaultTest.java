package network.autonomys.farmer.runtime.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
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
