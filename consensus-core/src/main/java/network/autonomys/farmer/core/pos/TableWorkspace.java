package network.autonomys.farmer.core.pos;

import static network.autonomys.farmer.core.pos.PosParameters.BUCKETS;

/**
 * The memory in which one set of tables is built: about 105 MB, and 40 MB more where two threads build it; reused from record to record. On
 * the heap, where C2 needs the fewest checks around vectors.
 *
 * <p>A position in a table is {@code bucket * CAPACITY + offset}; the parents of an entry are {@code bucket << 18 | left offset << 9 | right
 * offset}: entries of that bucket and of the next.
 *
 * <p>The metadata of an entry of table 3 are the four x below it, so that the way from a chosen entry to its leaves ends there: tables 1 and 2
 * are not kept.
 */
final class TableWorkspace {
    /** Entries that a bucket has room for: 236 on average, 4·10^-13 records have a fuller one (proof-of-space §1.6). */
    static final int CAPACITY = 384;

    /** The table whose entries' metadata are the x of their leaves, 20 bits each: 16 of them make a proof. */
    static final int LEAVES_TABLE = 3;

    /** Entries of that table below one of table 7. */
    static final int LEAF_ENTRIES = 16;

    /** Proofs expanded at a time. */
    static final int PROOFS = 32_768;

    /** Entries of table 7 that belong to s-buckets: 65 000 on average. */
    static final int LAST_CAPACITY = 1 << 17;

    /** What 16-lane stores may write beyond the end. */
    private static final int SLACK = 64;

    private static final int POSITIONS = BUCKETS * CAPACITY + SLACK;

    /** What one of the threads that build a table writes. */
    static final class Part {
        /** The table read and the table written, in turns. */
        final GroupedEntries[] entries = {new GroupedEntries(), new GroupedEntries()};

        /** Entries of table 7 that belong to s-buckets, in order of emission. */
        final int[] lastY = new int[LAST_CAPACITY];

        final int[] lastParents = new int[LAST_CAPACITY];
        int lastCount;
    }

    /** Parents of the tables above {@link #LEAVES_TABLE} to 6, by position; buckets are in row order. */
    final int[][] parents = new int[PosParameters.TABLES][];
    /** r of the same entries. */
    final short[][] remainders = new short[PosParameters.TABLES][];
    /** Entries of {@link #LEAVES_TABLE} by position, four ints each as in {@link TableKernels}; word 0 is of no use. */
    final int[] leaves = new int[POSITIONS * 4];

    final int[] keystream = new int[PosParameters.KEYSTREAM_BLOCKS * 16 + 1];
    /** Of the thread that builds; after a build all of table 7 is here. */
    final Part part = new Part();

    /** Two levels of the trees of proofs, as pairs of entries. */
    final int[] nodes = new int[PROOFS * LEAF_ENTRIES / 2 + SLACK];

    final int[] children = new int[PROOFS * LEAF_ENTRIES / 2 + SLACK];

    TableWorkspace() {
        for (int table = LEAVES_TABLE + 1; table < PosParameters.TABLES; table++) {
            parents[table] = new int[POSITIONS];
            remainders[table] = new short[POSITIONS];
        }
    }

    /** Position of the left parent. */
    static int left(int node) {
        return (node >>> 18) * CAPACITY + ((node >>> 9) & 511);
    }

    /** Position of the right parent. */
    static int right(int node) {
        return ((node >>> 18) + 1) * CAPACITY + (node & 511);
    }
}
