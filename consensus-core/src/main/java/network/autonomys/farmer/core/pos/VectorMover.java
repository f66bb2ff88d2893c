package network.autonomys.farmer.core.pos;

import java.util.Arrays;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/** Moves entries as vectors of 128 bits, which every machine with vectors has. */
final class VectorMover implements EntryMover {
    private static final VectorSpecies<Integer> ENTRY = IntVector.SPECIES_128;
    private static final int AT_ONCE = 2 * ENTRY.length();

    private final int[] rowCount = new int[128];
    private final int[] slots = new int[PosParameters.B * ROW_ROOM];

    @Override
    public void sortRows(short[] remainders, int from, int n, RowBucket target) {
        distribute(remainders, from, n, rowCount, slots);
        collect(rowCount, slots, target.rowStart, target.ordered);
        target.extend();
    }

    private static void distribute(short[] remainders, int from, int n, int[] rowCount, int[] slots) {
        Arrays.fill(rowCount, 0);
        for (int i = 0; i < n; i++) {
            int r = remainders[from + i];
            int row = PosParameters.rowOf(r);
            int k = rowCount[row];
            if (k == ROW_ROOM) {
                throw new CapacityExceededException("row of more than " + ROW_ROOM + " entries");
            }
            rowCount[row] = k + 1;
            slots[row * ROW_ROOM + k] = (r << 16) | i;
        }
    }

    private static void collect(int[] rowCount, int[] slots, int[] rowStart, int[] ordered) {
        int at = 0;
        for (int row = 0; row < PosParameters.B; row++) {
            int count = rowCount[row];
            int slot = row * ROW_ROOM;
            rowStart[row] = at;
            // Eight at once: what is too much is overwritten by the next row.
            IntVector.fromArray(ENTRY, slots, slot).intoArray(ordered, at);
            IntVector.fromArray(ENTRY, slots, slot + 4).intoArray(ordered, at + 4);
            if (count > AT_ONCE) {
                System.arraycopy(slots, slot + AT_ONCE, ordered, at + AT_ONCE, count - AT_ONCE);
            }
            at += count;
        }
        rowStart[PosParameters.B] = at;
    }

    @Override
    public void stage(
            int[] hits,
            int n,
            int bucket,
            RowBucket left,
            RowBucket right,
            int[] stagedLeft,
            int[] stagedRight,
            int staged) {
        copyHits(
                hits,
                n,
                bucket << 18,
                left.entries,
                left.ordered,
                right.entries,
                right.ordered,
                stagedLeft,
                stagedRight,
                staged * 4);
    }

    private static void copyHits(
            int[] hits,
            int n,
            int parents,
            int[] left,
            int[] leftOrder,
            int[] right,
            int[] rightOrder,
            int[] stagedLeft,
            int[] stagedRight,
            int at) {
        for (int h = 0, s = at; h < n; h++, s += 4) {
            int hit = hits[h];
            int l = leftOrder[hit >>> 16] & 0xFFFF;
            int r = rightOrder[hit & 0xFFFF] & 0xFFFF;
            IntVector.fromArray(ENTRY, left, l * 4).intoArray(stagedLeft, s);
            IntVector.fromArray(ENTRY, right, r * 4).intoArray(stagedRight, s);
            stagedLeft[s] = parents | (l << 9) | r;
        }
    }

    @Override
    public void scatter(int[] out, int[] buckets, int n, int[] entries, int[] counts, int limit, boolean drop) {
        for (int i = 0; i < n; i++) {
            int bucket = buckets[i];
            int k = counts[bucket];
            if (k >= limit) {
                if (drop) {
                    continue;
                }
                throw new CapacityExceededException("bucket of more than " + limit + " entries");
            }
            counts[bucket] = k + 1;
            IntVector.fromArray(ENTRY, out, 4 * i).intoArray(entries, TableWorkspace.entry(bucket, k) * 4);
        }
    }
}
