package network.autonomys.farmer.core.pos;

import static network.autonomys.farmer.core.pos.PosParameters.BC;
import static network.autonomys.farmer.core.pos.PosParameters.TABLES;

/**
 * The order of table entries that have the same y: their parents' (proof-of-space §1.6). Of entries it knows only the x below them; y of all
 * tables are computed again. Hardly a record needs it.
 */
final class ProofOrder {
    private final int[] keystream;
    private final TableKernels kernels = new ScalarKernels();
    /** The left and the right entry of a pair, by the table they belong to. */
    private final int[][] left = new int[TABLES][4];

    private final int[][] right = new int[TABLES][4];
    private final int[] made = new int[4];
    private final int[] base = new int[1];
    private final int[] bucket = new int[1];

    /**
     * The order of a seed.
     *
     * @param keystream as big-endian words, and one more
     */
    ProofOrder(int[] keystream) {
        this.keystream = keystream;
    }

    /**
     * Compares two entries by y, then by their left parents, then by their right ones.
     *
     * @param table 1 to 7
     * @param a the x below the first, from index {@code from} on: {@code 1 << table - 1} of them
     * @param b the x below the second likewise
     */
    int compare(int table, int[] a, int[] b, int from) {
        int order = Integer.compare(y(table, a, from), y(table, b, from));
        if (order != 0) {
            return order;
        }
        if (table == 1) {
            return Integer.compare(a[from], b[from]);
        }
        order = compare(table - 1, a, b, from);
        return order != 0 ? order : compare(table - 1, a, b, from + half(table));
    }

    private static int half(int table) {
        return 1 << (table - 2);
    }

    private int y(int table, int[] x, int from) {
        int of = make(table, x, from, made);
        return table == TABLES ? of : of * BC + (made[1] >>> 16);
    }

    /** Makes the entry over the x from {@code from} on; returns its bucket, of table 7 its y. */
    private int make(int table, int[] x, int from, int[] entry) {
        if (table == 1) {
            int y = f1(keystream, x[from]);
            int of = PosParameters.bucketOf(y);
            entry[1] = (y - of * BC) << 16;
            entry[2] = 0;
            entry[3] = x[from];
            return of;
        }
        int below = table - 1;
        int leftBucket = make(below, x, from, left[below]);
        make(below, x, from + half(table), right[below]);
        base[0] = leftBucket * BC;
        kernels.hash(table, left[below], right[below], base, 1, 0, entry, bucket);
        return bucket[0];
    }

    /** y of an x (proof-of-space §1.2). */
    static int f1(int[] keystream, int x) {
        int bit = x * PosParameters.K;
        int word = bit >>> 5;
        long two = ((long) keystream[word] << 32) | (keystream[word + 1] & 0xFFFFFFFFL);
        int k = (int) (two >>> (44 - (bit & 31))) & 0xFFFFF;
        return (k << 6) | (x >>> 14);
    }
}
