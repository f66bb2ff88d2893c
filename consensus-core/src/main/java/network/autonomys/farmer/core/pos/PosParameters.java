package network.autonomys.farmer.core.pos;

/** Constants of the table function for K = 20, and the arithmetic on y that every part needs (proof-of-space §1.1). */
final class PosParameters {
    static final int K = 20;
    static final int X_COUNT = 1 << K;
    static final int TABLES = 7;
    static final int B = 119;
    static final int C = 127;
    static final int BC = B * C;
    /** Buckets of y; the last holds only 7144 values. */
    static final int BUCKETS = 4441;
    /** Targets per left entry: 2^EXT. */
    static final int M = 64;

    static final int SEED_BYTES = 32;
    static final int LEAVES = 64;
    static final int KEYSTREAM_BLOCKS = X_COUNT / 512 * K;

    /** Metadata bits of tables 0 (unused) to 7. */
    private static final int[] METADATA_BITS = {0, 20, 40, 80, 80, 60, 40, 0};

    private PosParameters() {}

    static int metadataBits(int table) {
        return METADATA_BITS[table];
    }

    /** {@code y div 15113} for 26-bit y. */
    static int bucketOf(int y) {
        return (int) ((y * 72752705L) >>> 40);
    }

    /** {@code r div 127} for r below 15113. */
    static int rowOf(int r) {
        return (r * 33027) >>> 22;
    }

    /** The 20 bits of a challenge (u32) that the top of y must equal (proof-of-space §1.7). */
    static int challengePrefix(int challenge) {
        return Integer.reverseBytes(challenge) >>> 12;
    }

    /** Whether an entry of table 7 with this y belongs to an s-bucket. */
    static boolean hasSBucket(int y) {
        return ((y >> 6) & 15) == 0;
    }

    /** The s-bucket of such an entry. */
    static int sBucketOf(int y) {
        int k = y >>> 10;
        return (k >>> 8) | ((k & 255) << 8);
    }

    /** Reads the 64 leaves of a proof. */
    static void readProof(byte[] proof, int[] leaves) {
        for (int i = 0, at = 0; i < LEAVES; i += 2, at += 5) {
            long pair = 0;
            for (int k = 0; k < 5; k++) {
                pair = (pair << 8) | (proof[at + k] & 0xFF);
            }
            leaves[i] = (int) (pair >>> 20);
            leaves[i + 1] = (int) pair & 0xFFFFF;
        }
    }

    /** Writes 64 leaves as a proof: 20 bits each, most significant first (proof-of-space §1.8). */
    static void packProof(int[] leaves, int from, byte[] proof) {
        for (int i = 0, at = 0; i < LEAVES; i += 2, at += 5) {
            long pair = ((long) leaves[from + i] << 20) | leaves[from + i + 1];
            for (int k = 0; k < 5; k++) {
                proof[at + k] = (byte) (pair >>> (32 - 8 * k));
            }
        }
    }
}
