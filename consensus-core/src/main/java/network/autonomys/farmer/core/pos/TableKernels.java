package network.autonomys.farmer.core.pos;

/**
 * The hashing of proof-of-space tables on {@code lanes} independent inputs at a time. There is one implementation per vector width, and
 * all give the same results. Internal to proof of space.
 *
 * <p>Table entries are four ints: their number in the table (of no use in table 1), {@code r << 16 |} bits 64 to 79 of the metadata, bits 32 to 63,
 * bits 0 to 31.
 *
 * <p>Kernels hold scratch space: an instance belongs to one thread at a time.
 */
public interface TableKernels {
    /** Inputs per call or group. */
    int lanes();

    /**
     * One ChaCha8 block per lane, zero nonce (proof-of-space §1.2).
     *
     * @param key 8 little-endian words
     * @param counters block number of each lane
     * @param out receives word w (little-endian) of lane l at {@code w * lanes + l}
     */
    void keystream(int[] key, int[] counters, int[] out);

    /**
     * f_t on pairs of entries (proof-of-space §1.4).
     *
     * @param table 2 to 7
     * @param left left entries, {@code groups * lanes} of them
     * @param right right entries
     * @param bases y at which the bucket of each left entry begins
     * @param first number of the first new entry; the others follow
     * @param out receives the new entries; for table 7 nothing
     * @param buckets receives the bucket of each new entry; for table 7 its y
     */
    void hash(int table, int[] left, int[] right, int[] bases, int groups, int first, int[] out, int[] buckets);

    /**
     * The same results as {@link #hash} by code of which little has to be compiled: that takes a second instead of ten, and is a fifteenth slower
     * from then on. For proofs, of which the first may count already.
     */
    default void hashAtOnce(
            int table, int[] left, int[] right, int[] bases, int groups, int first, int[] out, int[] buckets) {
        hash(table, left, right, bases, groups, first, out, buckets);
    }

    /**
     * BLAKE3 of one proof per lane.
     *
     * @param words word w (little-endian) of the proof in lane l at {@code w * lanes + l}, for 40 words; words 40 to 47 are zeros
     * @param out receives word w of the hash in lane l at {@code w * lanes + l}
     */
    void hashProofs(int[] words, int[] out);

    /** Matches of a pair of buckets above which the fast builder gives the record up (proof-of-space §1.6). */
    int MAX_MATCHES = 512;

    /**
     * The matches of a pair of buckets by the line method of the package's line matcher.
     *
     * @param t of each left entry, in row order
     * @param leftStart where each row of the left bucket begins, 120 values
     * @param values of each right entry of the extended list at row 0; changed; 192 more bytes than entries can be read
     * @param steps by how much each value grows, modulo 127, from row to row
     * @param rightStart where each row of the extended list begins, 183 values
     * @param hits receives left entry &lt;&lt; 16 | right entry of the extended list; room for 512 and for all that one left entry can match
     * @return number of matches; where it is above {@link #MAX_MATCHES} there may be more
     */
    int matchLines(byte[] t, int[] leftStart, byte[] values, byte[] steps, int[] rightStart, int[] hits);
}
