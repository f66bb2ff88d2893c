package network.autonomys.farmer.benchmarks.gpu;

import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import network.autonomys.farmer.core.engine.ProofTable;
import network.autonomys.farmer.core.engine.RecordEngine;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.pos.PosVersion;

/** Seeds and records by number, and the buffers of one thread. */
final class Records {
    final byte[] seed = new byte[RecordEngine.SEED_BYTES];
    final byte[] record = new byte[RecordEngine.RECORD_BYTES];
    final byte[] out = new byte[RecordEngine.RECORD_BYTES];
    final byte[] bitfield = new byte[ProofTable.BITFIELD_BYTES];

    /** Makes seed and record number i: all scalars, and every value of a chunk possible. */
    void load(int i) {
        SplittableRandom random = new SplittableRandom(i);
        random.nextBytes(seed);
        random.nextBytes(record);
        for (int at = 0; at < record.length; at += 32) {
            record[at] &= 0x3F;
        }
    }

    /** Encodes with an engine; the digest of what came out. */
    byte[] digest(RecordEngine engine, PosVersion version) {
        encode(engine, version);
        return Blake3.hash(out, bitfield);
    }

    void encode(RecordEngine engine, PosVersion version) {
        engine.encode(
                version,
                1,
                MemorySegment.ofArray(seed),
                MemorySegment.ofArray(record),
                MemorySegment.ofArray(out),
                MemorySegment.ofArray(bitfield));
    }
}
