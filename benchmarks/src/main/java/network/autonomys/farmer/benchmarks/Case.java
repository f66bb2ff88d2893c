package network.autonomys.farmer.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A benchmark.
 *
 * @param operations how many operations one run of the work does; times are per operation
 * @param baselineOperations the same of the baseline, which may do less where it is slow
 * @param clock what is timed
 * @param ours the work
 * @param baseline the same work in another way; null where there is nothing to compare with
 * @param baselineName what that way is
 * @param elsewhere the reference's figure for the operation on other machines, or empty; absolute figures of different machines do not compare
 * @param details what else is known of the last runs of the work, by their number
 */
record Case(
        long operations,
        long baselineOperations,
        Clock clock,
        Work ours,
        @Nullable Work baseline,
        String baselineName,
        String elsewhere,
        IntFunction<Details> details) {
    /**
     * What more there is to say than a time.
     *
     * @param lines for people
     * @param figures by name
     */
    record Details(List<String> lines, Map<String, Double> figures) {
        /** Nothing. */
        static final Details NONE = new Details(List.of(), Map.of());
    }

    /** What is timed. */
    enum Clock {
        /** Processor time of the calling thread. */
        THREAD,
        /** Time on the wall: for work of several threads. */
        WALL
    }

    /** Work of one thread. */
    static Case of(Work ours) {
        return new Case(1, 1, Clock.THREAD, ours, null, "", "", runs -> Details.NONE);
    }

    Case against(String name, Work other) {
        return new Case(operations, baselineOperations, clock, ours, other, name, elsewhere, details);
    }

    /** The same without a baseline. */
    Case alone() {
        return new Case(operations, operations, clock, ours, null, "", elsewhere, details);
    }

    /** How many operations one run is, of either work. */
    Case operations(long number) {
        return new Case(number, number, clock, ours, baseline, baselineName, elsewhere, details);
    }

    Case baselineOperations(long number) {
        return new Case(operations, number, clock, ours, baseline, baselineName, elsewhere, details);
    }

    Case onTheWall() {
        return new Case(operations, baselineOperations, Clock.WALL, ours, baseline, baselineName, elsewhere, details);
    }

    Case elsewhere(String figure) {
        return new Case(operations, baselineOperations, clock, ours, baseline, baselineName, figure, details);
    }

    Case details(IntFunction<Details> known) {
        return new Case(operations, baselineOperations, clock, ours, baseline, baselineName, elsewhere, known);
    }
}
