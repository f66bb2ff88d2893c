package network.autonomys.farmer.core.pos;

import java.util.Arrays;

/** Moves entries word by word. */
final class ScalarMover implements EntryMover {
    private final int[] rowCount = new int[128];

    @Override
    public void sortRows(short[] remainders, int from, int n, RowBucket target) {
        int[] start = target.rowStart;
        Arrays.fill(rowCount, 0);
        for (int i = 0; i < n; i++) {
            rowCount[PosParameters.rowOf(remainders[from + i])]++;
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
            int r = remainders[from + i];
            target.ordered[rowCount[PosParameters.rowOf(r)]++] = (r << 16) | i;
        }
        target.extend();
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
        for (int h = 0, s = staged * 4; h < n; h++, s += 4) {
            int l = left.place(hits[h] >>> 16);
            int r = right.place(hits[h] & 0xFFFF);
            copy(left.entries(), 4 * (left.first() + l), stagedLeft, s);
            copy(right.entries(), 4 * (right.first() + r), stagedRight, s);
            stagedLeft[s] = (bucket << 18) | (l << 9) | r;
        }
    }

    @Override
    public void scatter(int[] out, int[] buckets, int n, GroupedEntries target) {
        for (int i = 0; i < n; i++) {
            int at = GroupedEntries.next(buckets[i], target.counts, target.members);
            copy(out, 4 * i, target.entries, 4 * at);
        }
    }

    @Override
    public void spread(
            GroupedEntries source, int group, int[] target, int stride, int[] counts, int limit, boolean drop) {
        int from = group * GroupedEntries.CAPACITY;
        for (int i = from; i < from + source.counts[group]; i++) {
            int member = source.members[i];
            int k = counts[member];
            if (k < limit) {
                counts[member] = k + 1;
                copy(source.entries, 4 * i, target, 4 * (member * stride + k));
            } else {
                EntryMover.checkDrop(drop, limit);
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
