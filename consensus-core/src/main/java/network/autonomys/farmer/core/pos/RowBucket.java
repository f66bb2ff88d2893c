package network.autonomys.farmer.core.pos;

import static network.autonomys.farmer.core.pos.PosParameters.B;

/**
 * One bucket: where its list of entries lies, and their order by rows (r div 127); within a row they stay in the order of the list.
 *
 * <p>As the right bucket of a pair it is read as an extended list: rows 0 to 62 follow once more as rows 119 to 181, so that the rows a left
 * entry can see are one run (proof-of-space §4.6, line method).
 */
final class RowBucket {
    /** Where each row begins; {@code rowStart[119]} is the size. */
    final int[] rowStart = new int[128];

    /** {@code r << 16 |} place in the bucket's list, of each entry of the extended list. */
    final int[] ordered = new int[2 * TableWorkspace.CAPACITY + EntryMover.ROW_ROOM];

    private int[] entries = {};
    private int first;

    /** Entries of buckets, four ints each, see {@link TableKernels}; this bucket's begin with entry {@link #first}, in the order of its list. */
    int[] entries() {
        return entries;
    }

    int first() {
        return first;
    }

    /** Changes where the entries lie. */
    void refer(int[] array, int firstEntry) {
        entries = array;
        first = firstEntry;
    }

    int size() {
        return rowStart[B];
    }

    /** Entries of rows 0 to 62, which follow once more. */
    int repeated() {
        return rowStart[PosParameters.M - 1];
    }

    int extendedSize() {
        return size() + repeated();
    }

    /** Appends rows 0 to 62. */
    void extend() {
        System.arraycopy(ordered, 0, ordered, size(), repeated());
    }

    /** r of an entry of the extended list. */
    int remainder(int k) {
        return ordered[k] >>> 16;
    }

    /** Place in the bucket's list of an entry of the extended list. */
    int place(int k) {
        return ordered[k] & 0xFFFF;
    }

    /** Row of an entry of the extended list, 0 to 181. */
    int extendedRow(int k) {
        return PosParameters.rowOf(remainder(k)) + (k < size() ? 0 : B);
    }
}
