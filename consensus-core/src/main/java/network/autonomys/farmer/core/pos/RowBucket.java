package network.autonomys.farmer.core.pos;

import static network.autonomys.farmer.core.pos.PosParameters.B;

/**
 * One bucket with its entries in order of rows (r div 127) and, within a row, in the order of the bucket's list.
 *
 * <p>As the right bucket of a pair it is read as an extended list: rows 0 to 62 follow once more as rows 119 to 181, so that the rows a left
 * entry can see are one run (proof-of-space §4.6, line method).
 */
final class RowBucket {
    /** Entries of four ints, see {@link TableKernels}; word 0 is the entry's own position once the bucket is extended. */
    final int[] entries = new int[(2 * TableWorkspace.CAPACITY + 64) * 4];

    /** Where each row begins; {@code rowStart[119]} is the size. */
    final int[] rowStart = new int[128];

    /** Place in the bucket's list of each entry. */
    final short[] order = new short[TableWorkspace.CAPACITY + EntryMover.ROW_ROOM];

    /** Row of each entry, and its t as a left entry: r - 127 row + 4 row² - 4 p row + p² mod 127. */
    final byte[] row = new byte[TableWorkspace.CAPACITY + 64];

    final byte[] t = new byte[TableWorkspace.CAPACITY + 64];

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

    /** r of an entry of the extended list. */
    int remainder(int k) {
        return entries[4 * k + 1] >>> 16;
    }

    /** Row of an entry of the extended list, 0 to 181. */
    int extendedRow(int k) {
        return PosParameters.rowOf(remainder(k)) + (k < size() ? 0 : B);
    }
}
