package network.autonomys.farmer.benchmarks.gpu;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import network.autonomys.farmer.core.engine.FieldEngine;
import network.autonomys.farmer.core.engine.FieldEngine.Recovered;
import network.autonomys.farmer.core.engine.MsmEngine;
import network.autonomys.farmer.core.engine.ProofTable;
import network.autonomys.farmer.core.engine.RecordEngine;
import network.autonomys.farmer.core.field.CpuFieldEngine;
import network.autonomys.farmer.core.kzg.CpuMsmEngine;
import network.autonomys.farmer.core.kzg.DevSecret;
import network.autonomys.farmer.core.kzg.Kzg;
import network.autonomys.farmer.core.kzg.KzgParameters;
import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.cuda.CudaFieldEngine;
import network.autonomys.farmer.cuda.CudaMsmEngine;
import network.autonomys.farmer.cuda.CudaRecordEngine;
import network.autonomys.farmer.cuda.GpuFailure;

/**
 * What a solution needs of a card, checked against the processor and timed: the proof of one s-bucket, the recovery of the record from half its chunks, the
 * witness; and commitments to whole pieces. Over the points of the dev chain, which can be computed and cost the same as any others.
 */
final class Proving implements AutoCloseable {
    private static final int CHUNKS = RecordEngine.RECORD_CHUNKS;
    private static final int SHARDS = 2 * CHUNKS;
    private static final int AT_ONCE = 8;
    private static final int PIECES_EACH_ROUND = 12;

    private final RecordEngine processorRecords;
    private final CudaRecordEngine cards;
    private final FieldEngine processorField = new CpuFieldEngine();
    private final FieldEngine field;
    private final Kzg processor;
    private final Kzg kzg;
    private final MsmEngine fallback;

    Proving(CudaRecordEngine cards, RecordEngine processorRecords) {
        this.cards = cards;
        this.processorRecords = processorRecords;
        KzgParameters parameters = KzgParameters.parse(MemorySegment.ofArray(DevSecret.parameterFile()));
        processor = new Kzg(parameters, processorField, new CpuMsmEngine(parameters));
        field = new CudaFieldEngine(cards, processorField);
        // Whatever the engine would do on the processor instead would be no figure of a card.
        fallback = new CpuMsmEngine(parameters);
        kzg = new Kzg(parameters, field, new CudaMsmEngine(cards, parameters.g1(), KzgParameters.G1_POINTS, fallback));
    }

    /** What one solution starts from. */
    private static final class Task {
        final byte[] seed = new byte[RecordEngine.SEED_BYTES];
        int sBucket;
        final MemorySegment shards = MemorySegment.ofArray(new byte[32 * SHARDS]);
        final MemorySegment present;
        final MemorySegment source;

        Task(int number, FieldEngine field) {
            Records records = new Records();
            records.load(number);
            System.arraycopy(records.seed, 0, seed, 0, seed.length);
            source = MemorySegment.ofArray(records.record);
            MemorySegment parity = MemorySegment.ofArray(new byte[RecordEngine.RECORD_BYTES]);
            field.extend(CHUNKS, 1, source, parity);
            for (int i = 0; i < CHUNKS; i++) {
                MemorySegment.copy(source, 32L * i, shards, 64L * i, 32);
                MemorySegment.copy(parity, 32L * i, shards, 64L * i + 32, 32);
            }
            Random random = new Random(number);
            sBucket = random.nextInt(ProofTable.S_BUCKETS);
            BitSet there = new BitSet(SHARDS);
            while (there.cardinality() < CHUNKS) {
                there.set(random.nextInt(SHARDS));
            }
            for (int i = there.nextClearBit(0); i < SHARDS; i = there.nextClearBit(i + 1)) {
                shards.asSlice(32L * i, 32).fill((byte) 0xFF);
            }
            present = MemorySegment.ofArray(Arrays.copyOf(there.toByteArray(), SHARDS / Byte.SIZE));
        }
    }

    /** A task whose s-bucket has a proof with either rule, as that of every winning chunk has. */
    private Task provable(int number) {
        Task task = new Task(number, processorField);
        byte[] proof = new byte[ProofTable.PROOF_BYTES];
        try (ProofTable first = processorRecords.table(PosVersion.V1, task.seed);
                ProofTable second = processorRecords.table(PosVersion.V2, task.seed)) {
            while (!first.findProof(task.sBucket, proof) || !second.findProof(task.sBucket, proof)) {
                task.sBucket = (task.sBucket + 1) % ProofTable.S_BUCKETS;
            }
        }
        return task;
    }

    /** Proof (or none), polynomial and witness, in bytes. */
    private static List<Bytes> solve(RecordEngine records, Kzg kzg, PosVersion version, Task task) {
        byte[] proof = new byte[ProofTable.PROOF_BYTES];
        boolean found = records.findProof(version, task.seed, task.sBucket, proof);
        byte[] coefficients = new byte[RecordEngine.RECORD_BYTES];
        MemorySegment polynomial = MemorySegment.ofArray(coefficients);
        kzg.field().recover(SHARDS, task.present, task.shards, Recovered.COEFFICIENTS, polynomial);
        return List.of(
                found ? Bytes.of(proof) : Bytes.zeros(0),
                Bytes.of(coefficients),
                kzg.witness(CHUNKS, polynomial, SHARDS, task.sBucket));
    }

    /** Compares solutions and commitments with the processor's, byte for byte; the second rule's proofs in every fourth. */
    boolean check(int solutions, ObjectNode node) {
        int wrong = 0;
        for (int i = 0; i < solutions; i++) {
            Task task = new Task(i, processorField);
            PosVersion version = i % 4 == 3 ? PosVersion.V2 : PosVersion.V1;
            boolean same = solve(processorRecords, processor, version, task).equals(solve(cards, kzg, version, task))
                    && processor.commitValues(CHUNKS, task.source).equals(kzg.commitValues(CHUNKS, task.source));
            wrong += same ? 0 : 1;
        }
        node.put("solutions", solutions);
        node.put("wrong", wrong);
        return wrong == 0;
    }

    /**
     * Times each step alone, whole solutions alone and eight at once, and commitments to pieces from as many threads as records are in flight.
     *
     * @param rounds of each, at least 1
     */
    void measure(ObjectNode node, int rounds) throws InterruptedException, ExecutionException {
        Task[] tasks = new Task[AT_ONCE];
        Arrays.setAll(tasks, this::provable);
        byte[] out = new byte[RecordEngine.RECORD_BYTES];
        MemorySegment polynomial = MemorySegment.ofArray(out);
        byte[] proof = new byte[ProofTable.PROOF_BYTES];
        ObjectNode alone = node.putObject("milliseconds");
        for (PosVersion version : PosVersion.values()) {
            best(
                    rounds,
                    alone,
                    "findProof" + version,
                    i -> cards.findProof(version, tasks[i].seed, tasks[i].sBucket, proof));
        }
        best(
                rounds,
                alone,
                "recover",
                i -> field.recover(SHARDS, tasks[i].present, tasks[i].shards, Recovered.COEFFICIENTS, polynomial));
        best(rounds, alone, "interpolate", i -> field.interpolate(CHUNKS, 1, tasks[i].source, polynomial));
        best(rounds, alone, "extend", i -> field.extend(CHUNKS, 1, tasks[i].source, polynomial));
        best(rounds, alone, "commit", i -> kzg.commit(CHUNKS, polynomial));
        double solution = best(rounds, alone, "solution", i -> solve(cards, kzg, PosVersion.V1, tasks[i]));
        double together = Double.MAX_VALUE;
        double pieces;
        try (ExecutorService workers = Executors.newFixedThreadPool(Math.max(AT_ONCE, cards.concurrency()))) {
            for (int round = 0; round < rounds; round++) {
                long start = System.nanoTime();
                List<Future<?>> running = new ArrayList<>();
                for (Task task : tasks) {
                    running.add(workers.submit(() -> solve(cards, kzg, PosVersion.V1, task)));
                }
                awaitAll(running);
                together = Math.min(together, (System.nanoTime() - start) / 1e6);
            }
            long start = System.nanoTime();
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < PIECES_EACH_ROUND * rounds; i++) {
                Task task = tasks[i % AT_ONCE];
                running.add(workers.submit(() -> kzg.commitValues(CHUNKS, task.source)));
            }
            awaitAll(running);
            pieces = PIECES_EACH_ROUND * rounds / GpuCheck.seconds(System.nanoTime() - start);
        }
        node.put("millisecondsOfOneSolution", solution);
        node.put("millisecondsOfEightAtOnce", together);
        node.put("commitmentsPerSecond", pieces);
        node.put("G4", solution <= 60 && together <= 150);
        node.put("G5", pieces >= 200);
        cards.status().forEach(status -> {
            if (status.failures() > 0) {
                throw new GpuFailure(status.gpu() + " failed meanwhile: " + status.reason());
            }
        });
    }

    private static void awaitAll(List<Future<?>> running) throws InterruptedException, ExecutionException {
        for (Future<?> one : running) {
            one.get();
        }
    }

    /** A step for one of the tasks. */
    private interface Step {
        void on(int task);
    }

    /** The best and the median of some rounds in milliseconds; the median is also given back. */
    private static double best(int rounds, ObjectNode node, String name, Step step) {
        double[] times = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            long start = System.nanoTime();
            step.on(i % AT_ONCE);
            times[i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(times);
        ObjectNode both = node.putObject(name);
        both.put("best", times[0]);
        both.put("median", times[rounds / 2]);
        return times[rounds / 2];
    }

    @Override
    public void close() {
        kzg.close();
        fallback.close();
        processor.close();
    }
}
