package network.autonomys.farmer.benchmarks;

/** What is timed. */
@FunctionalInterface
interface Work {
    /** Does it once and returns something that depends on all of it, so that it cannot be left out, and that equals what the baseline gives. */
    Object run() throws Exception;
}
