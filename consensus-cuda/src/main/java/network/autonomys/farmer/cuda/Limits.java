package network.autonomys.farmer.cuda;

/**
 * How much a table may hold before its record goes to the processor (proof-of-space §1.6).
 *
 * @param bucket entries in a bucket, at most 384, for which there is memory
 * @param pair matches of a pair of buckets, at most 512, above which V1's own rule would drop some
 */
record Limits(int bucket, int pair) {
    static final Limits OF_MEMORY = new Limits(384, 512);
}
