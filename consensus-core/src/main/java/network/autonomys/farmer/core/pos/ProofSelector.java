package network.autonomys.farmer.core.pos;

import static network.autonomys.farmer.core.pos.CanonicalProofs.NONE;
import static network.autonomys.farmer.core.pos.PosParameters.LEAVES;
import static network.autonomys.farmer.core.pos.PosParameters.TABLES;

import java.util.Arrays;
import network.autonomys.farmer.core.engine.ProofTable;
import network.autonomys.farmer.core.engine.RecordEngine;

/** Picks the canonical entry of table 7 for each s-bucket. */
final class ProofSelector {
    private final TableWorkspace space;
    private final ProofExpander expander;

    ProofSelector(TableWorkspace space, ProofExpander expander) {
        this.space = space;
        this.expander = expander;
    }

    /**
     * Which of {@link LastEntries} is chosen, by s-bucket; {@link CanonicalProofs#NONE} where there is none.
     *
     * @param roots receives 65 536 values
     */
    void select(PosVersion version, int[] roots) {
        Arrays.fill(roots, NONE);
        if (version == PosVersion.V1) {
            smallest(space.part.last, roots);
        } else {
            firstFound(space.part.last, roots);
        }
    }

    /** V1: the smallest y, and among equals the smallest left, then right parent in the order of entries (proof-of-space §1.6). */
    private void smallest(LastEntries last, int[] roots) {
        for (int i = 0; i < last.count(); i++) {
            int s = PosParameters.sBucketOf(last.y[i]);
            if (roots[s] == NONE || compare(last, i, roots[s]) < 0) {
                roots[s] = i;
            }
        }
    }

    private int compare(LastEntries last, int a, int b) {
        int order = Integer.compare(last.y[a], last.y[b]);
        if (order == 0) {
            order = Integer.compare(last.leftY[a], last.leftY[b]);
        }
        return order != 0 ? order : compareLeaves(a, b);
    }

    private int compareLeaves(int a, int b) {
        return new ProofOrder(space.keystream).compare(TABLES, leaves(a), leaves(b), 0);
    }

    private int[] leaves(int root) {
        byte[] proof = new byte[ProofTable.PROOF_BYTES];
        expander.writeProof(root, proof);
        int[] leaves = new int[LEAVES];
        PosParameters.readProof(proof, leaves);
        return leaves;
    }

    /** V2: the first emitted, and only the first 32 768 s-buckets that have one (proof-of-space §2.1). */
    private static void firstFound(LastEntries last, int[] roots) {
        for (int i = 0; i < last.count(); i++) {
            int s = PosParameters.sBucketOf(last.y[i]);
            if (roots[s] == NONE) {
                roots[s] = i;
            }
        }
        int found = 0;
        for (int s = 0; s < ProofTable.S_BUCKETS; s++) {
            found += roots[s] == NONE ? 0 : 1;
            roots[s] = found > RecordEngine.RECORD_CHUNKS ? NONE : roots[s];
        }
    }
}
