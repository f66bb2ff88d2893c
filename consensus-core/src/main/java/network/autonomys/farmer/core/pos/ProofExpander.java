package network.autonomys.farmer.core.pos;

import static network.autonomys.farmer.core.pos.TableWorkspace.LEAVES_TABLE;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** From chosen entries of table 7 down to their leaves, and on to their proofs and the hashes of those. For one thread at a time. */
final class ProofExpander {
    private static final ValueLayout.OfInt LE32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle BE16 = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle BE32 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    /** Pairs of entries of the leaves' table in a proof. */
    private static final int PAIRS = TableWorkspace.LEAF_ENTRIES / 2;

    private static final int ENTRY_BYTES = 10;
    /** Words of three blocks of BLAKE3; a proof fills 40. */
    private static final int BLOCK_WORDS = 48;

    private final TableWorkspace space;
    private final TableKernels kernels;
    private final int[] pairs = new int[PAIRS];
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
     * @return the array that holds 8 pairs of entries of {@link TableWorkspace#LEAVES_TABLE} for each
     */
    private int[] expand(int n) {
        int[] from = space.nodes;
        int[] to = space.children;
        int count = n;
        for (int table = PosParameters.TABLES - 1; table > LEAVES_TABLE; table--) {
            kernels.expand(from, count, space.parents[table], to);
            count *= 2;
            int[] done = from;
            from = to;
            to = done;
        }
        return from;
    }

    /** Writes the proof of one entry of table 7: the metadata of the 16 entries of table 3 below it, 80 bits each (proof-of-space §1.8). */
    void writeProof(int root, byte[] proof) {
        int[] one = pairs;
        one[0] = root;
        int n = 1;
        for (int table = PosParameters.TABLES - 1; table > LEAVES_TABLE; table--) {
            int[] parents = space.parents[table];
            // From the end, so that each pair is read before its place is taken.
            for (int i = n - 1; i >= 0; i--) {
                int pair = one[i];
                one[2 * i] = parents[TableWorkspace.left(pair)];
                one[2 * i + 1] = parents[TableWorkspace.right(pair)];
            }
            n *= 2;
        }
        for (int i = 0, at = 0; i < n; i++, at += 2 * ENTRY_BYTES) {
            writeEntry(TableWorkspace.left(one[i]), proof, at);
            writeEntry(TableWorkspace.right(one[i]), proof, at + ENTRY_BYTES);
        }
    }

    private void writeEntry(int position, byte[] proof, int at) {
        int[] entries = space.leaves;
        int p = 4 * position;
        BE16.set(proof, at, (short) entries[p + 1]);
        BE32.set(proof, at + 2, entries[p + 2]);
        BE32.set(proof, at + 6, entries[p + 3]);
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
            int[] entries = expand(count);
            int lanes = kernels.lanes();
            for (int i = 0; i < count; i += lanes) {
                int group = Math.min(lanes, count - i);
                for (int lane = 0; lane < group; lane++) {
                    proofWords(entries, (i + lane) * PAIRS, space.leaves, words, lane, lanes);
                }
                kernels.hashProofs(words, hashes);
                for (int lane = 0; lane < group; lane++) {
                    store(hashes, lane, lanes, target, sBuckets[from + i + lane] * 32L);
                }
            }
        }
    }

    /** A proof as little-endian words: five of them take two entries of 80 bits. */
    private static void proofWords(int[] pairs, int from, int[] entries, int[] words, int lane, int lanes) {
        for (int i = from, w = lane; i < from + PAIRS; i++, w += 5 * lanes) {
            int left = 4 * TableWorkspace.left(pairs[i]);
            int right = 4 * TableWorkspace.right(pairs[i]);
            int m = entries[left + 2];
            int l = entries[left + 3];
            words[w] = Integer.reverseBytes((entries[left + 1] << 16) | (m >>> 16));
            words[w + lanes] = Integer.reverseBytes((m << 16) | (l >>> 16));
            words[w + 2 * lanes] = Integer.reverseBytes((l << 16) | (entries[right + 1] & 0xFFFF));
            words[w + 3 * lanes] = Integer.reverseBytes(entries[right + 2]);
            words[w + 4 * lanes] = Integer.reverseBytes(entries[right + 3]);
        }
    }

    private static void store(int[] hashes, int lane, int lanes, MemorySegment target, long at) {
        for (int w = 0; w < 8; w++) {
            target.set(LE32, at + 4L * w, hashes[w * lanes + lane]);
        }
    }
}
