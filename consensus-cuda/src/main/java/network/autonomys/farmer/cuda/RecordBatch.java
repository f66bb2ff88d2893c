package network.autonomys.farmer.cuda;

import java.lang.foreign.MemorySegment;
import network.autonomys.farmer.core.engine.ProofTable;
import network.autonomys.farmer.core.engine.RecordEngine;
import network.autonomys.farmer.core.pos.PosVersion;

/** The buffers of one call to encode, record by record, and which records are done. */
final class RecordBatch {
    private final PosVersion version;
    private final MemorySegment seeds;
    private final MemorySegment records;
    private final MemorySegment out;
    private final MemorySegment bitfields;
    private final boolean[] finished;

    RecordBatch(
            PosVersion version,
            int n,
            MemorySegment seeds,
            MemorySegment records,
            MemorySegment out,
            MemorySegment bitfields) {
        if (n < 0
                || seeds.byteSize() < (long) n * RecordEngine.SEED_BYTES
                || records.byteSize() < (long) n * RecordEngine.RECORD_BYTES
                || out.byteSize() < (long) n * RecordEngine.RECORD_BYTES
                || bitfields.byteSize() < (long) n * ProofTable.BITFIELD_BYTES) {
            throw new IllegalArgumentException("buffers too short for " + n + " records");
        }
        this.version = version;
        this.seeds = seeds;
        this.records = records;
        this.out = out;
        this.bitfields = bitfields;
        this.finished = new boolean[n];
    }

    PosVersion version() {
        return version;
    }

    MemorySegment seed(int i) {
        return seeds.asSlice((long) i * RecordEngine.SEED_BYTES, RecordEngine.SEED_BYTES);
    }

    MemorySegment record(int i) {
        return records.asSlice((long) i * RecordEngine.RECORD_BYTES, RecordEngine.RECORD_BYTES);
    }

    MemorySegment out(int i) {
        return out.asSlice((long) i * RecordEngine.RECORD_BYTES, RecordEngine.RECORD_BYTES);
    }

    MemorySegment bitfield(int i) {
        return bitfields.asSlice((long) i * ProofTable.BITFIELD_BYTES, ProofTable.BITFIELD_BYTES);
    }

    /** The first record from here on that is not done, or the number of records. */
    int next(int from) {
        int i = from;
        while (i < finished.length && finished[i]) {
            i++;
        }
        return i;
    }

    int size() {
        return finished.length;
    }

    void finish(int i) {
        finished[i] = true;
    }

    /** Computes one record on the processor. */
    void encodeOn(RecordEngine processor, int i) {
        processor.encode(version, 1, seed(i), record(i), out(i), bitfield(i));
        finish(i);
    }

    /** Whether the processor gives the same for a record that is done. */
    boolean agreesWith(RecordEngine processor, int i) {
        MemorySegment otherOut = MemorySegment.ofArray(new byte[RecordEngine.RECORD_BYTES]);
        MemorySegment otherBitfield = MemorySegment.ofArray(new byte[ProofTable.BITFIELD_BYTES]);
        processor.encode(version, 1, seed(i), record(i), otherOut, otherBitfield);
        return otherOut.mismatch(out(i)) < 0 && otherBitfield.mismatch(bitfield(i)) < 0;
    }
}
