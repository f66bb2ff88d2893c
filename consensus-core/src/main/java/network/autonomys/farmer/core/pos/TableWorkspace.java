package network.autonomys.farmer.core.pos;

/**
 * The memory in which one set of tables is built: about 95 MB, and 40 MB more where two threads build it; reused from record to record. On
 * the heap, where C2 needs the fewest checks around vectors.
 *
 * <p>The entries of a table are numbered as they are emitted, and carry their number through the lists of the buckets. What leads from an entry
 * to its parents is a row at that number: rows are written one after the other, and the way down takes one read for each entry.
 *
 * <p>The metadata of an entry of table 3 are the four x below it, so that the way from a chosen entry to its leaves ends there: tables 1 to 3
 * are not kept.
 */
final class TableWorkspace {
    /** Entries that a bucket has room for: 236 on average, 4·10^-13 records have a fuller one (proof-of-space §1.6). */
    static final int CAPACITY = 384;

    /** The table whose rows are leaves in place of numbers. */
    static final int LEAVES_TABLE = 4;

    /** What a row of that table holds: the metadata of both parents, which are 8 x as they stand in a proof. */
    static final int LEAVES_BYTES = 20;

    /** Entries of that table below one of table 7. */
    static final int LEAVES_ROWS = 8;

    /**
     * Numbers that a table has room for, divided among those who build it: 2^20 are used on average. The deviation doubles from table to table,
     * and is 1.8 % in table 6; before this is full, groups of buckets are.
     */
    static final int NUMBERS = 5 << 18;

    /** What 16-byte stores may write beyond the end. */
    private static final int SLACK = 16;

    /** What one of the threads that build a table writes. */
    static final class Part {
        /** The table read and the table written, in turns. */
        final GroupedEntries[] entries = {new GroupedEntries(), new GroupedEntries()};

        final LastEntries last = new LastEntries();
    }

    /** By table (5 and 6) and number: the numbers of both parents. */
    final int[][] parents = new int[PosParameters.TABLES][];

    /** By number, {@link #LEAVES_BYTES} each. */
    final byte[] leaves = new byte[NUMBERS * LEAVES_BYTES + SLACK];

    final int[] keystream = new int[PosParameters.KEYSTREAM_BLOCKS * 16 + 1];
    /** Of the thread that builds; after a build all of table 7 is here. */
    final Part part = new Part();

    TableWorkspace() {
        for (int table = LEAVES_TABLE + 1; table < PosParameters.TABLES; table++) {
            parents[table] = new int[2 * NUMBERS];
        }
    }
}
