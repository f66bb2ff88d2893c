package network.autonomys.farmer.cuda;

import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import network.autonomys.farmer.core.engine.ProofTable;
import network.autonomys.farmer.core.engine.RecordEngine;
import network.autonomys.farmer.core.field.CpuFieldEngine;
import network.autonomys.farmer.core.kzg.DevSecret;
import network.autonomys.farmer.core.kzg.KzgParameters;
import network.autonomys.farmer.core.pos.CpuRecordEngine;
import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.core.pos.VectorForm;

/** What the tests of the engine share. */
final class CudaTesting {
    /** The oracle, and what a card falls back on. */
    static final RecordEngine PROCESSOR = new CpuRecordEngine(new CpuFieldEngine(), VectorForm.SCALAR);

    /** The points of the dev chain, whose secret is known. */
    static final KzgParameters PARAMETERS = KzgParameters.parse(MemorySegment.ofArray(DevSecret.parameterFile()));

    private CudaTesting() {}

    /** The processor's engine with one table at hand, which takes seconds to build. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    record OneTable(PosVersion version, byte[] seed, ProofTable table) implements RecordEngine {
        static OneTable of(PosVersion version, byte[] seed) {
            return new OneTable(version, seed, PROCESSOR.table(version, seed));
        }

        @Override
        public boolean findProof(PosVersion wanted, byte[] seedWanted, int sBucket, byte[] proof) {
            return (wanted == version && Arrays.equals(seed, seedWanted))
                    ? table.findProof(sBucket, proof)
                    : PROCESSOR.findProof(wanted, seedWanted, sBucket, proof);
        }

        @Override
        public ProofTable table(PosVersion wanted, byte[] seedWanted) {
            return PROCESSOR.table(wanted, seedWanted);
        }

        @Override
        public void encode(
                PosVersion wanted,
                int n,
                MemorySegment seeds,
                MemorySegment records,
                MemorySegment out,
                MemorySegment bitfields) {
            PROCESSOR.encode(wanted, n, seeds, records, out, bitfields);
        }

        @Override
        public void close() {
            table.close();
        }
    }

    /** Two records in flight, and a check of every {@code checkEvery}th one. */
    static GpuSettings settings(int checkEvery) {
        return new GpuSettings(
                List.of(), OptionalInt.of(2), Duration.ofMillis(200), Duration.ofSeconds(30), checkEvery);
    }

    /** A record and what becomes of it. */
    static final class Encoded {
        private final byte[] out = new byte[RecordEngine.RECORD_BYTES];
        private final byte[] bitfield = new byte[ProofTable.BITFIELD_BYTES];

        byte[] out() {
            return out;
        }

        byte[] bitfield() {
            return bitfield;
        }

        static Encoded by(RecordEngine engine, PosVersion version, byte[] seed, byte[] record) {
            Encoded encoded = new Encoded();
            engine.encode(
                    version,
                    1,
                    MemorySegment.ofArray(seed),
                    MemorySegment.ofArray(record),
                    MemorySegment.ofArray(encoded.out),
                    MemorySegment.ofArray(encoded.bitfield));
            return encoded;
        }
    }

    /** Scalars at random. */
    static byte[] record(int seed) {
        byte[] record = new byte[RecordEngine.RECORD_BYTES];
        new SplittableRandom(seed).nextBytes(record);
        for (int i = 0; i < record.length; i += 32) {
            record[i] &= 0x3F;
        }
        return record;
    }
}
