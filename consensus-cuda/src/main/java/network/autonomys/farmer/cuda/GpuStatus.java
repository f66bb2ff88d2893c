package network.autonomys.farmer.cuda;

/**
 * How a card is doing.
 *
 * @param state whether it takes work
 * @param reason why it does not, else empty
 * @param concurrency records that it can have in flight, 0 where it is not open
 * @param load records in flight and callers waiting
 * @param records records and tables done since the start
 * @param redone records that did not fit its tables and were computed on the processor
 * @param checked records that were computed on the processor as well and agreed
 * @param failures times it failed since the start
 * @param memoryUsed bytes that this process has on it
 */
public record GpuStatus(
        GpuInfo gpu,
        State state,
        String reason,
        int concurrency,
        int load,
        long records,
        long redone,
        long checked,
        long failures,
        long memoryUsed) {
    /** Whether a card takes work. */
    public enum State {
        /** It does. */
        READY,
        /** It failed and is tried again after a while. */
        FAILED,
        /** It failed too often. */
        LEFT_OUT
    }
}
