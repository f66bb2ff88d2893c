package network.autonomys.farmer.core.pos;

import static network.autonomys.farmer.core.pos.PosParameters.TABLES;
import static network.autonomys.farmer.core.pos.TableWorkspace.LEAVES_BYTES;
import static network.autonomys.farmer.core.pos.TableWorkspace.LEAVES_ROWS;
import static network.autonomys.farmer.core.pos.TableWorkspace.LEAVES_TABLE;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** From chosen entries of table 7 down to their leaves, and on to their proofs and the hashes of those. For one thread at a time. */
final class ProofExpander {
    private static final ValueLayout.OfInt LE32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /** Proofs expanded at a time: enough reads that do not wait for each other, few enough for the second-level cache. */
    private static final int PROOFS = 4096;

    /** Words of three blocks of BLAKE3; a proof fills 40. */
    private static final int BLOCK_WORDS = 48;

    private final TableWorkspace space;
    private final TableKernels kernels;
    /** The numbers of two levels of the trees of proofs. */
    private final int[] level = new int[PROOFS * LEAVES_ROWS];

    private final int[] below = new int[PROOFS * LEAVES_ROWS];
    private final int[] words;
    private final int[] hashes;
    private final int[] starts;
    private final int[] ends;

    ProofExpander(TableWorkspace space, TableKernels kernels) {
        this.space = space;
        this.kernels = kernels;
        this.words = new int[BLOCK_WORDS * kernels.lanes()];
        this.hashes = new int[8 * kernels.lanes()];
        this.starts = new int[LEAVES_ROWS * kernels.lanes()];
        this.ends = new int[LEAVES_ROWS * kernels.lanes()];
    }

    /** Writes the proof of one entry of table 7: the leaves below it (proof-of-space §1.8). */
    void writeProof(int root, byte[] proof) {
        level[0] = root;
        int[] rows = expand(1);
        for (int i = 0; i < LEAVES_ROWS; i++) {
            System.arraycopy(space.leaves, rows[i] * LEAVES_BYTES, proof, i * LEAVES_BYTES, LEAVES_BYTES);
        }
    }

    /**
     * Hashes the proofs of the s-buckets given.
     *
     * @param roots by s-bucket: which of {@link LastEntries}
     * @param sBuckets s-buckets that have a proof, n of them
     * @param target the hash of s goes to 32 s
     */
    void hash(int[] roots, int[] sBuckets, int n, MemorySegment target) {
        for (int from = 0; from < n; from += PROOFS) {
            int count = Math.min(PROOFS, n - from);
            for (int i = 0; i < count; i++) {
                level[i] = roots[sBuckets[from + i]];
            }
            hash(expand(count), count, sBuckets, from, target);
        }
    }

    /**
     * Goes from the first n entries of {@link #level}, of table 7, down to their entries of {@link TableWorkspace#LEAVES_TABLE}, level by
     * level, so that the reads of a level are independent.
     *
     * @return the array that holds the numbers of 8 of those for each
     */
    private int[] expand(int n) {
        int[] from = level;
        int[] to = below;
        expand(from, n, space.part.last.parents, to);
        for (int table = TABLES - 1, count = 2 * n; table > LEAVES_TABLE; table--, count *= 2) {
            int[] done = from;
            from = to;
            to = done;
            expand(from, count, space.parents[table], to);
        }
        return to;
    }

    private static void expand(int[] numbers, int n, int[] parents, int[] out) {
        for (int i = 0; i < n; i++) {
            int row = 2 * numbers[i];
            out[2 * i] = parents[row];
            out[2 * i + 1] = parents[row + 1];
        }
    }

    private void hash(int[] rows, int n, int[] sBuckets, int from, MemorySegment target) {
        int lanes = kernels.lanes();
        for (int i = 0; i < n; i += lanes) {
            int group = Math.min(lanes, n - i);
            readEnds(rows, i * LEAVES_ROWS, group * LEAVES_ROWS, space.leaves, starts, ends);
            for (int lane = 0; lane < group; lane++) {
                proofWords(rows, (i + lane) * LEAVES_ROWS, space.leaves, starts, ends, words, lane, lanes);
            }
            kernels.hashProofs(words, hashes);
            for (int lane = 0; lane < group; lane++) {
                store(hashes, lane, lanes, target, sBuckets[from + i + lane] * 32L);
            }
        }
    }

    /**
     * Reads the first and the last word of n rows. A loop as short as this one has so many reads under way at once that the rows arrive in half the
     * time that it takes to copy them; what is between the ends is there then.
     */
    private static void readEnds(int[] rows, int from, int n, byte[] leaves, int[] starts, int[] ends) {
        for (int i = 0; i < n; i++) {
            int at = rows[from + i] * LEAVES_BYTES;
            starts[i] = (int) WORD.get(leaves, at);
            ends[i] = (int) WORD.get(leaves, at + LEAVES_BYTES - 4);
        }
    }

    /** A proof as little-endian words, five for each row. */
    private static void proofWords(
            int[] rows, int from, byte[] leaves, int[] starts, int[] ends, int[] words, int lane, int lanes) {
        for (int i = 0, w = lane; i < LEAVES_ROWS; i++, w += 5 * lanes) {
            int at = rows[from + i] * LEAVES_BYTES;
            words[w] = starts[lane * LEAVES_ROWS + i];
            words[w + lanes] = (int) WORD.get(leaves, at + 4);
            words[w + 2 * lanes] = (int) WORD.get(leaves, at + 8);
            words[w + 3 * lanes] = (int) WORD.get(leaves, at + 12);
            words[w + 4 * lanes] = ends[lane * LEAVES_ROWS + i];
        }
    }

    private static void store(int[] hashes, int lane, int lanes, MemorySegment target, long at) {
        for (int w = 0; w < 8; w++) {
            target.set(LE32, at + 4L * w, hashes[w * lanes + lane]);
        }
    }
}
