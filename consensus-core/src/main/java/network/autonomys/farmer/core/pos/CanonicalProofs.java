package network.autonomys.farmer.core.pos;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import network.autonomys.farmer.core.engine.ProofTable;

/** The chosen entries of table 7 by s-bucket; where the tables lie is for the subclasses. */
abstract class CanonicalProofs implements ProofTable {
    /** In place of a root: the s-bucket has no proof. */
    static final int NONE = -1;

    private static final int HASH_BYTES = 32;

    private final int[] roots;
    private final Runnable release;
    private boolean closed;

    /**
     * The proofs of a seed.
     *
     * @param roots what leads to the leaves, by s-bucket, or {@link #NONE}
     * @param release gives the tables' memory back; run once
     */
    CanonicalProofs(int[] roots, Runnable release) {
        this.roots = roots;
        this.release = release;
    }

    /** Writes the proof that a root leads to. */
    abstract void writeProof(int root, byte[] proof);

    /** Writes the hashes of the proofs of n s-buckets, each at 32 s. */
    abstract void hash(int[] roots, int[] sBuckets, int n, MemorySegment target);

    @Override
    public boolean findProof(int sBucket, byte[] proof) {
        checkOpen();
        if (sBucket < 0 || sBucket >= S_BUCKETS || proof.length != PROOF_BYTES) {
            throw new IllegalArgumentException(
                    "s-bucket " + sBucket + ", proof of " + proof.length + " bytes: not below 65536, not 160");
        }
        if (roots[sBucket] == NONE) {
            return false;
        }
        writeProof(roots[sBucket], proof);
        return true;
    }

    @Override
    public void proofHashes(MemorySegment hashes, MemorySegment found) {
        hashFirst(S_BUCKETS, hashes, found);
    }

    /** As {@link #proofHashes}, for the first s-buckets that have a proof only: at most {@code limit}. */
    void hashFirst(int limit, MemorySegment hashes, MemorySegment found) {
        checkOpen();
        if (hashes.byteSize() != (long) S_BUCKETS * HASH_BYTES || found.byteSize() != BITFIELD_BYTES) {
            throw new IllegalArgumentException("buffers of " + hashes.byteSize() + " and " + found.byteSize()
                    + " bytes, not of " + S_BUCKETS * HASH_BYTES + " and " + BITFIELD_BYTES);
        }
        hashes.fill((byte) 0);
        found.fill((byte) 0);
        int[] sBuckets = new int[S_BUCKETS];
        int n = 0;
        for (int s = 0; s < S_BUCKETS && n < limit; s++) {
            if (roots[s] != NONE) {
                sBuckets[n++] = s;
                long at = s >> 3;
                int bits = found.get(ValueLayout.JAVA_BYTE, at) | (1 << (s & 7));
                found.set(ValueLayout.JAVA_BYTE, at, (byte) bits);
            }
        }
        hash(roots, sBuckets, n, hashes);
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the table is closed");
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            release.run();
        }
    }
}
