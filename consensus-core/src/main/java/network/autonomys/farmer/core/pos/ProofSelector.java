package network.autonomys.farmer.core.pos;

import static network.autonomys.farmer.core.pos.CanonicalProofs.NONE;
import static network.autonomys.farmer.core.pos.PosParameters.BC;
import static network.autonomys.farmer.core.pos.TableWorkspace.CAPACITY;
import static network.autonomys.farmer.core.pos.TableWorkspace.LEAVES_TABLE;

import java.util.Arrays;
import network.autonomys.farmer.core.engine.ProofTable;
import network.autonomys.farmer.core.engine.RecordEngine;

/** Picks the canonical entry of table 7 for each s-bucket. */
final class ProofSelector {
    private ProofSelector() {}

    /**
     * The parents of the chosen entry by s-bucket, {@link CanonicalProofs#NONE} where there is none.
     *
     * @param roots receives 65 536 values
     */
    static void select(TableWorkspace space, PosVersion version, int[] roots) {
        if (version == PosVersion.V1) {
            smallest(space, roots);
        } else {
            firstFound(space, roots);
        }
    }

    /** V1: the smallest y, and among equals the smallest left, then right parent in the order of entries (proof-of-space §1.6). */
    private static void smallest(TableWorkspace space, int[] roots) {
        int[] best = new int[ProofTable.S_BUCKETS];
        Arrays.fill(best, NONE);
        for (int i = 0; i < space.part.lastCount; i++) {
            int y = space.part.lastY[i];
            int s = PosParameters.sBucketOf(y);
            int j = best[s];
            if (j == NONE
                    || y < space.part.lastY[j]
                    || (y == space.part.lastY[j]
                            && compareParents(
                                            space,
                                            PosParameters.TABLES - 1,
                                            space.part.lastParents[i],
                                            space.part.lastParents[j])
                                    < 0)) {
                best[s] = i;
            }
        }
        for (int s = 0; s < ProofTable.S_BUCKETS; s++) {
            roots[s] = best[s] == NONE ? NONE : space.part.lastParents[best[s]];
        }
    }

    /** V2: the first emitted, and only the first 32 768 s-buckets that have one (proof-of-space §2.1). */
    private static void firstFound(TableWorkspace space, int[] roots) {
        Arrays.fill(roots, NONE);
        for (int i = 0; i < space.part.lastCount; i++) {
            int s = PosParameters.sBucketOf(space.part.lastY[i]);
            if (roots[s] == NONE) {
                roots[s] = space.part.lastParents[i];
            }
        }
        int found = 0;
        for (int s = 0; s < ProofTable.S_BUCKETS; s++) {
            found += roots[s] == NONE ? 0 : 1;
            roots[s] = found > RecordEngine.RECORD_CHUNKS ? NONE : roots[s];
        }
    }

    /** Compares two pairs of entries of a table: the lefts, then the rights. */
    private static int compareParents(TableWorkspace space, int table, int a, int b) {
        int order = compare(space, table, TableWorkspace.left(a), TableWorkspace.left(b));
        return order != 0 ? order : compare(space, table, TableWorkspace.right(a), TableWorkspace.right(b));
    }

    /** Compares two entries by position: y, then the parents. */
    private static int compare(TableWorkspace space, int table, int a, int b) {
        if (a == b) {
            return 0;
        }
        int order = Integer.compare(y(space, table, a), y(space, table, b));
        if (order != 0) {
            return order;
        }
        if (table == LEAVES_TABLE) {
            return new LeafOrder(space.keystream).compare(space.leaves, 4 * a, 4 * b);
        }
        int[] parents = space.parents[table];
        return compareParents(space, table - 1, parents[a], parents[b]);
    }

    private static int y(TableWorkspace space, int table, int position) {
        int remainder =
                table == LEAVES_TABLE ? space.leaves[4 * position + 1] >>> 16 : space.remainders[table][position];
        return position / CAPACITY * BC + remainder;
    }
}
