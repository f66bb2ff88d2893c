package network.autonomys.farmer.benchmarks;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.Future;
import network.autonomys.farmer.core.engine.ProofTable;
import network.autonomys.farmer.core.engine.RecordEngine;
import network.autonomys.farmer.core.pos.CpuRecordEngine;
import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.core.pos.ProofVerifier;
import network.autonomys.farmer.core.pos.VectorForm;
import network.autonomys.farmer.core.types.Bytes;

/** Tables, proofs and records, against the same in plain Java. */
final class PosCases {
    private static final String SCALAR = "scalar form";

    private PosCases() {}

    static void addTo(Cases cases) {
        cases.add(
                "pos/table-v1",
                setup -> table(setup, PosVersion.V1).elsewhere("1.16-1.33 s Zen 5, 2.10 s Cascade Lake"));
        cases.add(
                "pos/table-v2", setup -> table(setup, PosVersion.V2).elsewhere("1.25 s Zen 5, 1.8-2.0 s Cascade Lake"));
        cases.add("pos/table-v1-two-threads", PosCases::twoThreads);
        cases.add("pos/proof-hashes", PosCases::hashes);
        cases.add("pos/find-proof", PosCases::find);
        cases.add("pos/find-proof-again", PosCases::findAgain);
        cases.add("pos/verify", PosCases::verify);
        cases.add("pos/encode-v1", setup -> encode(setup, PosVersion.V1).elsewhere("1.43-1.49 s Zen 5"));
        cases.add("pos/encode-v1-two-threads", PosCases::encodeSideBySide);
        cases.add("pos/encode-v2", setup -> encode(setup, PosVersion.V2));
    }

    private static Case table(Setup setup, PosVersion version) {
        byte[] seed = setup.randomBytes(RecordEngine.SEED_BYTES);
        return Case.of(table(setup.records(), version, seed))
                .against(SCALAR, table(setup.scalarRecords(), version, seed));
    }

    /** How long a proof has to wait for its table. */
    private static Case twoThreads(Setup setup) {
        byte[] seed = setup.randomBytes(RecordEngine.SEED_BYTES);
        return Case.of(table(setup.latencyRecords(), PosVersion.V1, seed))
                .onTheWall()
                .against("one thread", table(setup.records(), PosVersion.V1, seed))
                .elsewhere("1.00-1.11 s Cascade Lake, parallel builder");
    }

    private static Work table(RecordEngine engine, PosVersion version, byte[] seed) {
        return () -> {
            byte[] proof = new byte[ProofTable.PROOF_BYTES];
            try (ProofTable table = engine.table(version, seed)) {
                return table.findProof(firstFound(table), proof) ? Bytes.copyOf(proof, 0, proof.length) : "none";
            }
        };
    }

    private static int firstFound(ProofTable table) {
        byte[] proof = new byte[ProofTable.PROOF_BYTES];
        int s = 0;
        while (!table.findProof(s, proof)) {
            s++;
        }
        return s;
    }

    /** Per record: the hashes of the proofs of all s-buckets that have one. */
    private static Case hashes(Setup setup) {
        byte[] seed = setup.randomBytes(RecordEngine.SEED_BYTES);
        ProofTable table = setup.records().table(PosVersion.V1, seed);
        ProofTable scalar = setup.scalarRecords().table(PosVersion.V1, seed);
        return Case.of(hashes(setup, table)).against(SCALAR, hashes(setup, scalar));
    }

    private static Work hashes(Setup setup, ProofTable table) {
        MemorySegment hashes = setup.buffer(32L * ProofTable.S_BUCKETS);
        MemorySegment found = setup.buffer(ProofTable.BITFIELD_BYTES);
        return () -> {
            table.proofHashes(hashes, found);
            return Setup.sample(hashes);
        };
    }

    /** Per s-bucket asked, about two in three of which have a proof. */
    private static Case find(Setup setup) {
        ProofTable table = setup.records().table(PosVersion.V1, setup.randomBytes(RecordEngine.SEED_BYTES));
        byte[] proof = new byte[ProofTable.PROOF_BYTES];
        return Case.of(() -> {
                    int found = 0;
                    for (int s = 0; s < 4096; s++) {
                        found += table.findProof(16 * s, proof) ? 1 : 0;
                    }
                    return found;
                })
                .operations(4096)
                .elsewhere("1.8-2.3 µs Zen 5, 3.5-3.9 µs Cascade Lake");
    }

    /** Per look-up of one and the same s-bucket: the tables' part in it stays in the caches, as in the reference's own benchmark. */
    private static Case findAgain(Setup setup) {
        ProofTable table = setup.records().table(PosVersion.V1, setup.randomBytes(RecordEngine.SEED_BYTES));
        byte[] proof = new byte[ProofTable.PROOF_BYTES];
        int sBucket = firstFound(table);
        return Case.of(() -> {
                    int sum = 0;
                    for (int i = 0; i < 4096; i++) {
                        sum += table.findProof(sBucket, proof) ? proof[i % proof.length] : 0;
                    }
                    return sum;
                })
                .operations(4096);
    }

    private static Case verify(Setup setup) {
        byte[] seed = setup.randomBytes(RecordEngine.SEED_BYTES);
        byte[] proof = new byte[ProofTable.PROOF_BYTES];
        int challenge;
        try (ProofTable table = setup.records().table(PosVersion.V1, seed)) {
            challenge = firstFound(table);
            if (!table.findProof(challenge, proof)) {
                throw new IllegalStateException("the proof is gone");
            }
        }
        ProofVerifier ours = new ProofVerifier(setup.form());
        ProofVerifier scalar = new ProofVerifier(VectorForm.SCALAR);
        return Case.of(() -> ours.isValid(seed, challenge, proof))
                .against(SCALAR, () -> scalar.isValid(seed, challenge, proof))
                .elsewhere("12 µs Zen 5, 11.4-12.7 µs Cascade Lake");
    }

    private static Case encode(Setup setup, PosVersion version) {
        MemorySegment seed = MemorySegment.ofArray(setup.randomBytes(RecordEngine.SEED_BYTES));
        MemorySegment record = setup.scalars(RecordEngine.RECORD_CHUNKS);
        return Case.of(encode(setup, setup.records(), version, seed, record))
                .against(SCALAR, encode(setup, setup.scalarRecords(), version, seed, record));
    }

    /** Per record, with two of them encoded side by side, as plotting does. */
    private static Case encodeSideBySide(Setup setup) {
        MemorySegment seed = MemorySegment.ofArray(setup.randomBytes(RecordEngine.SEED_BYTES));
        MemorySegment record = setup.scalars(RecordEngine.RECORD_CHUNKS);
        Work here = encode(setup, setup.records(), PosVersion.V1, seed, record);
        Work there = encode(setup, setup.records(), PosVersion.V1, seed, record);
        return Case.of(() -> {
                    Future<Object> other = setup.helpers().submit(there::run);
                    Object ours = here.run();
                    if (!other.get().equals(ours)) {
                        throw new IllegalStateException("two threads encode one record differently");
                    }
                    return ours;
                })
                .onTheWall()
                .against("one thread", here)
                .operations(Setup.THREADS)
                .baselineOperations(1);
    }

    private static Work encode(
            Setup setup, CpuRecordEngine engine, PosVersion version, MemorySegment seed, MemorySegment record) {
        MemorySegment out = setup.buffer(RecordEngine.RECORD_BYTES);
        MemorySegment bitfield = setup.buffer(ProofTable.BITFIELD_BYTES);
        return () -> {
            engine.encode(version, 1, seed, record, out, bitfield);
            return Setup.sample(out);
        };
    }
}
