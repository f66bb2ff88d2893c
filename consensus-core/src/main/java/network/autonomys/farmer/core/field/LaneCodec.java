package network.autonomys.farmer.core.field;

/**
 * Moves scalars between their 32 bytes, seen as four 64-bit words with the most significant first, and the blocks of a {@link LaneKernel}.
 * Lane l of block g holds scalar g · W + l.
 */
final class LaneCodec {
    /** Words of a scalar. */
    static final int WORDS = 4;

    private static final long M = (1L << LaneKernel.LIMB_BITS) - 1;

    private final LaneKernel kernel;
    private final int lanes;

    LaneCodec(LaneKernel kernel) {
        this.kernel = kernel;
        this.lanes = kernel.lanes();
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
        return unpack(words, from, WORDS, stride, blocks, a, offset);
    }

    /**
     * Spreads scalars over blocks.
     *
     * @param step words from one scalar of a block to the next
     * @param stride words from the first scalar of a block to that of the next
     * @return false where one of them is not below the modulus
     */
    boolean unpack(long[] words, int from, int step, int stride, int blocks, long[] a, int offset) {
        boolean canonical = true;
        for (int block = 0; block < blocks; block++) {
            int at = offset + block * kernel.blockSize();
            int w = from + block * stride;
            for (int lane = 0; lane < lanes; lane++, w += step, at++) {
                canonical &= unpackOne(words, w, a, at);
            }
        }
        return canonical;
    }

    /** Spreads scalars over blocks in middle order. */
    boolean unpackMiddle(long[] words, Ntt ntt, long[] a) {
        boolean canonical = true;
        for (int place = 0; place < ntt.size(); place++) {
            int at = place / lanes * kernel.blockSize() + place % lanes;
            canonical &= unpackOne(words, ntt.coefficient(place) * WORDS, a, at);
        }
        return canonical;
    }

    /** Writes scalars from loose blocks in middle order, which are reduced in place. */
    void packMiddle(long[] a, Ntt ntt, long[] words) {
        kernel.reduce(a, 0, ntt.size() / lanes);
        for (int place = 0; place < ntt.size(); place++) {
            int at = place / lanes * kernel.blockSize() + place % lanes;
            packOne(a, at, words, ntt.coefficient(place) * WORDS);
        }
    }

    private boolean unpackOne(long[] words, int w, long[] a, int at) {
        long w3 = words[w];
        long w2 = words[w + 1];
        long w1 = words[w + 2];
        long w0 = words[w + 3];
        a[at] = w0 & M;
        a[at + lanes] = (w0 >>> 29) & M;
        a[at + 2 * lanes] = (w0 >>> 58 | w1 << 6) & M;
        a[at + 3 * lanes] = (w1 >>> 23) & M;
        a[at + 4 * lanes] = (w1 >>> 52 | w2 << 12) & M;
        a[at + 5 * lanes] = (w2 >>> 17) & M;
        a[at + 6 * lanes] = (w2 >>> 46 | w3 << 18) & M;
        a[at + 7 * lanes] = (w3 >>> 11) & M;
        a[at + 8 * lanes] = w3 >>> 40;
        return Long.compareUnsigned(w3, Fr.Q3) < 0 || Fr.isCanonical(w0, w1, w2, w3);
    }

    /** Writes the scalars of loose blocks, which are reduced in place. */
    void pack(long[] a, int offset, int blocks, long[] words, int to, int stride) {
        pack(a, offset, blocks, words, to, WORDS, stride);
    }

    /** Writes the scalars of loose blocks, which are reduced in place, some words apart. */
    void pack(long[] a, int offset, int blocks, long[] words, int to, int step, int stride) {
        kernel.reduce(a, offset, blocks);
        for (int block = 0; block < blocks; block++) {
            int at = offset + block * kernel.blockSize();
            int w = to + block * stride;
            for (int lane = 0; lane < lanes; lane++, w += step, at++) {
                packOne(a, at, words, w);
            }
        }
    }

    private void packOne(long[] a, int at, long[] words, int w) {
        long l2 = a[at + 2 * lanes];
        long l4 = a[at + 4 * lanes];
        long l6 = a[at + 6 * lanes];
        long t0 = a[at] | a[at + lanes] << 29 | l2 << 58;
        long t1 = l2 >>> 6 | a[at + 3 * lanes] << 23 | l4 << 52;
        long t2 = l4 >>> 12 | a[at + 5 * lanes] << 17 | l6 << 46;
        long t3 = l6 >>> 18 | a[at + 7 * lanes] << 11 | a[at + 8 * lanes] << 40;
        long s0 = t0 - Fr.Q0;
        long borrow = Long.compareUnsigned(t0, Fr.Q0) < 0 ? 1 : 0;
        long s1 = t1 - Fr.Q1 - borrow;
        borrow = ((~t1 & Fr.Q1) | ((~t1 | Fr.Q1) & s1)) >>> 63;
        long s2 = t2 - Fr.Q2 - borrow;
        borrow = ((~t2 & Fr.Q2) | ((~t2 | Fr.Q2) & s2)) >>> 63;
        long s3 = t3 - Fr.Q3 - borrow;
        borrow = ((~t3 & Fr.Q3) | ((~t3 | Fr.Q3) & s3)) >>> 63;
        long keep = -borrow;
        words[w] = (t3 & keep) | (s3 & ~keep);
        words[w + 1] = (t2 & keep) | (s2 & ~keep);
        words[w + 2] = (t1 & keep) | (s1 & ~keep);
        words[w + 3] = (t0 & keep) | (s0 & ~keep);
    }
}
