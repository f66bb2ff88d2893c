package network.autonomys.farmer.cuda;

import java.lang.foreign.MemorySegment;
import network.autonomys.farmer.core.engine.ProofTable;

/** All proofs of a seed, fetched from the card, which is free for others meanwhile. */
final class HostProofTable implements ProofTable {
    private final byte[] proofs = new byte[SlotMemory.PROOFS];
    private final byte[] hashes = new byte[SlotMemory.HASHES];
    private final byte[] found = new byte[SlotMemory.BITFIELD];
    private boolean closed;

    byte[] proofs() {
        return proofs;
    }

    byte[] hashes() {
        return hashes;
    }

    byte[] found() {
        return found;
    }

    @Override
    public boolean findProof(int sBucket, byte[] proof) {
        checkOpen();
        if (sBucket < 0 || sBucket >= S_BUCKETS || proof.length != PROOF_BYTES) {
            throw new IllegalArgumentException(
                    "s-bucket " + sBucket + ", proof of " + proof.length + " bytes: not below 65536, not 160");
        }
        if (((found[sBucket >> 3] >> (sBucket & 7)) & 1) == 0) {
            return false;
        }
        System.arraycopy(proofs, sBucket * PROOF_BYTES, proof, 0, PROOF_BYTES);
        return true;
    }

    @Override
    public void proofHashes(MemorySegment hashes, MemorySegment found) {
        checkOpen();
        if (hashes.byteSize() != this.hashes.length || found.byteSize() != this.found.length) {
            throw new IllegalArgumentException("buffers of " + hashes.byteSize() + " and " + found.byteSize()
                    + " bytes, not of " + this.hashes.length + " and " + this.found.length);
        }
        hashes.copyFrom(MemorySegment.ofArray(this.hashes));
        found.copyFrom(MemorySegment.ofArray(this.found));
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the table is closed");
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
