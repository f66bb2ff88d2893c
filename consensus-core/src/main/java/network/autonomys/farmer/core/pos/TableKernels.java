package network.autonomys.farmer.core.pos;

/**
 * The hashing of proof-of-space tables on {@code lanes} independent inputs at a time. There is one implementation per vector width, and
 * all give the same results. Internal to proof of space.
 *
 * <p>Table entries are four ints: the parents (or x), {@code r << 16 |} bits 64 to 79 of the metadata, bits 32 to 63, bits 0 to 31.
 * Of a <em>staged</em> pair the left entry holds, instead of its own parents, those of the new entry: {@code bucket << 18 | left place << 9 | right place};
 * word 0 of the right one means nothing.
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
     * f_t on staged pairs (proof-of-space §1.4).
     *
     * @param table 2 to 7
     * @param left staged left entries, {@code groups * lanes} of them
     * @param right staged right entries
     * @param out receives the new entries; for table 7 only the parents, one int each
     * @param buckets receives the bucket of each new entry; for table 7 its y
     */
    void hash(int table, int[] left, int[] right, int groups, int[] out, int[] buckets);

    /**
     * The same results as {@link #hash} by code of which little has to be compiled: that takes a second instead of ten, and is a fifteenth slower
     * from then on. For proofs, of which the first may count already.
     */
    default void hashAtOnce(int table, int[] left, int[] right, int groups, int[] out, int[] buckets) {
        hash(table, left, right, groups, out, buckets);
    }

    /**
     * BLAKE3 of one proof per lane.
     *
     * @param words word w (little-endian) of the proof in lane l at {@code w * lanes + l}, for 40 words; words 40 to 47 are zeros
     * @param out receives word w of the hash in lane l at {@code w * lanes + l}
     */
    void hashProofs(int[] words, int[] out);

    /**
     * One level of the way from table entries down to their x.
     *
     * @param nodes n pairs of parents
     * @param parents the parents (or x) of the table below, by position
     * @param out receives 2 n: those of the left and of the right parent of each node
     */
    void expand(int[] nodes, int n, int[] parents, int[] out);

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
