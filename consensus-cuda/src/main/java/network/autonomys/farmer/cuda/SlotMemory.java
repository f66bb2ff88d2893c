package network.autonomys.farmer.cuda;

import jcuda.driver.CUdeviceptr;

/**
 * Where everything of one record in flight lies on the card: one allocation of {@link #BYTES}. Names as in tables.cuh and proofs.cuh.
 *
 * <p>Entries of tables 1, 3 and 5 are in one part, those of 2, 4 and 6 in the other; then the candidates of table 7 are in the first, and proofs
 * and hashes, where they are asked for, in the second. V2's keys lie where V1's remainders are.
 */
final class SlotMemory {
    static final int BUCKETS = 4441;
    static final int CAPACITY = 384;
    static final int S_BUCKETS = 65_536;
    static final int RECORD = 1 << 20;
    static final int PROOFS = S_BUCKETS * 160;
    static final int HASHES = S_BUCKETS * 32;
    static final int BITFIELD = S_BUCKETS / 8;

    private static final long ENTRIES = (long) BUCKETS * CAPACITY;
    private static final long ALIGNMENT = 256;
    private static final int COUNTED = 4448;

    /** Seed, 32 bytes; status and number of proofs, 4 bytes each; from byte 64 the bitfield: what goes up or down besides the record. */
    static final int STATUS_AT = 32;

    static final int TOTAL_AT = 36;
    /** The s-bucket whose proof is looked for; the answer, 164 bytes, is then where the bitfield would be. */
    static final int CHALLENGE_AT = 40;

    static final int BITFIELD_AT = 64;
    static final int HEAD = BITFIELD_AT + BITFIELD;
    /** Counters of the buckets of tables 1 to 6 and of the s-buckets, zeroed before each record. */
    static final long COUNTERS = 4L * (6 * COUNTED + S_BUCKETS);

    static final long BYTES;

    private static final long[] OFFSETS = new long[14];

    static {
        long[] sizes = {
            HEAD,
            COUNTERS,
            16 * ENTRIES,
            16 * ENTRIES,
            24 * ENTRIES,
            12 * ENTRIES,
            4L * S_BUCKETS,
            BITFIELD,
            4L * S_BUCKETS,
            RECORD,
            RECORD,
            RECORD,
            RECORD,
            0
        };
        long at = 0;
        for (int i = 0; i < sizes.length; i++) {
            OFFSETS[i] = at;
            at += (sizes[i] + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        }
        BYTES = at;
    }

    private final CUdeviceptr base;

    SlotMemory(CUdeviceptr base) {
        this.base = base;
    }

    CUdeviceptr base() {
        return base;
    }

    CUdeviceptr head(int at) {
        return base.withByteOffset(OFFSETS[0] + at);
    }

    /** Counters of table 1 to 6's buckets; of table 7: of the s-buckets. */
    CUdeviceptr counters(int table) {
        return base.withByteOffset(OFFSETS[1] + 4L * COUNTED * (table - 1));
    }

    CUdeviceptr entries(int table) {
        return base.withByteOffset(OFFSETS[table % 2 == 1 ? 2 : 3]);
    }

    CUdeviceptr keys(int table) {
        return base.withByteOffset(OFFSETS[5] + 4 * ENTRIES * (table % 2));
    }

    CUdeviceptr candidates() {
        return entries(7);
    }

    /** Of the entries of table 1 to 6; those of table 1 are also where all of them begin. */
    CUdeviceptr parents(int table) {
        return base.withByteOffset(OFFSETS[4] + 4 * ENTRIES * (table - 1));
    }

    CUdeviceptr remainders(int table) {
        return base.withByteOffset(OFFSETS[5] + 2 * ENTRIES * (table - 1));
    }

    CUdeviceptr roots() {
        return base.withByteOffset(OFFSETS[6]);
    }

    CUdeviceptr found() {
        return base.withByteOffset(OFFSETS[7]);
    }

    CUdeviceptr order() {
        return base.withByteOffset(OFFSETS[8]);
    }

    CUdeviceptr source() {
        return base.withByteOffset(OFFSETS[9]);
    }

    CUdeviceptr parity() {
        return base.withByteOffset(OFFSETS[10]);
    }

    CUdeviceptr work() {
        return base.withByteOffset(OFFSETS[11]);
    }

    CUdeviceptr out() {
        return base.withByteOffset(OFFSETS[12]);
    }

    CUdeviceptr proofs() {
        return entries(6);
    }

    CUdeviceptr hashes() {
        return entries(6).withByteOffset(PROOFS);
    }
}
