package network.autonomys.farmer.benchmarks.gpu;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import network.autonomys.farmer.core.engine.RecordEngine;
import network.autonomys.farmer.core.field.CpuFieldEngine;
import network.autonomys.farmer.core.pos.CpuRecordEngine;
import network.autonomys.farmer.core.pos.PosVersion;
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
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Checks and measures the cards of a machine and writes one JSON file: each card on the reference's own record (as at every start), records at random
 * against the processor's engine, then records per second, times per kernel, host seconds per sector and memory. {@code GPU_CONCURRENCY} is heeded.
 */
@Command(
        name = "gpu-check",
        mixinStandardHelpOptions = true,
        description = {
            "Checks the graphics cards of this machine against the processor, then measures them.",
            "Exit code 0 where everything agrees, 1 where something does not or a card fails, 2 where there is no card to check."
        })
public final class GpuCheck implements Callable<Integer> {
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
            description = "How often each step of a solution is timed. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--gpus", defaultValue = "", paramLabel = "LIST", description = "Cards to use. Default: all.")
    private String gpus = "";

    @Option(
            names = "--out",
            defaultValue = "gpu-check.json",
            paramLabel = "FILE",
            description = "Where the figures go. Default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("gpu-check.json");

    GpuCheck() {}

    /** Runs the command. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new GpuCheck()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("at", Instant.now().toString());
        root.put("java", Runtime.version().toString());
        root.put("processors", Runtime.getRuntime().availableProcessors());
        try (RecordEngine processor = new CpuRecordEngine(new CpuFieldEngine(), VectorForm.preferred(Host.flags()))) {
            boolean exact = check(root, processor);
            String json = new ObjectMapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(root);
            Files.writeString(out, json + System.lineSeparator());
            System.out.println(json);
            return exact ? 0 : 1;
        } catch (GpuUnavailableException e) {
            System.err.println("gpu-check: " + e.getMessage());
            return 2;
        } catch (GpuFailure e) {
            System.err.println("gpu-check: " + e.getMessage());
            return 1;
        }
    }

    private boolean check(ObjectNode root, RecordEngine processor) throws Exception {
        GpuSettings asked = GpuSettings.of(gpus, System.getenv());
        // Checks while running would measure the processor.
        GpuSettings settings = new GpuSettings(
                asked.gpus(), asked.concurrency(), asked.watchdog(), asked.retryAfter(), Integer.MAX_VALUE);
        List<GpuInfo> cards = CudaDriver.devices();
        for (GpuInfo card : cards) {
            if (seconds > 0 && (settings.gpus().isEmpty() || settings.gpus().contains(card.ordinal()))) {
                profile(root.withArray("cards").addObject(), card);
            }
        }
        long start = System.nanoTime();
        try (CudaRecordEngine engine = CudaRecordEngine.open(settings, processor, false, GpuObserver.none())) {
            root.put("secondsToOpenAndTest", seconds(System.nanoTime() - start));
            root.put("recordsInFlight", engine.concurrency());
            boolean exact = Exactness.check(engine, processor, records, root.putObject("exactness"));
            if (exact && seconds > 0) {
                Throughput.measure(engine, Duration.ofSeconds(seconds), root.putObject("throughput"));
            }
            try (Proving proving = new Proving(engine, processor)) {
                ObjectNode node = root.putObject("proving");
                exact &= proving.check(solutions, node);
                if (exact && seconds > 0) {
                    proving.measure(node, Math.max(1, rounds));
                }
            }
            ArrayNode states = root.putArray("afterwards");
            for (GpuStatus status : engine.status()) {
                states.add(status.toString());
                // After a failure the processor may have computed for it, and agreed with itself.
                exact &= status.state() == GpuStatus.State.READY && status.failures() == 0;
            }
            return exact;
        }
    }

    private static void profile(ObjectNode node, GpuInfo card) throws GpuUnavailableException {
        node.put("card", card.toString());
        for (PosVersion version : PosVersion.values()) {
            ObjectNode kernels = node.putObject("milliseconds" + version);
            double sum = 0;
            for (Map.Entry<String, Double> kernel :
                    GpuProfile.kernels(card, version, 20).entrySet()) {
                kernels.put(kernel.getKey(), kernel.getValue());
                sum += kernel.getValue();
            }
            kernels.put("sum", sum);
        }
    }

    static double seconds(long nanos) {
        return nanos / 1e9;
    }
}
