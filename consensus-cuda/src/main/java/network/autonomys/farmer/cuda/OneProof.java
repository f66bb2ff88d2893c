package network.autonomys.farmer.cuda;

import network.autonomys.farmer.core.engine.ProofTable;

/** What a card says of one s-bucket: its proof, or that it has none. */
final class OneProof {
    private final byte[] proof = new byte[ProofTable.PROOF_BYTES];
    private boolean there;

    /** Takes the card's answer. */
    void set(boolean isThere) {
        there = isThere;
    }

    boolean isThere() {
        return there;
    }

    /** 160 bytes, of no meaning where there is no proof. */
    byte[] proof() {
        return proof;
    }
}
