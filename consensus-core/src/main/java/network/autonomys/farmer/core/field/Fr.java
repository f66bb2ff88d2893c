package network.autonomys.farmer.core.field;

import java.math.BigInteger;

/**
 * Arithmetic on single elements of the scalar field of BLS12-381 (primitives §5.1), in Montgomery form with R = 2^256: four 64-bit words,
 * least significant first, always below the modulus. An element lies at an offset of a {@code long[]}; operands and result may be the same.
 */
public final class Fr {
    /** 64-bit words of an element. */
    public static final int WORDS = 4;

    /** The modulus r. */
    public static final BigInteger MODULUS =
            new BigInteger("73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001", 16);

    static final long Q0 = 0xffffffff00000001L;
    static final long Q1 = 0x53bda402fffe5bfeL;
    static final long Q2 = 0x3339d80809a1d805L;
    static final long Q3 = 0x73eda753299d7d48L;
    private static final long NINV = 0xfffffffeffffffffL;
    private static final long[] R2 = words(BigInteger.ONE.shiftLeft(512).mod(MODULUS));
    private static final long[] PLAIN_ONE = {1, 0, 0, 0};
    private static final BigInteger GENERATOR = BigInteger.valueOf(7);
    /** 2^32 divides r - 1; the protocol's table of roots ends one below. */
    private static final int MAX_LOG_ROOT = 31;

    private Fr() {}

    private static long high(long a, long b) {
        return Math.unsignedMultiplyHigh(a, b);
    }

    private static long below(long a, long b) {
        return Long.compareUnsigned(a, b) < 0 ? 1L : 0L;
    }

    /** z = x · y. */
    public static void mul(long[] x, int xo, long[] y, int yo, long[] z, int zo) {
        long a0 = x[xo];
        long a1 = x[xo + 1];
        long a2 = x[xo + 2];
        long a3 = x[xo + 3];
        long t0;
        long t1;
        long t2;
        long t3;
        long b;
        long m;
        long lo;
        long hi;
        long carry;
        long fold;
        // Montgomery multiplication word by word; the modulus leaves the top bit free, so that no further carry word is
        // needed.
        // The lowest product of each reduction cancels t0, which carries exactly when t0 is not zero.
        b = y[yo + 0];
        t0 = a0 * b;
        carry = high(a0, b);
        m = t0 * NINV;
        fold = high(m, Q0) + (t0 != 0 ? 1L : 0L);
        lo = a1 * b;
        hi = high(a1, b);
        t1 = lo + carry;
        carry = hi + below(t1, lo);
        lo = m * Q1;
        hi = high(m, Q1);
        lo += fold;
        hi += below(lo, fold);
        t0 = t1 + lo;
        fold = hi + below(t0, lo);
        lo = a2 * b;
        hi = high(a2, b);
        t2 = lo + carry;
        carry = hi + below(t2, lo);
        lo = m * Q2;
        hi = high(m, Q2);
        lo += fold;
        hi += below(lo, fold);
        t1 = t2 + lo;
        fold = hi + below(t1, lo);
        lo = a3 * b;
        hi = high(a3, b);
        t3 = lo + carry;
        carry = hi + below(t3, lo);
        lo = m * Q3;
        hi = high(m, Q3);
        lo += fold;
        hi += below(lo, fold);
        t2 = t3 + lo;
        fold = hi + below(t2, lo);
        t3 = carry + fold;
        b = y[yo + 1];
        lo = a0 * b;
        hi = high(a0, b);
        t0 += lo;
        carry = hi + below(t0, lo);
        m = t0 * NINV;
        fold = high(m, Q0) + (t0 != 0 ? 1L : 0L);
        lo = a1 * b;
        hi = high(a1, b);
        lo += carry;
        hi += below(lo, carry);
        t1 += lo;
        carry = hi + below(t1, lo);
        lo = m * Q1;
        hi = high(m, Q1);
        lo += fold;
        hi += below(lo, fold);
        t0 = t1 + lo;
        fold = hi + below(t0, lo);
        lo = a2 * b;
        hi = high(a2, b);
        lo += carry;
        hi += below(lo, carry);
        t2 += lo;
        carry = hi + below(t2, lo);
        lo = m * Q2;
        hi = high(m, Q2);
        lo += fold;
        hi += below(lo, fold);
        t1 = t2 + lo;
        fold = hi + below(t1, lo);
        lo = a3 * b;
        hi = high(a3, b);
        lo += carry;
        hi += below(lo, carry);
        t3 += lo;
        carry = hi + below(t3, lo);
        lo = m * Q3;
        hi = high(m, Q3);
        lo += fold;
        hi += below(lo, fold);
        t2 = t3 + lo;
        fold = hi + below(t2, lo);
        t3 = carry + fold;
        b = y[yo + 2];
        lo = a0 * b;
        hi = high(a0, b);
        t0 += lo;
        carry = hi + below(t0, lo);
        m = t0 * NINV;
        fold = high(m, Q0) + (t0 != 0 ? 1L : 0L);
        lo = a1 * b;
        hi = high(a1, b);
        lo += carry;
        hi += below(lo, carry);
        t1 += lo;
        carry = hi + below(t1, lo);
        lo = m * Q1;
        hi = high(m, Q1);
        lo += fold;
        hi += below(lo, fold);
        t0 = t1 + lo;
        fold = hi + below(t0, lo);
        lo = a2 * b;
        hi = high(a2, b);
        lo += carry;
        hi += below(lo, carry);
        t2 += lo;
        carry = hi + below(t2, lo);
        lo = m * Q2;
        hi = high(m, Q2);
        lo += fold;
        hi += below(lo, fold);
        t1 = t2 + lo;
        fold = hi + below(t1, lo);
        lo = a3 * b;
        hi = high(a3, b);
        lo += carry;
        hi += below(lo, carry);
        t3 += lo;
        carry = hi + below(t3, lo);
        lo = m * Q3;
        hi = high(m, Q3);
        lo += fold;
        hi += below(lo, fold);
        t2 = t3 + lo;
        fold = hi + below(t2, lo);
        t3 = carry + fold;
        b = y[yo + 3];
        lo = a0 * b;
        hi = high(a0, b);
        t0 += lo;
        carry = hi + below(t0, lo);
        m = t0 * NINV;
        fold = high(m, Q0) + (t0 != 0 ? 1L : 0L);
        lo = a1 * b;
        hi = high(a1, b);
        lo += carry;
        hi += below(lo, carry);
        t1 += lo;
        carry = hi + below(t1, lo);
        lo = m * Q1;
        hi = high(m, Q1);
        lo += fold;
        hi += below(lo, fold);
        t0 = t1 + lo;
        fold = hi + below(t0, lo);
        lo = a2 * b;
        hi = high(a2, b);
        lo += carry;
        hi += below(lo, carry);
        t2 += lo;
        carry = hi + below(t2, lo);
        lo = m * Q2;
        hi = high(m, Q2);
        lo += fold;
        hi += below(lo, fold);
        t1 = t2 + lo;
        fold = hi + below(t1, lo);
        lo = a3 * b;
        hi = high(a3, b);
        lo += carry;
        hi += below(lo, carry);
        t3 += lo;
        carry = hi + below(t3, lo);
        lo = m * Q3;
        hi = high(m, Q3);
        lo += fold;
        hi += below(lo, fold);
        t2 = t3 + lo;
        fold = hi + below(t2, lo);
        t3 = carry + fold;

        store(t0, t1, t2, t3, z, zo);
    }

    /** Stores a value below 2r reduced by r. */
    private static void store(long t0, long t1, long t2, long t3, long[] z, int zo) {
        long s0 = t0 - Q0;
        long w = below(t0, Q0);
        long s1 = t1 - Q1 - w;
        w = ((~t1 & Q1) | ((~t1 | Q1) & s1)) >>> 63;
        long s2 = t2 - Q2 - w;
        w = ((~t2 & Q2) | ((~t2 | Q2) & s2)) >>> 63;
        long s3 = t3 - Q3 - w;
        w = ((~t3 & Q3) | ((~t3 | Q3) & s3)) >>> 63;
        long keep = -w;
        z[zo] = (t0 & keep) | (s0 & ~keep);
        z[zo + 1] = (t1 & keep) | (s1 & ~keep);
        z[zo + 2] = (t2 & keep) | (s2 & ~keep);
        z[zo + 3] = (t3 & keep) | (s3 & ~keep);
    }

    /** z = x + y. */
    public static void add(long[] x, int xo, long[] y, int yo, long[] z, int zo) {
        long a = x[xo];
        long b = y[yo];
        long t0 = a + b;
        long c = ((a & b) | ((a | b) & ~t0)) >>> 63;
        a = x[xo + 1];
        b = y[yo + 1];
        long t1 = a + b + c;
        c = ((a & b) | ((a | b) & ~t1)) >>> 63;
        a = x[xo + 2];
        b = y[yo + 2];
        long t2 = a + b + c;
        c = ((a & b) | ((a | b) & ~t2)) >>> 63;
        store(t0, t1, t2, x[xo + 3] + y[yo + 3] + c, z, zo);
    }

    /** z = x - y. */
    public static void sub(long[] x, int xo, long[] y, int yo, long[] z, int zo) {
        long a = x[xo];
        long b = y[yo];
        long t0 = a - b;
        long w = ((~a & b) | ((~a | b) & t0)) >>> 63;
        a = x[xo + 1];
        b = y[yo + 1];
        long t1 = a - b - w;
        w = ((~a & b) | ((~a | b) & t1)) >>> 63;
        a = x[xo + 2];
        b = y[yo + 2];
        long t2 = a - b - w;
        w = ((~a & b) | ((~a | b) & t2)) >>> 63;
        a = x[xo + 3];
        b = y[yo + 3];
        long t3 = a - b - w;
        w = ((~a & b) | ((~a | b) & t3)) >>> 63;
        long borrowed = -w;
        long p = Q0 & borrowed;
        z[zo] = t0 + p;
        long c = ((t0 & p) | ((t0 | p) & ~z[zo])) >>> 63;
        p = Q1 & borrowed;
        z[zo + 1] = t1 + p + c;
        c = ((t1 & p) | ((t1 | p) & ~z[zo + 1])) >>> 63;
        p = Q2 & borrowed;
        z[zo + 2] = t2 + p + c;
        c = ((t2 & p) | ((t2 | p) & ~z[zo + 2])) >>> 63;
        z[zo + 3] = t3 + (Q3 & borrowed) + c;
    }

    /** True for the element 0. */
    public static boolean isZero(long[] x, int xo) {
        return (x[xo] | x[xo + 1] | x[xo + 2] | x[xo + 3]) == 0;
    }

    /** True where four words, least significant first, are a number below the modulus. */
    public static boolean isCanonical(long w0, long w1, long w2, long w3) {
        if (w3 != Q3) {
            return Long.compareUnsigned(w3, Q3) < 0;
        }
        if (w2 != Q2) {
            return Long.compareUnsigned(w2, Q2) < 0;
        }
        if (w1 != Q1) {
            return Long.compareUnsigned(w1, Q1) < 0;
        }
        return Long.compareUnsigned(w0, Q0) < 0;
    }

    /** Montgomery form of a number below the modulus; in place is allowed. */
    public static void toMontgomery(long[] x, int xo, long[] z, int zo) {
        mul(x, xo, R2, 0, z, zo);
    }

    /** The number that an element stands for, below the modulus; in place is allowed. */
    public static void fromMontgomery(long[] x, int xo, long[] z, int zo) {
        mul(x, xo, PLAIN_ONE, 0, z, zo);
    }

    /** The element of a non-negative number. */
    public static long[] element(BigInteger value) {
        long[] z = words(value.mod(MODULUS));
        toMontgomery(z, 0, z, 0);
        return z;
    }

    /** The element of a number from 0 to 2^63 - 1. */
    public static long[] element(long value) {
        long[] z = {value, 0, 0, 0};
        toMontgomery(z, 0, z, 0);
        return z;
    }

    private static long[] words(BigInteger value) {
        long[] z = new long[WORDS];
        for (int i = 0; i < WORDS; i++) {
            z[i] = value.shiftRight(64 * i).longValue();
        }
        return z;
    }

    /** z = x^exponent for an exponent of at least 0. */
    public static void pow(long[] x, int xo, BigInteger exponent, long[] z, int zo) {
        long[] base = {x[xo], x[xo + 1], x[xo + 2], x[xo + 3]};
        long[] power = element(1);
        for (int bit = exponent.bitLength() - 1; bit >= 0; bit--) {
            mul(power, 0, power, 0, power, 0);
            if (exponent.testBit(bit)) {
                mul(power, 0, base, 0, power, 0);
            }
        }
        System.arraycopy(power, 0, z, zo, WORDS);
    }

    /**
     * z = 1 / x.
     *
     * @throws ArithmeticException for 0
     */
    public static void inverse(long[] x, int xo, long[] z, int zo) {
        if (isZero(x, xo)) {
            throw new ArithmeticException("0 has no inverse");
        }
        pow(x, xo, MODULUS.subtract(BigInteger.TWO), z, zo);
    }

    /**
     * Inverts many elements in place at the price of one inversion and three multiplications each.
     *
     * @throws ArithmeticException where one of them is 0
     */
    public static void inverseAll(long[] x, int xo, int count) {
        long[] before = new long[Math.multiplyExact(count, WORDS)];
        long[] product = element(1);
        for (int i = 0; i < count; i++) {
            System.arraycopy(product, 0, before, i * WORDS, WORDS);
            mul(product, 0, x, xo + i * WORDS, product, 0);
        }
        inverse(product, 0, product, 0);
        long[] old = new long[WORDS];
        for (int i = count - 1; i >= 0; i--) {
            int at = xo + i * WORDS;
            System.arraycopy(x, at, old, 0, WORDS);
            mul(product, 0, before, i * WORDS, x, at);
            mul(product, 0, old, 0, product, 0);
        }
    }

    /**
     * The generator w of the 2^logSize-th roots of unity that the protocol uses: 7^((r-1) / 2^logSize) (primitives §5.1).
     *
     * @param logSize 0 to 31
     */
    public static long[] rootOfUnity(int logSize) {
        if (logSize < 0 || logSize > MAX_LOG_ROOT) {
            throw new IllegalArgumentException("no roots of unity of order 2^" + logSize);
        }
        long[] root = element(GENERATOR);
        pow(root, 0, MODULUS.subtract(BigInteger.ONE).shiftRight(logSize), root, 0);
        return root;
    }
}
