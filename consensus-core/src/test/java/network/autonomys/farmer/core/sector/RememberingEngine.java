package network.autonomys.farmer.core.sector;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import network.autonomys.farmer.core.engine.ProofTable;
import network.autonomys.farmer.core.engine.RecordEngine;
import network.autonomys.farmer.core.pos.PosVersion;
import org.jspecify.annotations.Nullable;

/** Keeps what the tables of an engine said, because many tests ask for the same ones and a table takes long. */
final class RememberingEngine implements RecordEngine {
    private final RecordEngine engine;
    private final Map<String, Hashes> hashes = new ConcurrentHashMap<>();
    private final Map<String, byte[]> proofs = new ConcurrentHashMap<>();

    private record Hashes(MemorySegment hashes, MemorySegment found) {}

    RememberingEngine(RecordEngine engine) {
        this.engine = engine;
    }

    @Override
    public void encode(
            PosVersion version,
            int n,
            MemorySegment seeds,
            MemorySegment records,
            MemorySegment out,
            MemorySegment bitfields) {
        engine.encode(version, n, seeds, records, out, bitfields);
    }

    @Override
    public ProofTable table(PosVersion version, byte[] seed) {
        return new Remembered(version, seed.clone());
    }

    @Override
    public void close() {
        engine.close();
    }

    private final class Remembered implements ProofTable {
        private final PosVersion version;
        private final byte[] seed;
        private final String key;
        private @Nullable ProofTable table;

        Remembered(PosVersion version, byte[] seed) {
            this.version = version;
            this.seed = seed;
            this.key = version + HexFormat.of().formatHex(seed);
        }

        private ProofTable table() {
            ProofTable open = table;
            if (open == null) {
                open = engine.table(version, seed);
                table = open;
            }
            return open;
        }

        @Override
        public boolean findProof(int sBucket, byte[] proof) {
            byte[] known = proofs.computeIfAbsent(key + "/" + sBucket, k -> {
                byte[] fresh = new byte[PROOF_BYTES];
                return table().findProof(sBucket, fresh) ? fresh : new byte[0];
            });
            System.arraycopy(known, 0, proof, 0, known.length);
            return known.length > 0;
        }

        @Override
        public void proofHashes(MemorySegment target, MemorySegment found) {
            Hashes known = hashes.computeIfAbsent(key, k -> {
                Arena arena = Arena.ofAuto();
                Hashes fresh = new Hashes(arena.allocate(S_BUCKETS * 32L), arena.allocate(BITFIELD_BYTES));
                table().proofHashes(fresh.hashes(), fresh.found());
                return fresh;
            });
            target.copyFrom(known.hashes());
            found.copyFrom(known.found());
        }

        @Override
        public void close() {
            ProofTable open = table;
            if (open != null) {
                open.close();
            }
        }
    }
}
