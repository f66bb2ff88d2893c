package network.autonomys.farmer.cli.benchmark;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import network.autonomys.farmer.storage.farm.ContentsMaps;
import network.autonomys.farmer.storage.farm.Farm;
import network.autonomys.farmer.storage.farm.FarmAuditor;
import network.autonomys.farmer.storage.io.ReadMethod;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code benchmark audit}. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description =
                "Audits a farm for made-up slots: how long it takes to find out whether a slot is won. It must stay well below a second.")
final class AuditBenchmark extends MeasuringCommand {
    /** No chunk wins: winners would be looked up in the contents map, which a real slot hardly ever does. */
    private static final long NOTHING_WINS = 0;

    @Mixin
    private final DiskReads diskReads = new DiskReads();

    @Parameters(paramLabel = "FARM", description = "The farm's folder.")
    private Path folder = Path.of("");

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "8",
            description = "Most threads that audit. Default: ${DEFAULT-VALUE}.")
    private int threads;

    AuditBenchmark() {}

    @Override
    void measure(Timings timings, PrintWriter progress) throws IOException, InterruptedException {
        Random random = new Random();
        ReadMethod method = diskReads.method();
        try (Farm farm = MeasuredFarm.open(folder);
                ExecutorService executor = Executors.newFixedThreadPool(atLeastOne("--threads", threads));
                FarmAuditor auditor = new FarmAuditor(farm, new ContentsMaps(farm), method, executor, threads)) {
            int sectors = MeasuredFarm.sectors(farm).length;
            int[] unreadable = new int[1];
            timings.measure(
                    "audit",
                    progress,
                    () -> unreadable[0] = auditor.audit(MeasuredFarm.challenge(random), NOTHING_WINS)
                            .unreadable()
                            .size());
            timings.fact("sectors", sectors);
            timings.fact("piecesInSector", farm.info().piecesInSector());
            timings.fact("diskReads", method.toString());
            timings.fact("threads", threads);
            timings.fact("unreadableSectors", unreadable[0]);
            timings.fact("sectorsPerSecond", sectors / timings.medianSeconds());
        }
    }
}
