package network.autonomys.farmer.core.engine;

import java.lang.foreign.MemorySegment;
import network.autonomys.farmer.core.pos.PosVersion;

/**
 * Encodes records into the form in which sectors store them, and finds proofs of space.
 *
 * <p>Engines may be called from several threads at once; each call runs on the thread that makes it. Closing an engine while calls run or
 * tables are open is an error of the caller.
 */
public interface RecordEngine extends AutoCloseable {
    /** Source or stored chunks of a record. */
    int RECORD_CHUNKS = 32_768;

    /** Length of a record in bytes: 32 768 chunks of 32 bytes. */
    int RECORD_BYTES = RECORD_CHUNKS * 32;

    /** Length of a seed in bytes: the evaluation seed of (sector, piece offset). */
    int SEED_BYTES = 32;

    /**
     * Encodes records (proof-of-space §3). Each is extended to 65 536 chunks; the chunks of the first 32 768 s-buckets that have a proof are
     * stored under the hash of it, and where there are fewer, chunks of the lowest remaining s-buckets follow as they are.
     *
     * @param n number of records, at least 0
     * @param seeds 32 n bytes
     * @param records n × 1 MiB of source chunks, each a big-endian scalar below the field's modulus
     * @param out n × 1 MiB, receives the stored chunks: encoded ones in order of s-bucket, then the others in order of s-bucket; may not
     *     overlap {@code records}
     * @param bitfields 8192 n bytes, receives per record the s-buckets whose chunk is stored encoded
     * @throws IllegalArgumentException where a buffer is too short or a source chunk is not a scalar
     */
    void encode(
            PosVersion version,
            int n,
            MemorySegment seeds,
            MemorySegment records,
            MemorySegment out,
            MemorySegment bitfields);

    /**
     * Builds the table of a seed, for reading and proving. The caller closes it.
     *
     * @param seed 32 bytes
     * @throws IllegalArgumentException where the seed has another length
     */
    ProofTable table(PosVersion version, byte[] seed);

    /**
     * The canonical proof of one s-bucket, for one solution: what {@link #table} and its {@link ProofTable#findProof} would say, where an engine can at less cost.
     *
     * @param seed 32 bytes
     * @param sBucket 0 to 65 535
     * @param proof 160 bytes, left as they are where there is no proof
     * @return whether there is a proof
     * @throws IllegalArgumentException where a length or the s-bucket is out of range
     */
    default boolean findProof(PosVersion version, byte[] seed, int sBucket, byte[] proof) {
        try (ProofTable table = table(version, seed)) {
            return table.findProof(sBucket, proof);
        }
    }

    /** Frees the engine's memory. Closing twice is allowed. */
    @Override
    void close();
}
