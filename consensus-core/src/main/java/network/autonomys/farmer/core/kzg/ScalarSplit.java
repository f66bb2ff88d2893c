package network.autonomys.farmer.core.kzg;

/**
 * Splits scalars in two of half the length by the curve's endomorphism φ(x, y) = (β x, y), which multiplies points of the subgroup by λ = z² - 1,
 * z being the curve's parameter: k · P = k0 · P + k1 · φ(P) with k0 and k1 of at most 127 bits and a sign. As r = λ² + λ + 1, a division by λ is
 * all it takes. For one thread at a time.
 */
final class ScalarSplit {
    /** λ and its half. */
    static final long LAMBDA_HIGH = 0xac45a4010001a402L;

    static final long LAMBDA_LOW = 0x00000000ffffffffL;
    private static final long HALF_HIGH = 0x5622d2008000d201L;
    private static final long HALF_LOW = 0x000000007fffffffL;

    /** 2^255 / λ. */
    private static final long RECIPROCAL_HIGH = 0xbe35f678f00fd56eL;

    private static final long RECIPROCAL_LOW = 0xb1fb72917b67f718L;

    /** |k0|. */
    private long high0;

    private long low0;
    private boolean negative0;
    /** |k1|. */
    private long high1;

    private long low1;
    private boolean negative1;

    /** Splits a scalar below the modulus, given in words from the least significant one. */
    void split(long w0, long w1, long w2, long w3) {
        divide(w0, w1, w2, w3);
        negative0 = isAbove(high0, low0, HALF_HIGH, HALF_LOW);
        if (negative0) {
            long low = LAMBDA_LOW - low0;
            high0 = LAMBDA_HIGH - high0 - (isBelow(LAMBDA_LOW, low0) ? 1 : 0);
            low0 = low;
            increment1();
        }
        negative1 = isAbove(high1, low1, HALF_HIGH, HALF_LOW);
        if (negative1) {
            // 1 + (λ + 1) λ = 0: take it away.
            long low = low1 - (LAMBDA_LOW + 1);
            high1 = high1 - LAMBDA_HIGH - (isBelow(low1, LAMBDA_LOW + 1) ? 1 : 0);
            low1 = low;
            negative1 = high1 < 0;
            if (negative1) {
                low1 = -low1;
                high1 = ~high1 + (low1 == 0 ? 1 : 0);
            }
            decrement0();
        }
    }

    /** k1 = k / λ, k0 the remainder. */
    private void divide(long w0, long w1, long w2, long w3) {
        long t0 = w1 >>> 63 | w2 << 1;
        long t1 = w2 >>> 63 | w3 << 1;
        // The upper half of t · 2^255 / λ; at most a few too small.
        long middle = Math.unsignedMultiplyHigh(t0, RECIPROCAL_LOW);
        long carry = 0;
        long a = t0 * RECIPROCAL_HIGH;
        middle += a;
        carry += isBelow(middle, a) ? 1 : 0;
        long b = t1 * RECIPROCAL_LOW;
        middle += b;
        carry += isBelow(middle, b) ? 1 : 0;
        low1 = carry;
        high1 = Math.unsignedMultiplyHigh(t1, RECIPROCAL_HIGH);
        addToQuotient(Math.unsignedMultiplyHigh(t0, RECIPROCAL_HIGH));
        addToQuotient(Math.unsignedMultiplyHigh(t1, RECIPROCAL_LOW));
        addToQuotient(t1 * RECIPROCAL_HIGH);
        // The remainder is below a few λ: three words are enough.
        long p0 = low1 * LAMBDA_LOW;
        long p1 = Math.unsignedMultiplyHigh(low1, LAMBDA_LOW);
        long p2 = Math.unsignedMultiplyHigh(low1, LAMBDA_HIGH) + Math.unsignedMultiplyHigh(high1, LAMBDA_LOW);
        long c = low1 * LAMBDA_HIGH;
        p1 += c;
        p2 += isBelow(p1, c) ? 1 : 0;
        long d = high1 * LAMBDA_LOW;
        p1 += d;
        p2 += isBelow(p1, d) ? 1 : 0;
        p2 += high1 * LAMBDA_HIGH;
        low0 = w0 - p0;
        long borrow = isBelow(w0, p0) ? 1 : 0;
        high0 = w1 - p1 - borrow;
        borrow = isBelow(w1, p1) || (w1 == p1 && borrow != 0) ? 1 : 0;
        long top = w2 - p2 - borrow;
        while (top != 0 || !isBelow(high0, low0, LAMBDA_HIGH, LAMBDA_LOW)) {
            top -= isBelow(high0, low0, LAMBDA_HIGH, LAMBDA_LOW) ? 1 : 0;
            high0 = high0 - LAMBDA_HIGH - (isBelow(low0, LAMBDA_LOW) ? 1 : 0);
            low0 -= LAMBDA_LOW;
            increment1();
        }
    }

    private void addToQuotient(long word) {
        low1 += word;
        high1 += isBelow(low1, word) ? 1 : 0;
    }

    private void increment1() {
        low1++;
        high1 += low1 == 0 ? 1 : 0;
    }

    private void decrement0() {
        if (negative0 || (high0 | low0) == 0) {
            negative0 = true;
            low0++;
            high0 += low0 == 0 ? 1 : 0;
        } else {
            high0 -= low0 == 0 ? 1 : 0;
            low0--;
        }
    }

    private static boolean isBelow(long a, long b) {
        return a + Long.MIN_VALUE < b + Long.MIN_VALUE;
    }

    private static boolean isBelow(long high, long low, long otherHigh, long otherLow) {
        return isBelow(high, otherHigh) || (high == otherHigh && isBelow(low, otherLow));
    }

    private static boolean isAbove(long high, long low, long otherHigh, long otherLow) {
        return isBelow(otherHigh, otherLow, high, low);
    }

    /** The upper word of |k0| or |k1|. */
    long high(int half) {
        return half == 0 ? high0 : high1;
    }

    /** The lower word of |k0| or |k1|. */
    long low(int half) {
        return half == 0 ? low0 : low1;
    }

    /** Whether k0 or k1 is below zero. */
    boolean isNegative(int half) {
        return half == 0 ? negative0 : negative1;
    }
}
