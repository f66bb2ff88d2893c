package network.autonomys.farmer.cli.benchmark;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import network.autonomys.farmer.core.engine.ProofTable;
import network.autonomys.farmer.core.engine.RecordEngine;
import network.autonomys.farmer.core.field.CpuFieldEngine;
import network.autonomys.farmer.core.pos.CpuRecordEngine;
import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.runtime.engine.Engines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code benchmark plot}. */
@Command(
        name = "plot",
        mixinStandardHelpOptions = true,
        description =
                "Encodes made-up records on many threads: how fast this machine plots when pieces and disks keep up.")
final class PlotBenchmark extends MeasuringCommand {
    @Option(names = "--threads", paramLabel = "N", description = "Records at a time. Default: one for each processor.")
    private int threads = Engines.processors();

    @Option(
            names = "--pieces-in-sector",
            paramLabel = "N",
            defaultValue = "1000",
            description = "For the time that a sector takes. Default: ${DEFAULT-VALUE}.")
    private int pieces;

    @Option(
            names = "--proof-of-space",
            paramLabel = "VERSION",
            defaultValue = "V1",
            description = "The rule: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private PosVersion version = PosVersion.V1;

    PlotBenchmark() {}

    @Override
    void measure(Timings timings, PrintWriter progress) throws IOException, InterruptedException {
        atLeastOne("--pieces-in-sector", pieces);
        Random random = new Random();
        try (CpuRecordEngine engine = new CpuRecordEngine(new CpuFieldEngine(), Engines.form());
                ExecutorService executor = Executors.newFixedThreadPool(atLeastOne("--threads", threads))) {
            List<MadeUpRecord> records = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                records.add(new MadeUpRecord(random));
            }
            timings.measure("records", progress, () -> {
                List<Future<?>> running = new ArrayList<>();
                for (MadeUpRecord one : records) {
                    running.add(executor.submit(() -> one.encode(engine, version)));
                }
                for (Future<?> one : running) {
                    finish(one);
                }
            });
        }
        double perSecond = threads / timings.medianSeconds();
        timings.fact("threads", threads);
        timings.fact("engine", Engines.form().toString().toLowerCase(Locale.ROOT));
        timings.fact("proofOfSpace", version.toString());
        timings.fact("recordsPerSecond", perSecond);
        timings.fact("secondsPerSector", pieces / perSecond);
        timings.fact("gibibytesPerDay", perSecond * 86_400 / 1024);
    }

    private static void finish(Future<?> task) throws IOException, InterruptedException {
        try {
            task.get();
        } catch (ExecutionException e) {
            throw new IOException("a record could not be encoded: " + e.getCause(), e);
        }
    }

    /** What one thread encodes again and again. */
    private static final class MadeUpRecord {
        private final MemorySegment seed;
        private final MemorySegment record;
        private final MemorySegment out = MemorySegment.ofArray(new byte[RecordEngine.RECORD_BYTES]);
        private final MemorySegment bitfield = MemorySegment.ofArray(new byte[ProofTable.BITFIELD_BYTES]);

        MadeUpRecord(Random random) {
            byte[] bytes = new byte[RecordEngine.SEED_BYTES];
            random.nextBytes(bytes);
            seed = MemorySegment.ofArray(bytes);
            byte[] chunks = new byte[RecordEngine.RECORD_BYTES];
            random.nextBytes(chunks);
            for (int i = 0; i < chunks.length; i += 32) {
                chunks[i] &= 0x3f;
            }
            record = MemorySegment.ofArray(chunks);
        }

        void encode(RecordEngine engine, PosVersion version) {
            engine.encode(version, 1, seed, record, out, bitfield);
        }
    }
}
