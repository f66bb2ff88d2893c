package network.autonomys.farmer.core.kzg;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.IntConsumer;
import network.autonomys.farmer.core.field.Fr;

/** Jacobian points and the two halves of a transform on them. One thread begins each step, which others may help with. */
final class PointVector {
    /** Butterflies that a thread takes at a time. */
    private static final int AT_ONCE = 16;

    private final MemorySegment points;

    /** So many points, all infinity. */
    PointVector(Arena arena, int count) {
        points = arena.allocate((long) Blst.P1 * count, Blst.ALIGN);
    }

    MemorySegment at(int index) {
        return points.asSlice((long) Blst.P1 * index, Blst.P1);
    }

    /** Copies some of another vector's points. */
    void copy(PointVector other, int from, int to, int count) {
        MemorySegment.copy(other.points, (long) Blst.P1 * from, points, (long) Blst.P1 * to, (long) Blst.P1 * count);
    }

    /** Replaces points by their multiples by entries of a table of elements. */
    void multiplyEach(int count, long[] table, IntToEntry entries, ParallelLoop loop) {
        steps(count, loop, (i, work) -> multiply(i, table, entries.of(i), work));
    }

    /** Which entry of a table belongs to a point. */
    interface IntToEntry {
        int of(int index);
    }

    private void multiply(int index, long[] table, int entry, MemorySegment work) {
        long[] element = Arrays.copyOfRange(table, Fr.WORDS * entry, Fr.WORDS * (entry + 1));
        G1.scalar(element, work, 0);
        Blst.multiplyG1(at(index), at(index), work.asSlice(0, Blst.SCALAR));
    }

    /** (u, v) becomes (u + w v, u - w v); entry 0 of a table of powers is 1. */
    private void butterfly(int u, int v, long[] powers, int power, MemorySegment work) {
        if (power != 0) {
            multiply(v, powers, power, work);
        }
        MemorySegment product = work.asSlice(Blst.ALIGN, Blst.P1);
        product.copyFrom(at(v));
        Blst.negateG1(at(v));
        Blst.addG1(at(v), at(u), at(v));
        Blst.addG1(at(u), at(u), product);
    }

    private interface Step {
        void run(int index, MemorySegment work);
    }

    private static void steps(int count, ParallelLoop loop, Step step) {
        loop.forEach((count + AT_ONCE - 1) / AT_ONCE, part(count, step));
    }

    private static IntConsumer part(int count, Step step) {
        return part -> {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment work = arena.allocate(Blst.ALIGN + (long) Blst.P1, Blst.ALIGN);
                for (int i = part * AT_ONCE; i < Math.min(count, (part + 1) * AT_ONCE); i++) {
                    step.run(i, work);
                }
            }
        };
    }

    /** Values in reversed order from coefficients in natural order. */
    void toReversed(int log, long[] powers, ParallelLoop loop) {
        for (int layer = 0; layer < log; layer++) {
            int logHalf = log - 1 - layer;
            steps(1 << (log - 1), loop, (j, work) -> {
                int i = j >>> logHalf;
                int k = (i << (logHalf + 1)) + (j & ((1 << logHalf) - 1));
                butterfly(k, k + (1 << logHalf), powers, reverse(i, log - 1), work);
            });
        }
    }

    /** Values in natural order from coefficients in reversed order. */
    void fromReversed(int log, long[] powers, ParallelLoop loop) {
        for (int layer = 0; layer < log; layer++) {
            int half = 1 << layer;
            int step = log - 1 - layer;
            steps(1 << (log - 1), loop, (j, work) -> {
                int k = j & (half - 1);
                int u = 2 * (j - k) + k;
                butterfly(u, u + half, powers, k << step, work);
            });
        }
    }

    /** first · base^i for i below count, in the form of {@link Fr}. */
    static long[] powers(long[] first, long[] base, int count) {
        long[] powers = new long[Fr.WORDS * count];
        System.arraycopy(first, 0, powers, 0, Fr.WORDS);
        for (int i = 1; i < count; i++) {
            Fr.mul(powers, Fr.WORDS * (i - 1), base, 0, powers, Fr.WORDS * i);
        }
        return powers;
    }

    static int reverse(int index, int bits) {
        return bits == 0 ? 0 : Integer.reverse(index) >>> (32 - bits);
    }
}
