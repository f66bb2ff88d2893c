package network.autonomys.farmer.core.engine;

import java.lang.foreign.MemorySegment;

/**
 * The canonical proofs of space of one seed.
 *
 * <p>A table is used by one thread at a time and keeps its engine's memory until it is closed. Every method but {@link #close} throws
 * {@link IllegalStateException} after that.
 */
public interface ProofTable extends AutoCloseable {
    /** s-buckets of a record, and so challenges that matter to a farm. */
    int S_BUCKETS = 65_536;

    /** Length of a proof in bytes. */
    int PROOF_BYTES = 160;

    /** Length in bytes of a set of s-buckets: bit s is byte s / 8, bit s % 8. */
    int BITFIELD_BYTES = S_BUCKETS / 8;

    /**
     * Writes the canonical proof of an s-bucket (proof-of-space §1.7, §1.8).
     *
     * @param sBucket 0 to 65 535
     * @param proof 160 bytes, left as they are where there is no proof
     * @return whether there is a proof; with V2 there is none after the 32 768th s-bucket that has one
     * @throws IllegalArgumentException where the s-bucket or the length of {@code proof} is out of range
     */
    boolean findProof(int sBucket, byte[] proof);

    /**
     * Hashes the proofs of all s-buckets: what decoding a record needs.
     *
     * @param hashes 65 536 × 32 bytes; the hash (BLAKE3) of the proof of s at 32 s, zeros where there is none
     * @param found 8192 bytes, the s-buckets that have a proof
     * @throws IllegalArgumentException where a buffer has another size
     */
    void proofHashes(MemorySegment hashes, MemorySegment found);

    /** Gives the table's memory back. Closing twice is allowed. */
    @Override
    void close();
}
