package network.autonomys.farmer.core.pos;

import java.util.Arrays;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;

/** Moves entries as vectors of 128 bits, which every machine with vectors has. */
final class VectorMover implements EntryMover {
    private static final VectorSpecies<Integer> ENTRY = IntVector.SPECIES_128;
    private static final VectorSpecies<Short> EIGHT = ShortVector.SPECIES_128;

    private final int[] rowCount = new int[128];
    private final short[] slots = new short[PosParameters.B * ROW_ROOM];

    @Override
    public void sortRows(int[] entries, int base, int n, RowBucket target) {
        distribute(entries, base, n, rowCount, slots);
        collect(rowCount, slots, target.rowStart, target.order);
        copy(entries, base, n, target.order, target.entries);
    }

    private static void distribute(int[] entries, int base, int n, int[] rowCount, short[] slots) {
        Arrays.fill(rowCount, 0);
        for (int i = 0, p = base * 4 + 1; i < n; i++, p += 4) {
            int row = PosParameters.rowOf(entries[p] >>> 16);
            int k = rowCount[row];
            if (k == ROW_ROOM) {
                throw new CapacityExceededException("row of more than " + ROW_ROOM + " entries");
            }
            rowCount[row] = k + 1;
            slots[row * ROW_ROOM + k] = (short) i;
        }
    }

    private static void collect(int[] rowCount, short[] slots, int[] rowStart, short[] order) {
        int at = 0;
        for (int row = 0; row < PosParameters.B; row++) {
            int count = rowCount[row];
            rowStart[row] = at;
            // Eight at once: what is too much is overwritten by the next row.
            ShortVector.fromArray(EIGHT, slots, row * ROW_ROOM).intoArray(order, at);
            if (count > 8) {
                System.arraycopy(slots, row * ROW_ROOM + 8, order, at + 8, count - 8);
            }
            at += count;
        }
        rowStart[PosParameters.B] = at;
    }

    private static void copy(int[] entries, int base, int n, short[] order, int[] target) {
        for (int i = 0; i < n; i++) {
            IntVector.fromArray(ENTRY, entries, (base + order[i]) * 4).intoArray(target, 4 * i);
        }
    }

    @Override
    public void extend(RowBucket bucket, int index) {
        int[] entries = bucket.entries;
        int n = bucket.size();
        int own = index << 18;
        for (int k = 0; k < n; k++) {
            entries[4 * k] = own | (k << 9);
        }
        System.arraycopy(entries, 0, entries, 4 * n, 4 * bucket.repeated());
    }

    @Override
    public void stage(int[] hits, int n, int[] left, int[] right, int[] stagedLeft, int[] stagedRight, int staged) {
        for (int h = 0, s = staged * 4; h < n; h++, s += 4) {
            int hit = hits[h];
            IntVector.fromArray(ENTRY, left, (hit >>> 16) * 4).intoArray(stagedLeft, s);
            IntVector.fromArray(ENTRY, right, (hit & 0xFFFF) * 4).intoArray(stagedRight, s);
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
            IntVector.fromArray(ENTRY, out, 4 * i).intoArray(entries, (bucket * TableWorkspace.CAPACITY + k) * 4);
        }
    }
}
