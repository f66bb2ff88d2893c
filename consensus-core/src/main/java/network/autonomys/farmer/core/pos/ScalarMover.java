package network.autonomys.farmer.core.pos;

import java.util.Arrays;

/** Moves entries word by word. */
final class ScalarMover implements EntryMover {
    private final int[] rowCount = new int[128];

    @Override
    public void sortRows(int[] entries, int base, int n, RowBucket target) {
        int[] start = target.rowStart;
        Arrays.fill(rowCount, 0);
        for (int i = 0; i < n; i++) {
            rowCount[PosParameters.rowOf(entries[(base + i) * 4 + 1] >>> 16)]++;
        }
        for (int row = 0, at = 0; row <= PosParameters.B; row++) {
            start[row] = at;
            at += rowCount[row];
            if (rowCount[row] > ROW_ROOM) {
                throw new CapacityExceededException("row of more than " + ROW_ROOM + " entries");
            }
            rowCount[row] = start[row];
        }
        for (int i = 0; i < n; i++) {
            int row = PosParameters.rowOf(entries[(base + i) * 4 + 1] >>> 16);
            int at = rowCount[row]++;
            target.order[at] = (short) i;
            copy(entries, (base + i) * 4, target.entries, 4 * at);
        }
    }

    @Override
    public void extend(RowBucket bucket, int index) {
        int n = bucket.size();
        for (int k = 0; k < n; k++) {
            bucket.entries[4 * k] = (index << 18) | (k << 9);
        }
        System.arraycopy(bucket.entries, 0, bucket.entries, 4 * n, 4 * bucket.repeated());
    }

    @Override
    public void stage(int[] hits, int n, int[] left, int[] right, int[] stagedLeft, int[] stagedRight, int staged) {
        for (int h = 0, s = staged * 4; h < n; h++, s += 4) {
            copy(left, (hits[h] >>> 16) * 4, stagedLeft, s);
            copy(right, (hits[h] & 0xFFFF) * 4, stagedRight, s);
        }
    }

    @Override
    public void scatter(int[] out, int[] buckets, int n, int[] entries, int[] counts, int limit, boolean drop) {
        for (int i = 0; i < n; i++) {
            int k = counts[buckets[i]];
            if (k < limit) {
                counts[buckets[i]] = k + 1;
                copy(out, 4 * i, entries, (buckets[i] * TableWorkspace.CAPACITY + k) * 4);
            } else if (!drop) {
                throw new CapacityExceededException("bucket of more than " + limit + " entries");
            }
        }
    }

    private static void copy(int[] from, int p, int[] to, int q) {
        to[q] = from[p];
        to[q + 1] = from[p + 1];
        to[q + 2] = from[p + 2];
        to[q + 3] = from[p + 3];
    }
}
