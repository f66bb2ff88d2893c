package network.autonomys.farmer.core.archive;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import network.autonomys.farmer.core.types.Constants;

/**
 * The chunks of source records and the bytes in them (primitives §4.2): 31 bytes of a segment become one scalar, with a zero byte in front.
 */
public final class RawRecords {
    private static final int SAFE = Constants.SAFE_BYTES;
    private static final int FULL = Constants.SCALAR_SIZE;

    private RawRecords() {}

    /**
     * Writes a range of a segment's bytes into records.
     *
     * <p>Bytes come in order from the segment's start; those before or behind the range are passed over. Bytes that never come are zeros.
     */
    static final class Writer implements SegmentItems.Sink {
        private final MemorySegment records;
        private final long stride;
        private final long from;
        private final long to;
        private long position;

        /**
         * For the records {@code [first, first + count)} of a segment.
         *
         * @param records the first of them begins at 0, each further one after {@code stride} bytes; 32 bytes per chunk
         */
        Writer(MemorySegment records, long stride, int first, int count) {
            this.records = records;
            this.stride = stride;
            from = (long) Constants.RAW_RECORD_SIZE * first;
            to = (long) Constants.RAW_RECORD_SIZE * (first + count);
            for (int i = 0; i < count; i++) {
                records.asSlice(stride * i, Constants.RECORD_SIZE).fill((byte) 0);
            }
        }

        @Override
        public void put(byte[] bytes, int offset, int length) {
            long start = Math.max(position, from);
            long end = Math.min(position + length, to);
            int at = (int) (offset + start - position);
            long target = start - from;
            long left = end - start;
            position += length;
            while (left > 0) {
                int inChunk = (int) (target % SAFE);
                int count = (int) Math.min(SAFE - inChunk, left);
                MemorySegment.copy(bytes, at, records, ValueLayout.JAVA_BYTE, place(target, inChunk, stride), count);
                at += count;
                target += count;
                left -= count;
            }
        }

        /** Bytes that came so far. */
        long position() {
            return position;
        }
    }

    private static long place(long at, int inChunk, long stride) {
        long record = at / Constants.RAW_RECORD_SIZE;
        long chunk = at % Constants.RAW_RECORD_SIZE / SAFE;
        return record * stride + chunk * FULL + 1 + inChunk;
    }

    /**
     * Takes the bytes out of one source record, without looking at the chunks' first bytes.
     *
     * @param record 1 048 576 bytes
     * @param raw receives 1 015 808 bytes from {@code at} on
     */
    static void read(MemorySegment record, byte[] raw, int at) {
        for (int chunk = 0; chunk < Constants.CHUNKS_PER_RECORD; chunk++) {
            MemorySegment.copy(record, ValueLayout.JAVA_BYTE, (long) FULL * chunk + 1, raw, at + SAFE * chunk, SAFE);
        }
    }

    /**
     * Puts the bytes of a whole segment into the source records of its pieces. Parity, commitments and witnesses stay as they are.
     *
     * @param raw at most 130 023 424 bytes; zeros follow
     * @throws IllegalArgumentException where there are more
     */
    public static void write(byte[] raw, SegmentPieces pieces) {
        if (raw.length > Constants.RECORDED_SEGMENT_SIZE) {
            throw new IllegalArgumentException("a segment has no " + raw.length + " bytes");
        }
        new Writer(pieces.sourceRows(), SegmentPieces.STRIDE, 0, Constants.RECORDS_PER_SEGMENT).put(raw, 0, raw.length);
    }

    /** The bytes in the source records of a segment's pieces: 130 023 424. */
    public static byte[] read(SegmentPieces pieces) {
        byte[] raw = new byte[Constants.RECORDED_SEGMENT_SIZE];
        for (int i = 0; i < Constants.RECORDS_PER_SEGMENT; i++) {
            read(pieces.record(2 * i), raw, Constants.RAW_RECORD_SIZE * i);
        }
        return raw;
    }
}
