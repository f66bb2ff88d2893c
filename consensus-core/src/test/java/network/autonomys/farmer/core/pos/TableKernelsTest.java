package network.autonomys.farmer.core.pos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import network.autonomys.farmer.core.hash.Blake3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every width gives what the plain kernels give, on random inputs; also widths that this machine has no registers for. */
class TableKernelsTest {
    private static final int GROUPS = 3;
    private final TableKernels plain = new ScalarKernels();
    private final SplittableRandom random = new SplittableRandom(20);

    @ParameterizedTest
    @EnumSource
    void functions(VectorForm form) {
        TableKernels kernels = form.kernels();
        int n = GROUPS * kernels.lanes();
        for (int table = 2; table <= 7; table++) {
            for (int round = 0; round < 20; round++) {
                int[] left = staged(n, table);
                int[] right = staged(n, table);
                int[] bases = bases(n);
                int first = random.nextInt(1 << 21);
                int[] out = new int[4 * n];
                int[] buckets = new int[n];
                kernels.hash(table, left, right, bases, GROUPS, first, out, buckets);
                int[] expectedOut = new int[4 * n];
                int[] expectedBuckets = new int[n];
                plain.hash(table, left, right, bases, n, first, expectedOut, expectedBuckets);
                assertThat(out).as("entries of table %d", table).isEqualTo(expectedOut);
                assertThat(buckets).as("buckets of table %d", table).isEqualTo(expectedBuckets);
                kernels.hashAtOnce(table, left, right, bases, GROUPS, first, out, buckets);
                assertThat(out).as("entries of table %d at once", table).isEqualTo(expectedOut);
                assertThat(buckets).as("buckets of table %d at once", table).isEqualTo(expectedBuckets);
            }
        }
    }

    private int[] bases(int n) {
        int[] bases = new int[n];
        Arrays.setAll(
                bases,
                i -> PosParameters.BC
                        * (random.nextInt(8) == 0
                                ? PosParameters.BUCKETS - 2
                                : random.nextInt(PosParameters.BUCKETS - 1)));
        return bases;
    }

    /** Entries with random metadata of the parents' size, and extreme ones. */
    private int[] staged(int n, int table) {
        int bits = PosParameters.metadataBits(table - 1);
        int[] entries = new int[4 * n];
        for (int i = 0; i < n; i++) {
            int r = random.nextInt(8) == 0 ? PosParameters.BC - 1 : random.nextInt(PosParameters.BC);
            boolean ones = random.nextInt(8) == 0;
            entries[4 * i] = random.nextInt();
            entries[4 * i + 1] = (r << 16) | word(ones, bits - 64);
            entries[4 * i + 2] = word(ones, bits - 32);
            entries[4 * i + 3] = word(ones, bits);
        }
        return entries;
    }

    private int word(boolean ones, int bits) {
        int value = ones ? -1 : random.nextInt();
        return bits >= 32 ? value : bits <= 0 ? 0 : value & ((1 << bits) - 1);
    }

    @ParameterizedTest
    @EnumSource
    void keystream(VectorForm form) {
        TableKernels kernels = form.kernels();
        int lanes = kernels.lanes();
        int[] key = random.ints(8).toArray();
        int[] counters = random.ints(lanes).toArray();
        int[] out = new int[16 * lanes];
        kernels.keystream(key, counters, out);
        int[] block = new int[16];
        for (int lane = 0; lane < lanes; lane++) {
            plain.keystream(key, new int[] {counters[lane]}, block);
            for (int w = 0; w < 16; w++) {
                assertThat(out[w * lanes + lane]).isEqualTo(block[w]);
            }
        }
    }

    @Test
    void keystreamOfTheZeroKey() {
        int[] out = new int[16];
        plain.keystream(new int[8], new int[1], out);
        // proof-of-space §5.2
        assertThat(Integer.reverseBytes(out[0])).isEqualTo(0x3e00ef2f);
        assertThat(Integer.reverseBytes(out[15])).isEqualTo(0xe0cfe42);
    }

    @ParameterizedTest
    @EnumSource
    void proofHashes(VectorForm form) {
        TableKernels kernels = form.kernels();
        int lanes = kernels.lanes();
        int[] words = new int[48 * lanes];
        byte[][] proofs = new byte[lanes][160];
        for (int lane = 0; lane < lanes; lane++) {
            random.nextBytes(proofs[lane]);
            for (int i = 0; i < 160; i++) {
                words[i / 4 * lanes + lane] |= (proofs[lane][i] & 0xFF) << (8 * (i & 3));
            }
        }
        for (int round = 0; round < 2; round++) {
            int[] hashes = new int[8 * lanes];
            kernels.hashProofs(words, hashes);
            for (int lane = 0; lane < lanes; lane++) {
                byte[] hash = new byte[32];
                for (int i = 0; i < 32; i++) {
                    hash[i] = (byte) (hashes[i / 4 * lanes + lane] >> (8 * (i & 3)));
                }
                assertThat(hash).isEqualTo(Blake3.hash(proofs[lane]));
            }
        }
    }
}
