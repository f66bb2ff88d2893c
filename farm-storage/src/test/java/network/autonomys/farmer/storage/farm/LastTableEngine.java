package network.autonomys.farmer.storage.farm;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import network.autonomys.farmer.core.engine.ProofTable;
import network.autonomys.farmer.core.engine.RecordEngine;
import network.autonomys.farmer.core.pos.PosVersion;
import org.jspecify.annotations.Nullable;

/** Keeps the last table, because tests ask for the same one several times in a row and a table takes long. For one thread. */
final class LastTableEngine implements RecordEngine {
    private final RecordEngine engine;
    private byte[] seed = new byte[0];
    private PosVersion version = PosVersion.V1;
    private @Nullable ProofTable table;

    LastTableEngine(RecordEngine engine) {
        this.engine = engine;
    }

    @Override
    public void encode(
            PosVersion rule,
            int n,
            MemorySegment seeds,
            MemorySegment records,
            MemorySegment out,
            MemorySegment bitfields) {
        engine.encode(rule, n, seeds, records, out, bitfields);
    }

    @Override
    public ProofTable table(PosVersion rule, byte[] wanted) {
        ProofTable last = table;
        if (last == null || rule != version || !Arrays.equals(seed, wanted)) {
            closeTable();
            last = engine.table(rule, wanted);
            table = last;
            seed = wanted.clone();
            version = rule;
        }
        ProofTable kept = last;
        return new ProofTable() {
            @Override
            public boolean findProof(int sBucket, byte[] proof) {
                return kept.findProof(sBucket, proof);
            }

            @Override
            public void proofHashes(MemorySegment target, MemorySegment found) {
                kept.proofHashes(target, found);
            }

            @Override
            public void close() {
                // The next seed closes the table.
            }
        };
    }

    private void closeTable() {
        ProofTable last = table;
        if (last != null) {
            last.close();
        }
        table = null;
    }

    @Override
    public void close() {
        closeTable();
        engine.close();
    }
}
