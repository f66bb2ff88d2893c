package network.autonomys.farmer.core.pos;

/**
 * A bucket, row or pair of buckets holds more than the fast builder provides for. Expected once in 10^10 records; the record is then built
 * by {@link ExactTables} (proof-of-space §1.6).
 */
final class CapacityExceededException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CapacityExceededException(String what) {
        super(what);
    }
}
