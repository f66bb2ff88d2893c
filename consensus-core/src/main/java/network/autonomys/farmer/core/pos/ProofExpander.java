package network.autonomys.farmer.core.pos;

import static network.autonomys.farmer.core.pos.PosParameters.LEAVES;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** From chosen entries of table 7 down to their leaves, and on to the hashes of the proofs. */
final class ProofExpander {
    private static final ValueLayout.OfInt LE32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    /** Words of three blocks of BLAKE3; a proof fills 40. */
    private static final int BLOCK_WORDS = 48;

    private final TableWorkspace space;
    private final TableKernels kernels;
    private final int[] words;
    private final int[] hashes;

    ProofExpander(TableWorkspace space, TableKernels kernels) {
        this.space = space;
        this.kernels = kernels;
        this.words = new int[BLOCK_WORDS * kernels.lanes()];
        this.hashes = new int[8 * kernels.lanes()];
    }

    /**
     * Expands the n entries (at most {@link TableWorkspace#PROOFS}) whose parents are in {@code space.nodes}, level by level, so that the
     * reads of a level are independent.
     *
     * @return the array that holds the 64 leaves of each
     */
    private int[] expand(int n) {
        int[] from = space.nodes;
        int[] to = space.children;
        int count = n;
        for (int table = PosParameters.TABLES - 1; table >= 1; table--) {
            kernels.expand(from, count, space.parents[table], to);
            count *= 2;
            int[] done = from;
            from = to;
            to = done;
        }
        return from;
    }

    /** The 64 leaves of one entry of table 7. */
    int[] leaves(int root) {
        int[] level = {root};
        for (int table = PosParameters.TABLES - 1; table >= 1; table--) {
            int[] below = new int[2 * level.length];
            for (int i = 0; i < level.length; i++) {
                below[2 * i] = space.parents[table][TableWorkspace.left(level[i])];
                below[2 * i + 1] = space.parents[table][TableWorkspace.right(level[i])];
            }
            level = below;
        }
        return level;
    }

    /**
     * Hashes the proofs of the s-buckets given.
     *
     * @param roots by s-bucket
     * @param sBuckets s-buckets that have a proof, n of them
     * @param target the hash of s goes to 32 s
     */
    void hash(int[] roots, int[] sBuckets, int n, MemorySegment target) {
        for (int from = 0; from < n; from += TableWorkspace.PROOFS) {
            int count = Math.min(TableWorkspace.PROOFS, n - from);
            for (int i = 0; i < count; i++) {
                space.nodes[i] = roots[sBuckets[from + i]];
            }
            int[] leaves = expand(count);
            int lanes = kernels.lanes();
            for (int i = 0; i < count; i += lanes) {
                int group = Math.min(lanes, count - i);
                for (int lane = 0; lane < group; lane++) {
                    proofWords(leaves, (i + lane) * LEAVES, words, lane, lanes);
                }
                kernels.hashProofs(words, hashes);
                for (int lane = 0; lane < group; lane++) {
                    store(hashes, lane, lanes, target, sBuckets[from + i + lane] * 32L);
                }
            }
        }
    }

    /** A proof as little-endian words: five words take eight leaves of 20 bits. */
    private static void proofWords(int[] x, int from, int[] words, int lane, int lanes) {
        for (int i = from, w = lane; i < from + LEAVES; i += 8, w += 5 * lanes) {
            words[w] = Integer.reverseBytes((x[i] << 12) | (x[i + 1] >>> 8));
            words[w + lanes] = Integer.reverseBytes((x[i + 1] << 24) | (x[i + 2] << 4) | (x[i + 3] >>> 16));
            words[w + 2 * lanes] = Integer.reverseBytes((x[i + 3] << 16) | (x[i + 4] >>> 4));
            words[w + 3 * lanes] = Integer.reverseBytes((x[i + 4] << 28) | (x[i + 5] << 8) | (x[i + 6] >>> 12));
            words[w + 4 * lanes] = Integer.reverseBytes((x[i + 6] << 20) | x[i + 7]);
        }
    }

    private static void store(int[] hashes, int lane, int lanes, MemorySegment target, long at) {
        for (int w = 0; w < 8; w++) {
            target.set(LE32, at + 4L * w, hashes[w * lanes + lane]);
        }
    }
}
