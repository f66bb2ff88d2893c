package network.autonomys.farmer.core.field;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * Logarithms to the base of 7, which generates all elements but 0, of the differences v^k - v^-k, with v the root of order 2N.
 *
 * <p>r - 1 has no prime factor above 2^28, so that logarithms modulo r - 1 can be computed (Pohlig and Hellman). A resource holds those of
 * 1 - w^k for the root w of order N = 2^16, k = 1 to N / 4 and N / 2. The others follow from 1 - w^-k = -w^-k (1 - w^k) and from
 * (1 - w^k) (1 - w^(k + N / 2)) = 1 - w^2k. Smaller domains have every 2^i-th of these differences.
 */
final class DifferenceLogarithms {
    /** log N of the largest domain. */
    static final int LOG_POINTS = 16;

    /** Numbers in the resource, 32 bytes each, the most significant first. */
    static final int STORED = (1 << (LOG_POINTS - 2)) + 1;

    /** The order of the group: logarithms are below. */
    static final BigInteger ORDER = Fr.MODULUS.subtract(BigInteger.ONE);

    private static final String RESOURCE = "logarithms.bin";
    private static final int POINTS = 1 << LOG_POINTS;
    /** The logarithm of -1. */
    private static final BigInteger MINUS = ORDER.shiftRight(1);

    private DifferenceLogarithms() {}

    /** The k whose logarithm comes at a place of the resource. */
    static int stored(int place) {
        return place < STORED - 1 ? place + 1 : POINTS / 2;
    }

    /** 1 - w^k for the root of order 2^logPoints, in the form of {@link Fr}. */
    static long[] difference(int logPoints, int k) {
        long[] power = new long[Fr.WORDS];
        Fr.pow(Fr.rootOfUnity(logPoints), 0, BigInteger.valueOf(k), power, 0);
        Fr.sub(Fr.element(1), 0, power, 0, power, 0);
        return power;
    }

    /** The resource's numbers. */
    static BigInteger[] stored() {
        BigInteger[] logarithms = new BigInteger[STORED];
        byte[] number = new byte[Scalars.BYTES];
        ByteBuffer file = ByteBuffer.wrap(read());
        for (int i = 0; i < STORED; i++) {
            file.get(number);
            logarithms[i] = new BigInteger(1, number);
        }
        return logarithms;
    }

    private static byte[] read() {
        try (InputStream in = DifferenceLogarithms.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("resource " + RESOURCE + " is missing");
            }
            byte[] bytes = in.readAllBytes();
            if (bytes.length != STORED * Scalars.BYTES) {
                throw new IllegalStateException("resource " + RESOURCE + " has " + bytes.length + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The logarithms of v^k - v^-k for k from 1 to N / 2, below r - 1; of k = 0, where there is none, 0. Those of N - k are those of k.
     *
     * @param logPoints log of N, at most 16
     */
    static BigInteger[] of(int logPoints) {
        BigInteger[] simple = ofOneMinus();
        // -1 = 7^((r - 1) / 2), v = 7^((r - 1) / 2N), and v^k - v^-k = -v^-k (1 - w^k).
        BigInteger[] logarithms = new BigInteger[(1 << (logPoints - 1)) + 1];
        logarithms[0] = BigInteger.ZERO;
        for (int i = 1; i < logarithms.length; i++) {
            int k = i << (LOG_POINTS - logPoints);
            logarithms[i] = below(simple[k].add(MINUS).subtract(times(ORDER.shiftRight(LOG_POINTS + 1), k)));
        }
        return logarithms;
    }

    /** Of 1 - w^k, for k up to N / 2 from the resource and by the product of two of them, and beyond by the inverse roots. */
    private static BigInteger[] ofOneMinus() {
        BigInteger[] logarithms = new BigInteger[POINTS];
        BigInteger[] stored = stored();
        for (int i = 0; i < STORED; i++) {
            put(logarithms, stored(i), stored[i]);
        }
        for (int step = POINTS / 8; step > 0; step /= 2) {
            // k = N / 2 - j, where j has this power of two exactly: 1 - w^-2j has a higher one.
            for (int j = step; j < POINTS / 4; j += 2 * step) {
                put(logarithms, POINTS / 2 - j, below(logarithms[POINTS - 2 * j].subtract(logarithms[POINTS - j])));
            }
        }
        return logarithms;
    }

    private static void put(BigInteger[] logarithms, int k, BigInteger logarithm) {
        logarithms[k] = logarithm;
        logarithms[POINTS - k] = below(logarithm.add(MINUS).subtract(times(ORDER.shiftRight(LOG_POINTS), k)));
    }

    private static BigInteger times(BigInteger logarithm, int exponent) {
        return logarithm.multiply(BigInteger.valueOf(exponent));
    }

    /** A number of which the order is missing or too much at most once. */
    private static BigInteger below(BigInteger number) {
        if (number.signum() < 0) {
            return number.add(ORDER);
        }
        return number.compareTo(ORDER) < 0 ? number : number.subtract(ORDER);
    }
}
