package network.autonomys.farmer.core.field;

/**
 * Moves scalars between their 32 bytes, seen as four 64-bit words with the most significant first, and the blocks of a {@link LaneKernel}.
 * Lane l of block g holds scalar g · W + l.
 */
final class LaneCodec {
    /** Words of a scalar. */
    static final int WORDS = 4;

    private final LaneKernel kernel;
    private final int lanes;
    /** Places of scalars that stand one after the other, and of every other one. */
    private final int[] dense;

    private final int[] sparse;

    LaneCodec(LaneKernel kernel) {
        this.kernel = kernel;
        lanes = kernel.lanes();
        dense = places(WORDS);
        sparse = places(2 * WORDS);
    }

    private int[] places(int step) {
        int[] places = new int[lanes];
        for (int lane = 0; lane < lanes; lane++) {
            places[lane] = lane * step;
        }
        return places;
    }

    int lanes() {
        return lanes;
    }

    /**
     * Spreads scalars over blocks.
     *
     * @param stride words from the first scalar of a block to that of the next
     * @return false where one of them is not below the modulus
     */
    boolean unpack(long[] words, int from, int stride, int blocks, long[] a, int offset) {
        return unpack(words, from, dense, stride, blocks, a, offset);
    }

    /** Spreads every other scalar over blocks; false where one of them is not below the modulus. */
    boolean unpackHalf(long[] words, int from, int blocks, long[] a) {
        return unpack(words, from, sparse, 2 * WORDS * lanes, blocks, a, 0);
    }

    private boolean unpack(long[] words, int from, int[] places, int stride, int blocks, long[] a, int offset) {
        boolean canonical = true;
        for (int block = 0; block < blocks; block++) {
            int at = from + block * stride;
            if (!kernel.unpack(words, at, places, a, offset + block * kernel.blockSize())) {
                canonical &= areCanonical(words, at, places);
            }
        }
        return canonical;
    }

    private static boolean areCanonical(long[] words, int from, int[] places) {
        for (int place : places) {
            int at = from + place;
            if (!Fr.isCanonical(words[at + 3], words[at + 2], words[at + 1], words[at])) {
                return false;
            }
        }
        return true;
    }

    /** Spreads scalars over blocks in middle order. */
    boolean unpackMiddle(long[] words, Ntt ntt, long[] a) {
        int[] places = new int[lanes];
        boolean canonical = true;
        for (int block = 0; block < ntt.size() / lanes; block++) {
            middle(ntt, block, places);
            if (!kernel.unpack(words, 0, places, a, block * kernel.blockSize())) {
                canonical &= areCanonical(words, 0, places);
            }
        }
        return canonical;
    }

    private void middle(Ntt ntt, int block, int[] places) {
        for (int lane = 0; lane < lanes; lane++) {
            places[lane] = ntt.coefficient(block * lanes + lane) * WORDS;
        }
    }

    /** Writes scalars from loose blocks in middle order, which are reduced in place. */
    void packMiddle(long[] a, Ntt ntt, long[] words) {
        int[] places = new int[lanes];
        for (int block = 0; block < ntt.size() / lanes; block++) {
            middle(ntt, block, places);
            kernel.pack(a, block * kernel.blockSize(), words, 0, places);
        }
    }

    /**
     * Writes the scalars of loose blocks, which are reduced in place.
     *
     * @param stride words from the first scalar of a block to that of the next
     */
    void pack(long[] a, int offset, int blocks, long[] words, int to, int stride) {
        for (int block = 0; block < blocks; block++) {
            kernel.pack(a, offset + block * kernel.blockSize(), words, to + block * stride, dense);
        }
    }

    /** Writes the scalars of loose blocks, which are reduced in place, to every other place. */
    void packHalf(long[] a, int blocks, long[] words, int to) {
        for (int block = 0; block < blocks; block++) {
            kernel.pack(a, block * kernel.blockSize(), words, to + block * 2 * WORDS * lanes, sparse);
        }
    }
}
