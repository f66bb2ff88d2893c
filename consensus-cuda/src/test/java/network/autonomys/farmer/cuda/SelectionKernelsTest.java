package network.autonomys.farmer.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import jcuda.Pointer;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUstream;
import jcuda.driver.JCudaDriver;
import network.autonomys.farmer.testkit.StandIn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The kernels that choose and number proofs, on made-up tables: what seeds show once in millions of records. */
class SelectionKernelsTest {
    private static final int S_BUCKETS = SlotMemory.S_BUCKETS;
    private static final int CANDIDATES = 24;
    private static final int ENTRIES = SlotMemory.BUCKETS * SlotMemory.CAPACITY;

    private GpuContext context;
    private CUstream stream;

    @BeforeEach
    void open() throws GpuUnavailableException {
        StandIn.fresh();
        assertThat(CudaDriver.devices()).hasSize(1);
        context = new GpuContext(0);
        stream = context.stream();
    }

    @AfterEach
    void close() {
        if (context != null) {
            context.close();
        }
    }

    private CUdeviceptr uploaded(int[] words) {
        CUdeviceptr pointer = context.allocate(4L * words.length);
        Cuda.check(JCudaDriver.cuMemcpyHtoD(pointer, Pointer.to(words), 4L * words.length), "copying");
        return pointer;
    }

    private int[] downloaded(CUdeviceptr pointer, int words) {
        int[] to = new int[words];
        Cuda.check(JCudaDriver.cuMemcpyDtoHAsync(Pointer.to(to), pointer, 4L * words, stream), "copying");
        context.free(pointer);
        return to;
    }

    @ParameterizedTest
    @CsvSource({
        "1.0, 32768, 1",
        "0.63, 32768, 1",
        "0.51, 32768, 1",
        "0.3, 32768, 1",
        "0, 32768, 1",
        "0.63, 65536, 0",
        "0.4, 32768, 0"
    })
    void numbersWhatCounts(double density, int keep, int fill) {
        SplittableRandom random = new SplittableRandom(keep + (int) (100 * density));
        BitSet found = new BitSet(S_BUCKETS);
        for (int s = 0; s < S_BUCKETS; s++) {
            found.set(s, random.nextDouble() < density);
        }
        CUdeviceptr kept = uploaded(new int[S_BUCKETS / 32]);
        CUdeviceptr order = uploaded(new int[S_BUCKETS]);
        CUdeviceptr total = uploaded(new int[1]);
        CUdeviceptr in = uploaded(words(found));
        context.launch("rank_found", 1, 1024, in, keep, fill, kept, order, total)
                .on(stream);

        List<Integer> expected = new ArrayList<>();
        BitSet expectedKept = new BitSet(S_BUCKETS);
        found.stream().limit(keep).forEach(s -> {
            expected.add(s);
            expectedKept.set(s);
        });
        int counted = expected.size();
        for (int s = 0; fill == 1 && expected.size() < keep; s++) {
            if (!expectedKept.get(s)) {
                expected.add(s);
            }
        }
        assertThat(downloaded(total, 1)).containsExactly(counted);
        assertThat(downloaded(kept, S_BUCKETS / 32)).isEqualTo(words(expectedKept));
        int[] actual = downloaded(order, S_BUCKETS);
        assertThat(java.util.Arrays.copyOf(actual, expected.size()))
                .isEqualTo(expected.stream().mapToInt(i -> i).toArray());
        context.free(in);
    }

    private static int[] words(BitSet bits) {
        int[] words = new int[S_BUCKETS / 32];
        bits.stream().forEach(s -> words[s >> 5] |= 1 << (s & 31));
        return words;
    }

    @Test
    void tiesAreSettledHoweverDeepTheyAre() {
        Ancestors ancestors = new Ancestors(new SplittableRandom(11));
        int[] candidates = new int[S_BUCKETS * CANDIDATES * 2];
        int[] counts = new int[S_BUCKETS];
        SplittableRandom random = new SplittableRandom(12);
        int tried = 512;
        for (int s = 0; s < tried; s++) {
            counts[s] = 2 + random.nextInt(6);
            for (int i = 0; i < counts[s]; i++) {
                int at = (s * CANDIDATES + i) * 2;
                candidates[at] = random.nextInt(2);
                candidates[at + 1] = ancestors.pair();
            }
        }
        CUdeviceptr roots = uploaded(new int[S_BUCKETS]);
        CUdeviceptr found = uploaded(new int[S_BUCKETS / 32]);
        context.launch(
                        "select_v1",
                        256,
                        256,
                        uploaded(candidates),
                        uploaded(counts),
                        uploaded(ancestors.parents),
                        uploaded(ancestors.remainderWords()),
                        roots,
                        found)
                .on(stream);
        int[] chosen = downloaded(roots, S_BUCKETS);
        findsTheSame(candidates, counts, ancestors, chosen, tried);
        int deepTies = 0;
        for (int s = 0; s < tried; s++) {
            int best = -1;
            for (int i = 0; i < counts[s]; i++) {
                int at = (s * CANDIDATES + i) * 2;
                if (best < 0 || ancestors.compare(candidates, at, best) < 0) {
                    best = at;
                }
            }
            for (int i = 0; i < counts[s]; i++) {
                int at = (s * CANDIDATES + i) * 2;
                deepTies += at != best && ancestors.sameAbove(candidates, at, best) ? 1 : 0;
            }
            assertThat(chosen[s]).as("s-bucket %d", s).isEqualTo(candidates[best + 1]);
        }
        assertThat(deepTies).as("ties beyond the left entry's y").isGreaterThan(20);
        assertThat(chosen[tried]).as("an s-bucket without candidates").isEqualTo(-1);
        assertThat(downloaded(found, S_BUCKETS / 32)[tried / 32 - 1]).isEqualTo(-1);
    }

    /** One s-bucket at a time, with and without a limit of those that count. */
    private void findsTheSame(int[] candidates, int[] counts, Ancestors ancestors, int[] chosen, int tried) {
        CUdeviceptr onCard = uploaded(candidates);
        CUdeviceptr counted = uploaded(counts);
        CUdeviceptr parents = uploaded(ancestors.parents);
        CUdeviceptr remainders = uploaded(ancestors.remainderWords());
        for (int s = 0; s <= tried; s += 16) {
            for (int keep : new int[] {S_BUCKETS, 256}) {
                for (String kernel : List.of("find_v1", "find_v2")) {
                    CUdeviceptr sBucket = uploaded(new int[] {s});
                    CUdeviceptr answer = uploaded(new int[41]);
                    context.launch(kernel, 1, 128, sBucket, onCard, counted, parents, remainders, keep, answer)
                            .on(stream);
                    int[] got = downloaded(answer, 41);
                    boolean counts2 = kernel.equals("find_v1") || s < keep;
                    assertThat(got[0]).as("%s of s-bucket %d", kernel, s).isEqualTo(s < tried && counts2 ? 1 : 0);
                    if (got[0] == 1 && kernel.equals("find_v1")) {
                        assertThat(Arrays.copyOfRange(got, 1, 41))
                                .as("s-bucket %d", s)
                                .isEqualTo(ancestors.proof(chosen[s]));
                    }
                    context.free(sBucket);
                }
            }
        }
    }

    /** Tables of which only eight entries in each of two buckets are used, and hardly any two of them differ in y. */
    private static final class Ancestors {
        private static final int USED = 8;
        private final int[] parents = new int[6 * ENTRIES];
        private final short[] remainders = new short[6 * ENTRIES];
        private final SplittableRandom random;

        Ancestors(SplittableRandom random) {
            this.random = random;
            for (int table = 1; table <= 6; table++) {
                for (int bucket = 0; bucket < 2; bucket++) {
                    for (int i = 0; i < USED; i++) {
                        int at = (table - 1) * ENTRIES + bucket * SlotMemory.CAPACITY + i;
                        remainders[at] = (short) random.nextInt(2);
                        parents[at] = table == 1 ? bucket * USED + i : pair();
                    }
                }
            }
        }

        /** Parents out of buckets 0 and 1. */
        int pair() {
            return random.nextInt(USED) << 9 | random.nextInt(USED);
        }

        int[] remainderWords() {
            int[] words = new int[remainders.length / 2];
            for (int i = 0; i < words.length; i++) {
                words[i] = remainders[2 * i] | remainders[2 * i + 1] << 16;
            }
            return words;
        }

        /** The words of the proof below a pair: 64 leaves of 20 bits, big-endian. */
        int[] proof(int pair) {
            int[] leaves = {pair};
            for (int table = 6; table >= 1; table--) {
                int[] below = new int[2 * leaves.length];
                for (int i = 0; i < leaves.length; i++) {
                    int base = (table - 1) * ENTRIES;
                    below[2 * i] = parents[base + (leaves[i] >>> 9)];
                    below[2 * i + 1] = parents[base + SlotMemory.CAPACITY + (leaves[i] & 511)];
                }
                leaves = below;
            }
            byte[] bytes = new byte[160];
            for (int bit = 0; bit < 1280; bit++) {
                int set = leaves[bit / 20] >>> (19 - bit % 20) & 1;
                bytes[bit / 8] |= (byte) (set << (7 - bit % 8));
            }
            int[] words = new int[40];
            ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).asIntBuffer().get(words);
            return words;
        }

        int compare(int[] candidates, int a, int b) {
            int order = Integer.compare(candidates[a], candidates[b]);
            return order != 0 ? order : comparePairs(6, candidates[a + 1], candidates[b + 1]);
        }

        boolean sameAbove(int[] candidates, int a, int b) {
            return candidates[a] == candidates[b]
                    && candidates[a + 1] != candidates[b + 1]
                    && remainders[5 * ENTRIES + (candidates[a + 1] >>> 9)]
                            == remainders[5 * ENTRIES + (candidates[b + 1] >>> 9)];
        }

        private int comparePairs(int table, int a, int b) {
            int order = compareEntries(table, a >>> 9, b >>> 9);
            return order != 0
                    ? order
                    : compareEntries(table, SlotMemory.CAPACITY + (a & 511), SlotMemory.CAPACITY + (b & 511));
        }

        private int compareEntries(int table, int a, int b) {
            int base = (table - 1) * ENTRIES;
            int order = Integer.compare(
                    a / SlotMemory.CAPACITY * 15113 + remainders[base + a],
                    b / SlotMemory.CAPACITY * 15113 + remainders[base + b]);
            if (order != 0) {
                return order;
            }
            return table == 1
                    ? Integer.compare(parents[base + a], parents[base + b])
                    : comparePairs(table - 1, parents[base + a], parents[base + b]);
        }
    }
}
