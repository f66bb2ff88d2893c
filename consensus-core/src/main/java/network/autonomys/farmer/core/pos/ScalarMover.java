package network.autonomys.farmer.core.pos;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Moves entries word by word. */
final class ScalarMover implements EntryMover {
    private static final VarHandle BE16 = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle BE32 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final int[] rowCount = new int[128];

    @Override
    public void sortRows(RowBucket bucket, int n) {
        int[] entries = bucket.entries();
        int from = 4 * bucket.first() + 1;
        int[] start = bucket.rowStart;
        Arrays.fill(rowCount, 0);
        for (int i = 0; i < n; i++) {
            rowCount[PosParameters.rowOf(entries[from + 4 * i] >>> 16)]++;
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
            int r = entries[from + 4 * i] >>> 16;
            bucket.ordered[rowCount[PosParameters.rowOf(r)]++] = (r << 16) | i;
        }
        bucket.extend();
    }

    @Override
    public void stage(int[] hits, int n, RowBucket left, RowBucket right, StagedPairs target) {
        for (int h = 0, s = 4 * target.count(); h < n; h++, s += 4) {
            int l = left.place(hits[h] >>> 16);
            int r = right.place(hits[h] & 0xFFFF);
            copy(left.entries(), 4 * (left.first() + l), target.left, s);
            copy(right.entries(), 4 * (right.first() + r), target.right, s);
        }
    }

    @Override
    public void saveLeaves(StagedPairs pairs, int from, int n, byte[] leaves, int number) {
        int half = TableWorkspace.LEAVES_BYTES / 2;
        int at = 2 * half * number;
        for (int p = 4 * from; p < 4 * (from + n); p += 4, at += 2 * half) {
            metadata(pairs.left, p, leaves, at);
            metadata(pairs.right, p, leaves, at + half);
        }
    }

    private static void metadata(int[] entries, int p, byte[] leaves, int at) {
        BE16.set(leaves, at, (short) entries[p + 1]);
        BE32.set(leaves, at + 2, entries[p + 2]);
        BE32.set(leaves, at + 6, entries[p + 3]);
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
