package network.autonomys.farmer.storage.farm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.testkit.Mutator;
import network.autonomys.farmer.testkit.Recipe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reference's piece cache with any content, of any length: a whole piece comes out, or a refusal. */
class PieceCacheFileTest {
    private static final int CAPACITY = 3;
    private static final int PIECE = Constants.PIECE_SIZE;

    @TempDir
    Path scratch;

    private static byte[] piece(long index) {
        return Recipe.xof("cached piece " + index, PIECE);
    }

    /** Elements 0 and 2 are pieces 7 and 2^64 - 1, element 1 is empty. */
    private byte[] good() throws IOException {
        Path folder = Files.createDirectories(scratch.resolve("good"));
        try (PieceCacheFile cache = PieceCacheFile.open(folder, CAPACITY)) {
            cache.write(0, 7, MemorySegment.ofArray(piece(7)));
            cache.write(2, -1, MemorySegment.ofArray(piece(-1)));
        }
        return Files.readAllBytes(folder.resolve(PieceCacheFile.NAME));
    }

    @Test
    void whatWasWrittenIsReadAgain() throws IOException {
        byte[] file = good();
        assertThat(file).hasSize((int) SpaceDistribution.align((long) CacheElement.BYTES * CAPACITY));
        try (PieceCacheFile cache = PieceCacheFile.open(scratch.resolve("good"), CAPACITY)) {
            assertThat(cache.capacity()).isEqualTo(CAPACITY);
            assertThat(cache.pieceIndex(0)).hasValue(7);
            assertThat(cache.pieceIndex(1)).isEmpty();
            assertThat(cache.pieceIndex(2)).hasValue(-1);
            assertThat(cache.read(0)).isEqualTo(piece(7));
            assertThat(cache.read(2)).isEqualTo(piece(-1));
        }
    }

    @Test
    void figuresThatCannotBeAreRefused() throws IOException {
        Path folder = Files.createDirectory(scratch.resolve("odd"));
        for (int capacity : new int[] {0, -1, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> PieceCacheFile.open(folder, capacity))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        try (PieceCacheFile cache = PieceCacheFile.open(folder, CAPACITY)) {
            for (int offset : new int[] {-1, CAPACITY, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
                assertThatThrownBy(() -> cache.read(offset)).isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> cache.pieceIndex(offset)).isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> cache.write(offset, 1, MemorySegment.ofArray(piece(1))))
                        .isInstanceOf(IllegalArgumentException.class);
            }
            for (int length : new int[] {0, 1, PIECE - 1, PIECE + 1}) {
                assertThatThrownBy(() -> cache.write(0, 1, MemorySegment.ofArray(new byte[length])))
                        .isInstanceOf(IllegalArgumentException.class);
            }
            assertThat(cache.pieceIndex(0)).as("nothing was written").isEmpty();
            assertThatThrownBy(() -> cache.read(0))
                    .isInstanceOfSatisfying(
                            FarmException.class, e -> assertThat(e.kind()).isEqualTo(FarmException.Kind.CORRUPT));
        }
    }

    /** One bit anywhere in an element, its index and its hash included, and the others stay as they are. */
    @Test
    void everyFlippedBitIsNoticed() throws IOException {
        byte[] good = good();
        for (int at :
                new int[] {0, 7, 8, 9, 500_000, Long.BYTES + PIECE - 1, Long.BYTES + PIECE, CacheElement.BYTES - 1}) {
            byte[] damaged = good.clone();
            damaged[at] ^= 0x10;
            try (PieceCacheFile cache = open(damaged)) {
                assertThatThrownBy(() -> cache.read(0)).as("byte %d", at).isInstanceOf(FarmException.class);
                assertThatThrownBy(() -> cache.pieceIndex(0)).isInstanceOf(FarmException.class);
                assertThat(cache.pieceIndex(1)).isEmpty();
                assertThat(cache.read(2)).isEqualTo(piece(-1));
                cache.write(0, 9, MemorySegment.ofArray(piece(9)));
                assertThat(cache.read(0)).as("its place can be used again").isEqualTo(piece(9));
            }
        }
        byte[] notEmpty = good.clone();
        notEmpty[CacheElement.BYTES + 77] = 1;
        try (PieceCacheFile cache = open(notEmpty)) {
            assertThatThrownBy(() -> cache.pieceIndex(1)).isInstanceOf(FarmException.class);
        }
    }

    /** A hash at the wrong place, an element moved by some bytes, elements of all ones. */
    @Test
    void elementsAtTheWrongPlaceAreNoPieces() throws IOException {
        byte[] good = good();
        for (int shift : new int[] {1, 8, 32, 512, 4096}) {
            byte[] moved = new byte[good.length];
            System.arraycopy(good, 0, moved, shift, good.length - shift);
            try (PieceCacheFile cache = open(moved)) {
                assertThatThrownBy(() -> cache.read(0)).isInstanceOf(FarmException.class);
                assertThatThrownBy(() -> cache.read(2)).isInstanceOf(FarmException.class);
            }
        }
        byte[] ones = new byte[good.length];
        Arrays.fill(ones, (byte) -1);
        try (PieceCacheFile cache = open(ones)) {
            for (int offset = 0; offset < CAPACITY; offset++) {
                int element = offset;
                assertThatThrownBy(() -> cache.pieceIndex(element)).isInstanceOf(FarmException.class);
            }
        }
    }

    /** What is missing at the end is empty, a part of an element is damaged, and the whole ones are there. */
    @Test
    void filesOfOtherLengthsKeepTheirWholeElements() throws IOException {
        byte[] good = good();
        for (int length : new int[] {
            0,
            1,
            8,
            4096,
            CacheElement.BYTES - 1,
            CacheElement.BYTES,
            2 * CacheElement.BYTES + 5000,
            good.length - 1,
            good.length + 1,
            good.length + 8192
        }) {
            try (PieceCacheFile cache = open(Arrays.copyOf(good, length))) {
                assertThat(Files.size(scratch.resolve("file").resolve(PieceCacheFile.NAME)))
                        .isEqualTo(good.length);
                assertElement(cache, 0, 7, length >= CacheElement.BYTES, length == 0);
                assertThat(cache.pieceIndex(1)).isEmpty();
                assertElement(cache, 2, -1, length >= CAPACITY * CacheElement.BYTES, length <= 2 * CacheElement.BYTES);
            }
        }
    }

    private static void assertElement(PieceCacheFile cache, int offset, long index, boolean whole, boolean empty)
            throws IOException {
        if (whole) {
            assertThat(cache.pieceIndex(offset)).hasValue(index);
            assertThat(cache.read(offset)).isEqualTo(piece(index));
        } else {
            assertThatThrownBy(() -> cache.read(offset)).isInstanceOf(FarmException.class);
            if (empty) {
                assertThat(cache.pieceIndex(offset)).isEmpty();
            } else {
                assertThatThrownBy(() -> cache.pieceIndex(offset)).isInstanceOf(FarmException.class);
            }
        }
    }

    /** Whatever is in the file, no other piece comes out than one that was put in. */
    @Test
    void anyContentGivesAWholePieceOrARefusal() throws IOException {
        byte[] good = good();
        Mutator mutator = new Mutator(11);
        int whole = 0;
        int empty = 0;
        int refused = 0;
        for (int i = 0; i < 40; i++) {
            try (PieceCacheFile cache = open(mutator.mutate(good))) {
                for (int offset = 0; offset < CAPACITY; offset++) {
                    try {
                        OptionalLong index = cache.pieceIndex(offset);
                        if (index.isPresent()) {
                            assertThat(index.getAsLong()).isIn(7L, -1L);
                            assertThat(cache.read(offset)).isEqualTo(piece(index.getAsLong()));
                            whole++;
                        } else {
                            empty++;
                        }
                    } catch (FarmException e) {
                        assertThat(e.kind()).isEqualTo(FarmException.Kind.CORRUPT);
                        refused++;
                    }
                }
            }
        }
        assertThat(whole).isPositive();
        assertThat(empty).isPositive();
        assertThat(refused).isPositive();
    }

    private PieceCacheFile open(byte[] content) throws IOException {
        Path folder = Files.createDirectories(scratch.resolve("file"));
        Files.write(folder.resolve(PieceCacheFile.NAME), content);
        return PieceCacheFile.open(folder, CAPACITY);
    }
}
