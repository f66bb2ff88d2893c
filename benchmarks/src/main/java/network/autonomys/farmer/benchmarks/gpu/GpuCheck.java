package network.autonomys.farmer.benchmarks.gpu;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.BiFunction;
import network.autonomys.farmer.core.engine.RecordEngine;
import network.autonomys.farmer.core.field.CpuFieldEngine;
import network.autonomys.farmer.core.pos.CpuRecordEngine;
import network.autonomys.farmer.core.pos.VectorForm;
import network.autonomys.farmer.cuda.CudaDriver;
import network.autonomys.farmer.cuda.CudaRecordEngine;
import network.autonomys.farmer.cuda.GpuFailure;
import network.autonomys.farmer.cuda.GpuInfo;
import network.autonomys.farmer.cuda.GpuObserver;
import network.autonomys.farmer.cuda.GpuProfile;
import network.autonomys.farmer.cuda.GpuSettings;
import network.autonomys.farmer.cuda.GpuStatus;
import network.autonomys.farmer.cuda.GpuUnavailableException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Checks and measures the cards of a machine and writes one JSON file: each card on the reference's own record (as at every start), tables of the reference,
 * records at random and solutions against the processor's engine; then, where all of them agree, times per kernel, records per second, host seconds per sector, memory and the times
 * of solutions. The file is written anew after each of these, so that a run that is cut short leaves what it had. {@code GPU_CONCURRENCY} is heeded.
 */
@Command(
        name = "gpu-check",
        mixinStandardHelpOptions = true,
        description = {
            "Checks the graphics cards of this machine against the processor, then measures them.",
            "Exit code 0 where everything agrees, 1 where something does not or a card fails, 2 where there is no card to check or an option that cannot be met."
        })
public final class GpuCheck implements Callable<Integer> {
    private static final String NOT_JUDGED =
            "not judged here: the seconds per sector of the reference's own CUDA code on the same card, which this check does"
                    + " not have, over secondsPerSectorOf1000; the goal is 4";

    @Option(
            names = "--records",
            defaultValue = "10000",
            paramLabel = "N",
            description = "Records compared with the processor's, byte for byte. Default: ${DEFAULT-VALUE}.")
    private int records;

    @Option(
            names = "--seconds",
            defaultValue = "60",
            paramLabel = "S",
            description = "How long the cards are measured; 0: they are only checked. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--solutions",
            defaultValue = "64",
            paramLabel = "N",
            description = "Solutions and commitments compared with the processor's. Default: ${DEFAULT-VALUE}.")
    private int solutions;

    @Option(
            names = "--rounds",
            defaultValue = "30",
            paramLabel = "N",
            description = "How often each kernel and each step of a solution is timed. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--vectors",
            paramLabel = "FOLDER",
            description =
                    "Where the reference's vectors of proof of space are, whose tables are compared too. Default: none.")
    private @Nullable Path vectors;

    @Option(names = "--gpus", defaultValue = "", paramLabel = "LIST", description = "Cards to use. Default: all.")
    private String gpus = "";

    @Option(
            names = "--out",
            defaultValue = "gpu-check.json",
            paramLabel = "FILE",
            description = "Where the figures go. Default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("gpu-check.json");

    @Spec
    private @Nullable CommandSpec spec;

    private final Map<String, String> environment;
    private final BiFunction<CudaRecordEngine, RecordEngine, Proving> provers;
    private final ObjectNode root = new ObjectMapper().createObjectNode();

    /** @param provers from the cards and the processor's engine */
    GpuCheck(Map<String, String> environment, BiFunction<CudaRecordEngine, RecordEngine, Proving> provers) {
        this.environment = Map.copyOf(environment);
        this.provers = provers;
    }

    /** Runs the command. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new GpuCheck(System.getenv(), Proving::on)).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        atLeast(0, "--records", records);
        atLeast(0, "--seconds", seconds);
        atLeast(0, "--solutions", solutions);
        atLeast(1, "--rounds", rounds);
        ReferenceTables known = reference();
        try (RecordEngine processor = new CpuRecordEngine(new CpuFieldEngine(), VectorForm.preferred(Host.flags()))) {
            boolean exact = check(processor, known);
            System.out.println(root.toPrettyString());
            return exact ? 0 : 1;
        } catch (GpuUnavailableException e) {
            return e.ofFailure() ? failed(e) : said(e, 2);
        } catch (GpuFailure e) {
            return failed(e);
        } catch (IOException e) {
            return said(e, 1);
        }
    }

    private ReferenceTables reference() {
        if (vectors == null) {
            return ReferenceTables.none();
        }
        try {
            return ReferenceTables.in(vectors);
        } catch (IOException e) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "--vectors: " + e, e);
        }
    }

    private void atLeast(int least, String option, int value) {
        if (value < least) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), option + " " + value + ": at least " + least);
        }
    }

    /** A card that failed is a result, to be found beside what was measured before. */
    private int failed(Exception e) {
        root.put("failure", e.getMessage());
        try {
            save();
        } catch (IOException unsaved) {
            said(unsaved, 1);
        }
        return said(e, 1);
    }

    private static int said(Exception e, int code) {
        System.err.println("gpu-check: " + (e instanceof IOException ? e.toString() : e.getMessage()));
        return code;
    }

    private void save() throws IOException {
        Files.writeString(out, root.toPrettyString() + System.lineSeparator());
    }

    /** Keeps what there is so far, and says what comes next. */
    private void next(String what) throws IOException {
        save();
        System.err.println("gpu-check: " + what);
    }

    private boolean check(RecordEngine processor, ReferenceTables known)
            throws GpuUnavailableException, IOException, InterruptedException, ExecutionException {
        GpuSettings asked = GpuSettings.of(gpus, environment);
        // Checks while running would measure the processor.
        GpuSettings settings = new GpuSettings(
                asked.gpus(), asked.concurrency(), asked.watchdog(), asked.retryAfter(), Integer.MAX_VALUE);
        List<GpuInfo> cards = CudaDriver.devices().stream()
                .filter(card -> asked.gpus().isEmpty() || asked.gpus().contains(card.ordinal()))
                .toList();
        describe(cards);
        long start = System.nanoTime();
        next("opens the cards and tries each on a known record");
        try (CudaRecordEngine engine = CudaRecordEngine.open(settings, processor, false, GpuObserver.none());
                Proving proving = provers.apply(engine, processor)) {
            root.put("secondsToOpenAndTest", seconds(System.nanoTime() - start));
            root.put("recordsInFlight", engine.concurrency());
            ObjectNode exactness = root.putObject("exactness");
            next(known.size() + " tables of the reference");
            boolean exact = known.check(engine, exactness);
            next(records + " records");
            exact &= Exactness.check(engine, processor, records, exactness);
            next(solutions + " solutions and commitments");
            ObjectNode node = root.putObject("proving");
            exact &= proving.check(solutions, node);
            if (exact && seconds > 0) {
                measure(cards, engine, proving, node);
            }
            ArrayNode states = root.putArray("afterwards");
            for (GpuStatus status : engine.status()) {
                states.add(status.toString());
                // After a failure the processor may have computed for it, and agreed with itself.
                exact &= status.state() == GpuStatus.State.READY && status.failures() == 0;
            }
            next(exact ? "everything agrees" : "not everything agrees");
            return exact;
        }
    }

    private void describe(List<GpuInfo> cards) throws GpuUnavailableException, IOException {
        root.put("at", Instant.now().toString());
        root.put("java", Runtime.version().toString());
        root.put("processor", Host.model());
        root.put("processors", Runtime.getRuntime().availableProcessors());
        root.put("driver", Host.driver());
        root.put("driverSupportsCuda", CudaDriver.version());
        cards.forEach(card -> root.withArray("cards").addObject().put("card", card.toString()));
    }

    private void measure(List<GpuInfo> cards, CudaRecordEngine engine, Proving proving, ObjectNode node)
            throws GpuUnavailableException, IOException, InterruptedException, ExecutionException {
        next("times of kernels");
        for (int i = 0; i < cards.size(); i++) {
            profile((ObjectNode) root.withArray("cards").get(i), cards.get(i));
        }
        next("records for " + seconds + " seconds");
        ObjectNode throughput = root.putObject("throughput");
        Throughput.measure(engine, Duration.ofSeconds(seconds), throughput);
        throughput.put("G2", NOT_JUDGED);
        next("times of solutions");
        proving.measure(node, rounds);
    }

    private void profile(ObjectNode node, GpuInfo card) throws GpuUnavailableException {
        GpuProfile.kernels(card, rounds).forEach((version, times) -> {
            ObjectNode kernels = node.putObject("milliseconds" + version);
            times.forEach(kernels::put);
            kernels.put(
                    "sum",
                    times.values().stream().mapToDouble(Double::doubleValue).sum());
        });
    }

    static double seconds(long nanos) {
        return nanos / 1e9;
    }
}
