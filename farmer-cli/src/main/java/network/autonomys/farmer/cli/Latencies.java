package network.autonomys.farmer.cli;

import java.util.Arrays;

/** Times of single things, of which quantiles are wanted in the end. Thread-safe. */
final class Latencies {
    private long[] nanos = new long[1024];
    private int count;

    synchronized void add(long time) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = time;
    }

    /** The time, in milliseconds, that a share of all did not exceed; 0 where there is none. */
    synchronized double quantileMillis(double share) {
        if (count == 0) {
            return 0;
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return sorted[Math.clamp((long) Math.ceil(share * count) - 1, 0, count - 1)] / 1e6;
    }
}
