package network.autonomys.farmer.core.pos;

import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/** Moves entries as vectors of 128 bits, which every machine with vectors has. */
final class VectorMover implements EntryMover {
    private static final VectorSpecies<Integer> ENTRY = IntVector.SPECIES_128;
    private static final int AT_ONCE = 2 * ENTRY.length();

    /** Enough to be a tenth of what all kernels of a process store before they are compiled. */
    private static final int MIXED_TIMES = 10_000;

    private static final int MIXED_LENGTH = 8;
    /** Of an entry's bytes the ten of its metadata, first the highest. */
    private static final ByteVector METADATA = ByteVector.fromArray(
            ByteVector.SPECIES_128, new byte[] {5, 4, 11, 10, 9, 8, 15, 14, 13, 12, 0, 0, 0, 0, 0, 0}, 0);

    static {
        mixSpecies();
    }

    private final int[] rowCount = new int[128];
    private final int[] slots = new int[PosParameters.B * ROW_ROOM];

    /**
     * Shows the virtual machine vectors of other lengths before loops that move entries are compiled. A process whose kernels have stored only long vectors so far would
     * compile the store of a short one for a long one, and that, matching neither, to a call with the vector on the heap: in one process of eight.
     */
    private static void mixSpecies() {
        int[] from = new int[MIXED_LENGTH];
        int[] to = new int[MIXED_LENGTH];
        for (int i = 0; i < MIXED_TIMES; i++) {
            move(IntVector.SPECIES_64, from, to);
            move(ENTRY, from, to);
            move(IntVector.SPECIES_256, from, to);
        }
    }

    private static void move(VectorSpecies<Integer> species, int[] from, int[] to) {
        IntVector.fromArray(species, from, 0).intoArray(to, 0);
    }

    @Override
    public void sortRows(RowBucket bucket, int n) {
        intoRows(bucket.entries(), bucket.first(), n, rowCount, slots);
        collect(rowCount, slots, bucket.rowStart, bucket.ordered);
        bucket.extend();
    }

    private static void intoRows(int[] entries, int first, int n, int[] rowCount, int[] slots) {
        Arrays.fill(rowCount, 0);
        for (int i = 0; i < n; i++) {
            int word = entries[4 * (first + i) + 1];
            int row = PosParameters.rowOf(word >>> 16);
            int k = rowCount[row];
            if (k == ROW_ROOM) {
                throw new CapacityExceededException("row of more than " + ROW_ROOM + " entries");
            }
            rowCount[row] = k + 1;
            slots[row * ROW_ROOM + k] = (word & 0xFFFF0000) | i;
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
    public void stage(int[] hits, int n, RowBucket left, RowBucket right, StagedPairs target) {
        copyHits(
                hits,
                n,
                left.entries(),
                left.first(),
                left.ordered,
                right.entries(),
                right.first(),
                right.ordered,
                target.left,
                target.right,
                target.count() * 4);
    }

    private static void copyHits(
            int[] hits,
            int n,
            int[] left,
            int firstLeft,
            int[] leftOrder,
            int[] right,
            int firstRight,
            int[] rightOrder,
            int[] stagedLeft,
            int[] stagedRight,
            int at) {
        for (int h = 0, s = at; h < n; h++, s += 4) {
            int hit = hits[h];
            int l = leftOrder[hit >>> 16] & 0xFFFF;
            int r = rightOrder[hit & 0xFFFF] & 0xFFFF;
            IntVector.fromArray(ENTRY, left, 4 * (firstLeft + l)).intoArray(stagedLeft, s);
            IntVector.fromArray(ENTRY, right, 4 * (firstRight + r)).intoArray(stagedRight, s);
        }
    }

    @Override
    public void saveLeaves(StagedPairs pairs, int from, int n, byte[] leaves, int number) {
        copyMetadata(pairs.left, pairs.right, 4 * from, n, leaves, number * TableWorkspace.LEAVES_BYTES);
    }

    private static void copyMetadata(int[] left, int[] right, int from, int n, byte[] leaves, int to) {
        for (int i = 0, p = from, at = to; i < n; i++, p += 4, at += TableWorkspace.LEAVES_BYTES) {
            // Sixteen bytes at once: what is too much is overwritten by the right one, and by the next row.
            METADATA.selectFrom(IntVector.fromArray(ENTRY, left, p).reinterpretAsBytes())
                    .intoArray(leaves, at);
            METADATA.selectFrom(IntVector.fromArray(ENTRY, right, p).reinterpretAsBytes())
                    .intoArray(leaves, at + TableWorkspace.LEAVES_BYTES / 2);
        }
    }

    @Override
    public void scatter(int[] out, int[] buckets, int n, GroupedEntries target) {
        append(out, buckets, n, target.entries, target.members, target.counts);
    }

    private static void append(int[] out, int[] buckets, int n, int[] entries, byte[] members, int[] counts) {
        for (int i = 0; i < n; i++) {
            int at = GroupedEntries.next(buckets[i], counts, members);
            IntVector.fromArray(ENTRY, out, 4 * i).intoArray(entries, 4 * at);
        }
    }

    @Override
    public void spread(
            GroupedEntries source, int group, int[] target, int stride, int[] counts, int limit, boolean drop) {
        int from = group * GroupedEntries.CAPACITY;
        distribute(
                source.entries, source.members, from, from + source.counts[group], target, stride, counts, limit, drop);
    }

    private static void distribute(
            int[] entries,
            byte[] members,
            int from,
            int to,
            int[] target,
            int stride,
            int[] counts,
            int limit,
            boolean drop) {
        for (int i = from; i < to; i++) {
            int member = members[i];
            int k = counts[member];
            if (k >= limit) {
                EntryMover.checkDrop(drop, limit);
                continue;
            }
            counts[member] = k + 1;
            IntVector.fromArray(ENTRY, entries, 4 * i).intoArray(target, 4 * (member * stride + k));
        }
    }
}
