package network.autonomys.farmer.core.field;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the resource of {@link DifferenceLogarithms}, in some seconds: logarithms modulo each prime power of r - 1 by Pohlig and Hellman's method,
 * digit by digit with baby steps in a hash table and giant steps, put together by the Chinese remainder theorem.
 *
 * <p>The main method's argument is the file.
 */
public final class LogarithmGenerator {
    private static final BigInteger ORDER = Fr.MODULUS.subtract(BigInteger.ONE);
    private static final long[] GENERATOR = Fr.element(7);
    /** Prime, exponent. */
    private static final int[][] FACTORS = {
        {2, 32},
        {3, 1},
        {11, 1},
        {19, 1},
        {10_177, 1},
        {125_527, 1},
        {859_267, 1},
        {906_349, 2},
        {2_508_409, 1},
        {2_529_403, 1},
        {52_437_899, 1},
        {254_760_293, 2}
    };

    private static final int MAX_BABY_STEPS = 1 << 20;

    private final List<Factor> factors = new ArrayList<>();

    private LogarithmGenerator() {
        for (int[] factor : FACTORS) {
            factors.add(new Factor(factor[0], factor[1]));
        }
    }

    /** Writes the file. */
    public static void main(String[] args) throws IOException {
        Files.write(Path.of(args[0]), generate());
    }

    private static byte[] generate() {
        LogarithmGenerator generator = new LogarithmGenerator();
        ByteBuffer file = ByteBuffer.allocate(DifferenceLogarithms.STORED * Scalars.BYTES);
        for (int i = 0; i < DifferenceLogarithms.STORED; i++) {
            BigInteger logarithm = generator.logarithm(
                    DifferenceLogarithms.difference(DifferenceLogarithms.LOG_POINTS, DifferenceLogarithms.stored(i)));
            for (int word = Fr.WORDS - 1; word >= 0; word--) {
                file.putLong(logarithm.shiftRight(64 * word).longValue());
            }
        }
        return file.array();
    }

    private BigInteger logarithm(long[] x) {
        BigInteger sum = BigInteger.ZERO;
        for (Factor factor : factors) {
            sum = sum.add(factor.weight.multiply(BigInteger.valueOf(factor.logarithm(x))));
        }
        return sum.mod(ORDER);
    }

    private static long[] power(long[] x, BigInteger exponent) {
        long[] z = new long[Fr.WORDS];
        Fr.pow(x, 0, exponent, z, 0);
        return z;
    }

    /** A prime power of the group's order. */
    private static final class Factor {
        final int prime;
        final int exponent;
        final BigInteger cofactor;
        /** 1 modulo the prime power and 0 modulo the others. */
        final BigInteger weight;
        /** Generator of the subgroup of the prime power's order, inverted, and of the prime's order. */
        final long[] inverse;

        final int steps;
        /** The step of giants: the generator of prime order to the power -steps. */
        final long[] giant;
        /** Hash table: baby steps, 1 + their number, 0 where empty. */
        final long[] keys;

        final int[] numbers;

        Factor(int prime, int exponent) {
            this.prime = prime;
            this.exponent = exponent;
            BigInteger power = BigInteger.valueOf(prime).pow(exponent);
            cofactor = ORDER.divide(power);
            weight = cofactor.multiply(cofactor.modInverse(power));
            long[] generator = power(GENERATOR, cofactor);
            inverse = Tables.inverse(generator);
            long[] small = power(generator, BigInteger.valueOf(prime).pow(exponent - 1));
            steps = Math.min(prime, MAX_BABY_STEPS);
            giant = Tables.inverse(power(small, BigInteger.valueOf(steps)));
            keys = new long[4 * Integer.highestOneBit(steps)];
            numbers = new int[keys.length];
            long[] step = Fr.element(1);
            for (int i = 0; i < steps; i++) {
                int at = place(step[0]);
                keys[at] = step[0];
                numbers[at] = i + 1;
                Fr.mul(step, 0, small, 0, step, 0);
            }
        }

        /** Where a key is, or is to be put. The lowest words of so few elements are taken to be different; the results are checked. */
        private int place(long key) {
            int at = (int) ((key * 0x9e3779b97f4a7c15L) >>> 32) & (keys.length - 1);
            while (numbers[at] != 0 && keys[at] != key) {
                at = (at + 1) & (keys.length - 1);
            }
            return at;
        }

        /** Logarithm modulo the prime power. */
        long logarithm(long[] x) {
            long[] rest = power(x, cofactor);
            long logarithm = 0;
            long weight = 1;
            for (int digit = 0; digit < exponent; digit++) {
                long value = digit(power(rest, BigInteger.valueOf(prime).pow(exponent - 1 - digit)));
                logarithm += value * weight;
                Fr.mul(rest, 0, power(inverse, BigInteger.valueOf(value * weight)), 0, rest, 0);
                weight *= prime;
            }
            return logarithm;
        }

        private long digit(long[] x) {
            for (long first = 0; first < prime; first += steps) {
                int number = numbers[place(x[0])];
                if (number != 0) {
                    return first + number - 1;
                }
                Fr.mul(x, 0, giant, 0, x, 0);
            }
            throw new IllegalStateException("no logarithm to the base of 7");
        }
    }
}
