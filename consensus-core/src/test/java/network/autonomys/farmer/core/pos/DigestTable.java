package network.autonomys.farmer.core.pos;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.IntPredicate;
import network.autonomys.farmer.core.engine.ProofTable;
import network.autonomys.farmer.core.hash.Blake3;

/**
 * The reference's tables for tests: the proof of a challenge is seed and four times its digest, and whether there is one depends on the
 * digest's bytes' sum modulo 3 (proof-of-space §1.11; README of the vectors for the sparse one).
 */
public final class DigestTable implements ProofTable {
    private final byte[] seed;
    private final IntPredicate present;

    private DigestTable(byte[] seed, IntPredicate present) {
        this.seed = seed;
        this.present = present;
    }

    public static DigestTable shim(byte[] seed) {
        return new DigestTable(seed, sum -> sum % 3 != 0);
    }

    public static DigestTable sparse(byte[] seed) {
        return new DigestTable(seed, sum -> sum % 3 == 0);
    }

    static boolean isShimProof(byte[] seed, int challenge, byte[] proof) {
        return shim(seed).isProof(challenge, proof);
    }

    /** Whether these 160 bytes are this table's proof of a challenge. */
    public boolean isProof(int challenge, byte[] proof) {
        byte[] expected = new byte[PROOF_BYTES];
        return proof(challenge, expected) && Arrays.equals(expected, proof);
    }

    private boolean proof(int challenge, byte[] proof) {
        byte[] le32 = {(byte) challenge, (byte) (challenge >> 8), (byte) (challenge >> 16), (byte) (challenge >> 24)};
        byte[] digest = Blake3.hash(le32);
        int sum = 0;
        for (byte b : digest) {
            sum += b & 0xFF;
        }
        if (!present.test(sum)) {
            return false;
        }
        System.arraycopy(seed, 0, proof, 0, 32);
        for (int i = 32; i < PROOF_BYTES; i += 32) {
            System.arraycopy(digest, 0, proof, i, 32);
        }
        return true;
    }

    @Override
    public boolean findProof(int sBucket, byte[] proof) {
        return proof(sBucket, proof);
    }

    @Override
    public void proofHashes(MemorySegment hashes, MemorySegment found) {
        byte[] bits = new byte[BITFIELD_BYTES];
        byte[] proof = new byte[PROOF_BYTES];
        for (int s = 0; s < S_BUCKETS; s++) {
            byte[] hash = new byte[32];
            if (proof(s, proof)) {
                hash = Blake3.hash(proof);
                bits[s >> 3] |= (byte) (1 << (s & 7));
            }
            MemorySegment.copy(MemorySegment.ofArray(hash), 0, hashes, 32L * s, 32);
        }
        found.copyFrom(MemorySegment.ofArray(bits));
    }

    @Override
    public void close() {}
}
