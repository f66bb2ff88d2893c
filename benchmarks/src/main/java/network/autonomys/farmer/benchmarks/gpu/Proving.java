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
    /** Pieces committed to in one call, which cards do together. */
    private static final int TOGETHER = 8;

    private final RecordEngine processorRecords;
    private final CudaRecordEngine cards;
    private final FieldEngine processorField = new CpuFieldEngine();
    private final FieldEngine field;
    private final MsmEngine sums;
    private final MsmEngine processorSums;
    private final Kzg processor;
    private final Kzg kzg;
    private final Load load;

    /**
     * What is measured beside single steps.
     *
     * @param solutions at once
     * @param batches of eight pieces committed to for each round
     */
    record Load(int solutions, int batches) {
        /** That of the goals. */
        static final Load USUAL = new Load(8, 4);
    }

    /**
     * @param sums of the cards, closed with this
     * @param processorSums over the same points, closed with this
     */
    Proving(
            CudaRecordEngine cards,
            RecordEngine processorRecords,
            KzgParameters parameters,
            MsmEngine sums,
            MsmEngine processorSums,
            Load load) {
        this.cards = cards;
        this.processorRecords = processorRecords;
        this.load = load;
        this.sums = sums;
        this.processorSums = processorSums;
        processor = new Kzg(parameters, processorField, processorSums);
        field = new CudaFieldEngine(cards, processorField);
        kzg = new Kzg(parameters, field, sums);
    }

    /** Everything on the cards, as in a proof-server. */
    static Proving on(CudaRecordEngine cards, RecordEngine processorRecords) {
        KzgParameters parameters = KzgParameters.parse(MemorySegment.ofArray(DevSecret.parameterFile()));
        MsmEngine processorSums = new CpuMsmEngine(parameters);
        MsmEngine sums = new CudaMsmEngine(cards, parameters.g1(), KzgParameters.G1_POINTS, processorSums);
        return new Proving(cards, processorRecords, parameters, sums, processorSums, Load.USUAL);
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

    /** Sources of eight records, one after the other. */
    private static MemorySegment pieces() {
        MemorySegment pieces = MemorySegment.ofArray(new byte[TOGETHER * RecordEngine.RECORD_BYTES]);
        Records records = new Records();
        for (int i = 0; i < TOGETHER; i++) {
            records.load(i);
            MemorySegment.copy(
                    MemorySegment.ofArray(records.record),
                    0,
                    pieces,
                    (long) RecordEngine.RECORD_BYTES * i,
                    RecordEngine.RECORD_BYTES);
        }
        return pieces;
    }

    private static Bytes commitments(MemorySegment pieces, FieldEngine field, MsmEngine sums) {
        MemorySegment polynomials = MemorySegment.ofArray(new byte[TOGETHER * RecordEngine.RECORD_BYTES]);
        byte[] commitments = new byte[TOGETHER * MsmEngine.G1_BYTES];
        field.interpolate(CHUNKS, TOGETHER, pieces, polynomials);
        sums.commit(CHUNKS, TOGETHER, polynomials, MemorySegment.ofArray(commitments));
        return Bytes.of(commitments);
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
        if (solutions > 0) {
            MemorySegment pieces = pieces();
            boolean same = commitments(pieces, processorField, processorSums).equals(commitments(pieces, field, sums));
            node.put("committedTogether", TOGETHER);
            wrong += same ? 0 : 1;
        }
        node.put("solutions", solutions);
        node.put("wrong", wrong);
        return wrong == 0;
    }

    /**
     * Times each step alone, whole solutions alone and eight at once, and commitments to pieces, eight in each call, from as many threads as records are in flight, at least
     * eight.
     *
     * @param rounds of each, at least 1
     * @throws GpuFailure where a card failed meanwhile: the processor may have done its work, and that would be no figure of a card
     */
    void measure(ObjectNode node, int rounds) throws InterruptedException, ExecutionException {
        Task[] tasks = new Task[load.solutions()];
        Arrays.setAll(tasks, this::provable);
        byte[] out = new byte[RecordEngine.RECORD_BYTES];
        MemorySegment polynomial = MemorySegment.ofArray(out);
        byte[] proof = new byte[ProofTable.PROOF_BYTES];
        Times times = new Times(rounds, node.putObject("milliseconds"));
        for (PosVersion version : PosVersion.values()) {
            times.median(
                    "findProof" + version,
                    i -> cards.findProof(
                            version, tasks[i % tasks.length].seed, tasks[i % tasks.length].sBucket, proof));
        }
        times.median(
                "recover",
                i -> field.recover(
                        SHARDS,
                        tasks[i % tasks.length].present,
                        tasks[i % tasks.length].shards,
                        Recovered.COEFFICIENTS,
                        polynomial));
        times.median("interpolate", i -> field.interpolate(CHUNKS, 1, tasks[i % tasks.length].source, polynomial));
        times.median("extend", i -> field.extend(CHUNKS, 1, tasks[i % tasks.length].source, polynomial));
        times.median("commit", i -> kzg.commit(CHUNKS, polynomial));
        double solution = times.median("solution", i -> solve(cards, kzg, PosVersion.V1, tasks[i % tasks.length]));
        double together;
        double pieces;
        try (ExecutorService workers = Executors.newFixedThreadPool(Math.max(load.solutions(), cards.concurrency()))) {
            together = times.median(
                    "solutionsAtOnce",
                    i -> Threads.await(Arrays.stream(tasks)
                            .<Future<?>>map(task -> workers.submit(() -> solve(cards, kzg, PosVersion.V1, task)))
                            .toList()));
            MemorySegment batch = pieces();
            long start = System.nanoTime();
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < load.batches() * rounds; i++) {
                running.add(workers.submit(() -> commitments(batch, field, sums)));
            }
            Threads.await(running);
            pieces = TOGETHER * load.batches() * rounds / GpuCheck.seconds(System.nanoTime() - start);
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

    /** A step of a solution, told which round it is. */
    private interface Step {
        void in(int round) throws InterruptedException, ExecutionException;
    }

    /** Times of steps. */
    private record Times(int rounds, ObjectNode node) {
        /** Notes the best and the median of some rounds in milliseconds; the median is also given back. */
        double median(String name, Step step) throws InterruptedException, ExecutionException {
            double[] times = new double[rounds];
            for (int i = 0; i < rounds; i++) {
                long start = System.nanoTime();
                step.in(i);
                times[i] = (System.nanoTime() - start) / 1e6;
            }
            Arrays.sort(times);
            ObjectNode both = node.putObject(name);
            both.put("best", times[0]);
            both.put("median", times[rounds / 2]);
            return times[rounds / 2];
        }
    }

    @Override
    public void close() {
        kzg.close();
        processor.close();
    }
}
