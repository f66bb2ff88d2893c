package network.autonomys.farmer.runtime.engine;

import java.lang.foreign.MemorySegment;
import network.autonomys.farmer.core.engine.ProofTable;
import network.autonomys.farmer.core.engine.RecordEngine;
import network.autonomys.farmer.core.pos.PosVersion;

/**
 * Cards that encode records of the first rule, and a processor for those of the second, whose tables want an order: cards can do these too, at a price that
 * has not been measured (docs/decisions/0011). Tables and proofs of both are the cards'. Both engines are closed by their owners.
 */
record OrderedOnProcessor(RecordEngine cards, RecordEngine processor) implements RecordEngine {
    @Override
    public void encode(
            PosVersion version,
            int n,
            MemorySegment seeds,
            MemorySegment records,
            MemorySegment out,
            MemorySegment bitfields) {
        (version == PosVersion.V2 ? processor : cards).encode(version, n, seeds, records, out, bitfields);
    }

    @Override
    public ProofTable table(PosVersion version, byte[] seed) {
        return cards.table(version, seed);
    }

    @Override
    public boolean findProof(PosVersion version, byte[] seed, int sBucket, byte[] proof) {
        return cards.findProof(version, seed, sBucket, proof);
    }

    @Override
    public void close() {
        // Whoever made them closes them.
    }
}
