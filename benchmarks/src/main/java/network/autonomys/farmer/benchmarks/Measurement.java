package network.autonomys.farmer.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Times a case: ours and the baseline in turns, so that a machine whose speed drifts hits both, and the ratio pair by pair.
 */
final class Measurement {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    /** Runs are grouped until they take so long; the clock of a thread is coarse. */
    private static final long GROUP_NANOS = 20_000_000;

    private static final int MOST_ROUNDS = 15;
    private static final int LEAST_ROUNDS = 3;
    /** Work that takes so long is warm after its first run, and measured once. */
    private static final long LONG_NANOS = 8_000_000_000L;

    private final Duration warmUp;
    private final Duration budget;

    /** What kept the results from being optimised away. */
    @SuppressWarnings("UnusedVariable")
    private @Nullable Object sink;

    /**
     * A way of measuring.
     *
     * @param warmUp of each of both works; at least two runs, if one does not take many seconds
     * @param budget after which no further round begins; three rounds are done in any case, or one where it takes many seconds
     */
    Measurement(Duration warmUp, Duration budget) {
        this.warmUp = warmUp;
        this.budget = budget;
    }

    /**
     * Nanoseconds per operation.
     *
     * @param best of all rounds
     * @param median of all rounds
     * @param baseline the median of the baseline, empty without one
     * @param ratio the median of baseline / ours of each round
     * @param rounds how many
     * @param garbage bytes of the heap that ours took on the calling thread for an operation: the least of all rounds. Vectors come to lie there where a kernel
     *     was not compiled as it should be, several bytes for each nanosecond
     */
    record Figures(
            double best, double median, OptionalDouble baseline, OptionalDouble ratio, int rounds, double garbage) {}

    Figures measure(Case benchmark) throws Exception {
        Work baseline = benchmark.baseline();
        int group = warmUp(benchmark.ours());
        int baselineGroup = baseline == null ? group : warmUp(baseline);
        int leastRounds = Math.min(group, baselineGroup) == 0 ? 1 : LEAST_ROUNDS;
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        List<Double> garbage = new ArrayList<>();
        long end = System.nanoTime() + budget.toNanos();
        while (ours.size() < leastRounds || (ours.size() < MOST_ROUNDS && System.nanoTime() < end)) {
            long allocated = THREADS.getCurrentThreadAllocatedBytes();
            double mine = time(benchmark.ours(), group, benchmark.clock()) / benchmark.operations();
            allocated = THREADS.getCurrentThreadAllocatedBytes() - allocated;
            garbage.add((double) allocated / Math.max(1, group) / benchmark.operations());
            ours.add(mine);
            if (baseline != null) {
                double other = time(baseline, baselineGroup, benchmark.clock()) / benchmark.baselineOperations();
                theirs.add(other);
                ratios.add(other / mine);
            }
        }
        return new Figures(
                Collections.min(ours),
                median(ours).orElseThrow(),
                median(theirs),
                median(ratios),
                ours.size(),
                Collections.min(garbage));
    }

    /** Runs for a while; how many runs make a group, 0 where one takes many seconds. */
    private int warmUp(Work work) throws Exception {
        long begin = System.nanoTime();
        int runs = 0;
        while (runs < 2 || System.nanoTime() - begin < warmUp.toNanos()) {
            sink = work.run();
            runs++;
            if (System.nanoTime() - begin > LONG_NANOS * runs) {
                return 0;
            }
        }
        long last = System.nanoTime();
        sink = work.run();
        long one = Math.max(1, System.nanoTime() - last);
        return Math.clamp(GROUP_NANOS / one, 1, 1_000_000);
    }

    private double time(Work work, int group, Case.Clock clock) throws Exception {
        int runs = Math.max(1, group);
        long begin = now(clock);
        for (int i = 0; i < runs; i++) {
            sink = work.run();
        }
        return (double) (now(clock) - begin) / runs;
    }

    private static long now(Case.Clock clock) {
        return clock == Case.Clock.WALL ? System.nanoTime() : THREADS.getCurrentThreadCpuTime();
    }

    private static OptionalDouble median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(v -> v).sorted().toArray();
        int n = sorted.length;
        return n == 0 ? OptionalDouble.empty() : OptionalDouble.of((sorted[(n - 1) / 2] + sorted[n / 2]) / 2);
    }
}
