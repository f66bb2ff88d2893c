package network.autonomys.farmer.core.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.testkit.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scalar engine and those with vectors of 8 and 16 lanes do the same, and what commons-codec does. */
class Blake3KernelsTest {
    private static final byte[] KEY = new byte[32];

    static {
        new Random(1).nextBytes(KEY);
    }

    private static byte[] data(int length) {
        byte[] data = new byte[length];
        new Random(length).nextBytes(data);
        return data;
    }

    private static byte[] oracle(byte[] data, int offset, int length, boolean keyed, int size) {
        var digest = keyed
                ? org.apache.commons.codec.digest.Blake3.initKeyedHash(KEY)
                : org.apache.commons.codec.digest.Blake3.initHash();
        digest.update(data, offset, length);
        byte[] out = new byte[size];
        digest.doFinalize(out);
        return out;
    }

    private static Blake3.Hasher hasher(int lanes, boolean keyed) {
        return new Blake3.Hasher(
                Blake3Engine.withLanes(lanes),
                keyed ? Blake3.keyWords(KEY) : Blake3Compression.iv(),
                keyed ? Blake3Compression.KEYED : 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 16})
    void hashInputsOfEveryLength(int lanes) {
        byte[] data = data(300_000);
        int[] lengths = {
            0, 1, 63, 64, 65, 127, 1023, 1024, 1025, 2047, 2048, 2049, 3072, 3073, 4096, 5000, 8192, 8193, 16384, 16385,
            31744, 65535, 65536, 65537, 131072, 262144, 262145, 263168, 300_000
        };
        for (int length : lengths) {
            for (int offset : new int[] {0, Math.min(3, 300_000 - length)}) {
                byte[] expected = oracle(data, offset, length, offset > 0, 100);
                byte[] actual = new byte[103];
                hasher(lanes, offset > 0).update(data, offset, length).digest(actual, 3, 100);
                assertThat(Arrays.copyOfRange(actual, 3, 103))
                        .as("%d bytes", length)
                        .isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 16})
    void hashInPiecesOfAnySize(int lanes) {
        Random random = new Random(lanes);
        byte[] data = data(600_000);
        for (int round = 0; round < 40; round++) {
            Blake3.Hasher hasher = hasher(lanes, round % 2 == 1);
            int at = 0;
            while (at < data.length && random.nextInt(12) != 0) {
                int most = new int[] {70, 1030, 5000, 70_000, 300_000}[random.nextInt(5)];
                int length = Math.min(
                        data.length - at, random.nextInt(3) == 0 ? (most / 1024) * 1024 : random.nextInt(most));
                if (length < 2000 && random.nextBoolean()) {
                    hasher.update(Bytes.copyOf(data, at, at + length));
                } else {
                    hasher.update(data, at, length);
                }
                at += length;
                if (random.nextInt(4) == 0) {
                    assertThat(hasher.digest()).isEqualTo(oracle(data, 0, at, round % 2 == 1, 32));
                }
            }
            assertThat(hasher.digest()).as("%d bytes", at).isEqualTo(oracle(data, 0, at, round % 2 == 1, 32));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 16})
    void hashManyItems(int lanes) {
        for (int size : new int[] {1, 31, 32, 48, 63, 64, 65, 128, 160, 1000, 1024}) {
            for (int count : new int[] {0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 24, 33, 50}) {
                byte[] items = data(size * count + 2);
                byte[] out = new byte[32 * count + 1];
                Blake3Engine.withLanes(lanes)
                        .work()
                        .many(
                                items,
                                2,
                                size,
                                size,
                                count,
                                Blake3Compression.iv(),
                                0,
                                0,
                                Blake3Kernel.Flags.root(0),
                                out,
                                1);
                for (int i = 0; i < count; i++) {
                    assertThat(Arrays.copyOfRange(out, 1 + 32 * i, 33 + 32 * i))
                            .as("item %d of %d, %d bytes each", i, count, size)
                            .isEqualTo(oracle(items, 2 + i * size, size, false, 32));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 16})
    void prefixesOfManyItems(int lanes) {
        for (int count = 0; count < 130; count++) {
            byte[] items = data(32 * count + 5);
            long[] out = new long[count + 1];
            Blake3Engine.withLanes(lanes)
                    .work()
                    .prefixes(items, 5, count, Blake3.keyWords(KEY), Blake3Compression.KEYED, out, 1);
            for (int i = 0; i < count; i++) {
                assertThat(out[1 + i])
                        .as("item %d of %d", i, count)
                        .isEqualTo(Bytes.of(oracle(items, 5 + 32 * i, 32, true, 32))
                                .le64(0));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 16})
    void oneMessageWithManyKeys(int lanes) {
        for (int size : new int[] {0, 1, 32, 63, 64}) {
            byte[] message = data(size);
            for (int count = 0; count < 70; count++) {
                byte[] keys = data(32 * count);
                byte[] out = new byte[32 * count];
                Blake3Engine.withLanes(lanes).work().withKeys(keys, count, message, out);
                for (int i = 0; i < count; i++) {
                    byte[] key = Arrays.copyOfRange(keys, 32 * i, 32 * i + 32);
                    byte[] expected = new byte[32];
                    org.apache.commons.codec.digest.Blake3.initKeyedHash(key)
                            .update(message)
                            .doFinalize(expected);
                    assertThat(Arrays.copyOfRange(out, 32 * i, 32 * i + 32))
                            .as("key %d of %d, %d bytes", i, count, size)
                            .isEqualTo(expected);
                }
            }
        }
        assertThatThrownBy(() -> Blake3.keyedWithMany(new byte[32], 1, new byte[65], new byte[32]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Blake3.keyedWithMany(new byte[32], 2, new byte[6], new byte[64]))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void publicBatchesCheckTheirArguments() {
        byte[] items = data(320);
        byte[] hashes = new byte[320];
        Blake3.hashMany(items, 0, 32, 10, hashes, 0);
        assertThat(Arrays.copyOfRange(hashes, 288, 320)).isEqualTo(Blake3.hash(Arrays.copyOfRange(items, 288, 320)));
        long[] prefixes = new long[10];
        Blake3.KeyedPrefixes keyed = new Blake3.KeyedPrefixes();
        keyed.hash(KEY, items, 0, 10, prefixes, 0);
        assertThat(prefixes[9])
                .isEqualTo(Bytes.of(Blake3.keyed(KEY, Arrays.copyOfRange(items, 288, 320)))
                        .le64(0));
        assertThatThrownBy(() -> Blake3.hashMany(items, 1, 32, 10, hashes, 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Blake3.hashMany(items, 0, 32, 10, hashes, 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Blake3.hashMany(items, 0, 0, 10, hashes, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Blake3.hashMany(items, 0, 1025, 0, hashes, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Blake3.hashMany(items, 0, 32, -1, hashes, 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> keyed.hash(KEY, items, 0, 11, prefixes, 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Blake3.keyedHasher(new byte[31])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Blake3.hasher().update(items, 300, 21)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void memorySegments() {
        byte[] data = data(600_001);
        assertThat(Blake3.hash(MemorySegment.ofArray(data))).isEqualTo(Blake3.hash(data));
        assertThat(Blake3.hash(MemorySegment.NULL)).isEqualTo(Blake3.hash(new byte[0]));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment off = arena.allocate(data.length).copyFrom(MemorySegment.ofArray(data));
            assertThat(Blake3.hash(off)).isEqualTo(Blake3.hash(data));
        }
    }

    @Test
    void generatedKernelsAreUpToDate() throws IOException {
        Path folder = Vectors.projectRoot()
                .resolve("consensus-core/src/main/java/network/autonomys/farmer/core/hash/generated");
        for (int lanes : Blake3KernelGenerator.LANES) {
            assertThat(Files.readString(folder.resolve(Blake3KernelGenerator.fileName(lanes))))
                    .isEqualTo(Blake3KernelGenerator.source(lanes));
        }
    }
}
