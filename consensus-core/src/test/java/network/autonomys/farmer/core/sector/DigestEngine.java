package network.autonomys.farmer.core.sector;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.Function;
import network.autonomys.farmer.core.engine.FieldEngine;
import network.autonomys.farmer.core.engine.ProofTable;
import network.autonomys.farmer.core.engine.RecordEngine;
import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.core.pos.RecordEncoding;

/** A record engine over the reference's test tables, of which one leaves chunks unencoded, as real tables never do. */
final class DigestEngine implements RecordEngine {
    private final FieldEngine field;
    private final Function<byte[], ProofTable> tables;

    DigestEngine(FieldEngine field, Function<byte[], ProofTable> tables) {
        this.field = field;
        this.tables = tables;
    }

    @Override
    public void encode(
            PosVersion version,
            int n,
            MemorySegment seeds,
            MemorySegment records,
            MemorySegment out,
            MemorySegment bitfields) {
        for (int i = 0; i < n; i++) {
            MemorySegment source = records.asSlice((long) i * RECORD_BYTES, RECORD_BYTES);
            byte[] seed = seeds.asSlice((long) i * SEED_BYTES, SEED_BYTES).toArray(ValueLayout.JAVA_BYTE);
            try (Arena arena = Arena.ofConfined();
                    ProofTable table = table(version, seed)) {
                MemorySegment parity = arena.allocate(RECORD_BYTES);
                MemorySegment hashes = arena.allocate(ProofTable.S_BUCKETS * 32L);
                MemorySegment found = arena.allocate(ProofTable.BITFIELD_BYTES);
                field.extend(RECORD_CHUNKS, 1, source, parity);
                table.proofHashes(hashes, found);
                RecordEncoding.encode(
                        source,
                        parity,
                        hashes,
                        found,
                        out.asSlice((long) i * RECORD_BYTES, RECORD_BYTES),
                        bitfields.asSlice((long) i * ProofTable.BITFIELD_BYTES, ProofTable.BITFIELD_BYTES));
            }
        }
    }

    @Override
    public ProofTable table(PosVersion version, byte[] seed) {
        return tables.apply(seed);
    }

    @Override
    public void close() {}
}
