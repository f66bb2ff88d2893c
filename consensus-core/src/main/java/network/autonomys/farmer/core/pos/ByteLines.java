package network.autonomys.farmer.core.pos;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The line method in plain Java: eight bytes, each below 127, in a {@code long}. */
final class ByteLines {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long SEVEN_BITS = 0x7F7F7F7F7F7F7F7FL;
    private static final long TOP_BITS = 0x8080808080808080L;

    /** Of 64 positions the first n, in the order of {@link #equal}: bit 8 (k mod 8) + k / 8. */
    private static final long[] FIRST = new long[65];

    static {
        for (int n = 0; n < 64; n++) {
            FIRST[n + 1] = FIRST[n] | (1L << (8 * (n & 7) + (n >> 3)));
        }
    }

    private ByteLines() {}

    /** values + steps mod 127 in each byte: 127 is 2^7 - 1, so a carry out of 7 bits comes back in at the bottom. */
    static void advance(byte[] values, byte[] steps, int from, int end) {
        for (int k = from; k < end; k += 8) {
            long sum = (long) EIGHT.get(values, k) + (long) EIGHT.get(steps, k);
            EIGHT.set(values, k, (sum + (((sum + ONES) >>> 7) & ONES)) & SEVEN_BITS);
        }
    }

    /** Matches of the left entries of one row, see {@link TableKernels#matchLines}. */
    static int matchRow(byte[] t, int fromLeft, int toLeft, byte[] values, int from, int to, int[] hits, int hitCount) {
        int n = hitCount;
        for (int l = fromLeft; l < toLeft && n <= TableKernels.MAX_MATCHES; l++) {
            long eight = t[l] * ONES;
            for (int base = from; base < to; base += 64) {
                long mask = equal(values, base, eight) & FIRST[Math.min(64, to - base)];
                while (mask != 0) {
                    int bit = Long.numberOfTrailingZeros(mask);
                    hits[n++] = (l << 16) | (base + 8 * (bit & 7) + (bit >> 3));
                    mask &= mask - 1;
                }
            }
        }
        return n;
    }

    /** Which of 64 bytes equal those of {@code eight}. */
    private static long equal(byte[] values, int from, long eight) {
        long different = 0;
        for (int j = 0; j < 8; j++) {
            different |= ((((long) EIGHT.get(values, from + 8 * j) ^ eight) + SEVEN_BITS) & TOP_BITS) >>> (7 - j);
        }
        return ~different;
    }
}
