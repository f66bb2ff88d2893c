package network.autonomys.farmer.core.kzg;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import network.autonomys.farmer.core.field.Fr;
import network.autonomys.farmer.core.types.Bytes;

/** Erasure coding of commitments (primitives §6.3): the extension of scalars (§6.1), carried out on points. */
public final class CommitmentExtension {
    private static final int MAX = 32_768;

    private CommitmentExtension() {}

    /**
     * Joins each commitment by that of the parity.
     *
     * @param source a power of two from 1 to 32 768 of compressed points
     * @return twice as many, source and parity in turns
     * @throws IllegalArgumentException where the number is no such power or one of them is no point
     */
    public static List<Bytes> extend(List<Bytes> source) {
        int n = source.size();
        if (n < 1 || n > MAX || Integer.bitCount(n) != 1) {
            throw new IllegalArgumentException(n + " is no power of two from 1 to " + MAX);
        }
        try (Arena arena = Arena.ofConfined()) {
            Points points = new Points(arena, n);
            for (int i = 0; i < n; i++) {
                points.read(i, source.get(i));
            }
            int log = Integer.numberOfTrailingZeros(n);
            long[] root = Fr.rootOfUnity(log);
            long[] inverse = new long[Fr.WORDS];
            Fr.inverse(root, 0, inverse, 0);
            points.toReversed(log, powers(Fr.element(1), inverse, n));
            long[] nth = new long[Fr.WORDS];
            Fr.inverse(Fr.element(n), 0, nth, 0);
            long[] shift = powers(nth, Fr.rootOfUnity(log + 1), n);
            for (int b = 0; b < n; b++) {
                points.multiply(b, shift, reverse(b, log));
            }
            points.fromReversed(log, powers(Fr.element(1), root, n));
            List<Bytes> extended = new ArrayList<>(2 * n);
            for (int i = 0; i < n; i++) {
                extended.add(source.get(i));
                extended.add(G1.write(points.at(i), arena));
            }
            return extended;
        }
    }

    private static long[] powers(long[] first, long[] base, int count) {
        long[] powers = new long[Fr.WORDS * count];
        System.arraycopy(first, 0, powers, 0, Fr.WORDS);
        for (int i = 1; i < count; i++) {
            Fr.mul(powers, Fr.WORDS * (i - 1), base, 0, powers, Fr.WORDS * i);
        }
        return powers;
    }

    private static int reverse(int index, int bits) {
        return bits == 0 ? 0 : Integer.reverse(index) >>> (32 - bits);
    }

    /** Jacobian points and the two halves of a transform on them. */
    private static final class Points {
        private final Arena arena;
        private final MemorySegment points;
        private final MemorySegment scalar;
        private final MemorySegment product;

        Points(Arena arena, int count) {
            this.arena = arena;
            points = arena.allocate((long) Blst.P1 * count, Blst.ALIGN);
            scalar = arena.allocate(Blst.SCALAR, Blst.ALIGN);
            product = arena.allocate(Blst.P1, Blst.ALIGN);
        }

        MemorySegment at(int index) {
            return points.asSlice((long) Blst.P1 * index, Blst.P1);
        }

        void read(int index, Bytes compressed) {
            MemorySegment affine = arena.allocate(Blst.P1_AFFINE, Blst.ALIGN);
            if (!G1.read(compressed, affine, arena)) {
                throw new IllegalArgumentException("commitment " + index + " is no point: " + compressed);
            }
            Blst.fromAffineG1(at(index), affine);
        }

        /** Multiplies a point by an entry of a table; entry 0 of a table of powers is 1. */
        void multiply(int index, long[] table, int entry) {
            long[] element = java.util.Arrays.copyOfRange(table, Fr.WORDS * entry, Fr.WORDS * (entry + 1));
            G1.scalar(element, scalar, 0);
            Blst.multiplyG1(at(index), at(index), scalar);
        }

        private void butterfly(int u, int v, long[] powers, int power) {
            if (power != 0) {
                multiply(v, powers, power);
            }
            product.copyFrom(at(v));
            Blst.negateG1(at(v));
            Blst.addG1(at(v), at(u), at(v));
            Blst.addG1(at(u), at(u), product);
        }

        /** Values in reversed order from coefficients in natural order. */
        void toReversed(int log, long[] powers) {
            for (int layer = 0; layer < log; layer++) {
                int half = 1 << (log - 1 - layer);
                for (int i = 0; i < 1 << layer; i++) {
                    for (int k = 2 * i * half; k < (2 * i + 1) * half; k++) {
                        butterfly(k, k + half, powers, reverse(i, log - 1));
                    }
                }
            }
        }

        /** Values in natural order from coefficients in reversed order. */
        void fromReversed(int log, long[] powers) {
            for (int layer = 0; layer < log; layer++) {
                int half = 1 << layer;
                for (int start = 0; start < 1 << log; start += 2 * half) {
                    for (int k = 0; k < half; k++) {
                        butterfly(start + k, start + k + half, powers, k << (log - 1 - layer));
                    }
                }
            }
        }
    }
}
