package network.autonomys.farmer.core.pos;

import static network.autonomys.farmer.core.pos.PosParameters.BC;

/**
 * The order of entries of table 3 that have the same y: their parents', of which tables keep only the x below (proof-of-space §1.6). y of
 * tables 1 and 2 are computed again; hardly a record needs it.
 */
final class LeafOrder {
    private final int[] keystream;
    private final TableKernels kernels = new ScalarKernels();
    private final int[] left = new int[4];
    private final int[] right = new int[4];
    private final int[] out = new int[4];
    private final int[] bucket = new int[1];

    /**
     * The order of a seed.
     *
     * @param keystream as big-endian words, and one more
     */
    LeafOrder(int[] keystream) {
        this.keystream = keystream;
    }

    /**
     * Compares by the left parents, then by the right ones; each by its y, and then by y and x of its own left and right parent.
     *
     * @param entries of four ints, of table 3
     * @param a where the first begins
     * @param b where the second begins
     */
    int compare(int[] entries, int a, int b) {
        int order = comparePairs(first(entries, a), second(entries, a), first(entries, b), second(entries, b));
        return order != 0
                ? order
                : comparePairs(third(entries, a), fourth(entries, a), third(entries, b), fourth(entries, b));
    }

    private int comparePairs(int leftA, int rightA, int leftB, int rightB) {
        int order = Integer.compare(f2(leftA, rightA), f2(leftB, rightB));
        if (order == 0) {
            order = compareX(leftA, leftB);
        }
        return order != 0 ? order : compareX(rightA, rightB);
    }

    private int compareX(int a, int b) {
        int order = Integer.compare(f1(keystream, a), f1(keystream, b));
        return order != 0 ? order : Integer.compare(a, b);
    }

    /** y of an x (proof-of-space §1.2). */
    static int f1(int[] keystream, int x) {
        int bit = x * PosParameters.K;
        int word = bit >>> 5;
        long two = ((long) keystream[word] << 32) | (keystream[word + 1] & 0xFFFFFFFFL);
        int k = (int) (two >>> (44 - (bit & 31))) & 0xFFFFF;
        return (k << 6) | (x >>> 14);
    }

    private int f2(int leftX, int rightX) {
        stage(left, leftX);
        stage(right, rightX);
        kernels.hash(2, left, right, 1, out, bucket);
        return bucket[0] * BC + (out[1] >>> 16);
    }

    private void stage(int[] entry, int x) {
        int y = f1(keystream, x);
        int of = PosParameters.bucketOf(y);
        entry[0] = of << 18;
        entry[1] = (y - of * BC) << 16;
        entry[3] = x;
    }

    private static int first(int[] entries, int at) {
        return ((entries[at + 1] & 0xFFFF) << 4) | (entries[at + 2] >>> 28);
    }

    private static int second(int[] entries, int at) {
        return (entries[at + 2] >>> 8) & 0xFFFFF;
    }

    private static int third(int[] entries, int at) {
        return ((entries[at + 2] & 0xFF) << 12) | (entries[at + 3] >>> 20);
    }

    private static int fourth(int[] entries, int at) {
        return entries[at + 3] & 0xFFFFF;
    }
}
