package network.autonomys.farmer.cli.benchmark;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import network.autonomys.farmer.core.sector.ContentsMap;
import network.autonomys.farmer.core.sector.Prover;
import network.autonomys.farmer.core.sector.SectorException;
import network.autonomys.farmer.core.sector.SectorLayout;
import network.autonomys.farmer.core.sector.SectorReader;
import network.autonomys.farmer.core.sector.SectorSource;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.runtime.ConfigurationException;
import network.autonomys.farmer.runtime.engine.Engines;
import network.autonomys.farmer.runtime.engine.KzgLocator;
import network.autonomys.farmer.storage.farm.Farm;
import network.autonomys.farmer.storage.farm.PlotReader;
import network.autonomys.farmer.storage.io.ReadMethod;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code benchmark prove}. */
@Command(
        name = "prove",
        mixinStandardHelpOptions = true,
        description = {
            "Proves chunks of a farm from its plot: reading, table, recovery and witness.",
            "A proof server proves from the cached piece, which is faster; it falls back to this."
        })
final class ProveBenchmark extends MeasuringCommand {
    private final KzgLocator locator;

    @Mixin
    private final DiskReads diskReads = new DiskReads();

    @Parameters(paramLabel = "FARM", description = "The farm's folder.")
    private Path folder = Path.of("");

    @Option(names = "--kzg-parameters", paramLabel = "FILE", description = "The network's parameters, or dev.")
    private @Nullable String parameters;

    @Option(
            names = "--reads",
            paramLabel = "N",
            defaultValue = "32",
            description = "Most threads that read chunks. Default: ${DEFAULT-VALUE}.")
    private int reads;

    ProveBenchmark(KzgLocator locator) {
        this.locator = locator;
    }

    @Override
    void measure(Timings timings, PrintWriter progress)
            throws ConfigurationException, IOException, InterruptedException {
        Random random = new Random();
        ReadMethod method = diskReads.method();
        try (Farm farm = MeasuredFarm.open(folder);
                Engines engines = Engines.processor(locator.load(Optional.ofNullable(parameters)), 1);
                ExecutorService executor = Executors.newFixedThreadPool(atLeastOne("--reads", reads));
                PlotReader reader = farm.openReader()) {
            int[] sectors = MeasuredFarm.sectors(farm);
            engines.prepareWitnesses();
            Prover prover = engines.prover();
            timings.measure("proof", progress, () -> {
                int sector = sectors[random.nextInt(sectors.length)];
                prove(farm, prover, sector, reader.sector(sector, method, executor, reads), random);
            });
            timings.fact("diskReads", method.toString());
            timings.fact("piecesInSector", farm.info().piecesInSector());
            timings.fact("engine", engines.description());
        }
    }

    private static void prove(Farm farm, Prover prover, int sector, SectorSource source, Random random)
            throws IOException {
        try {
            ContentsMap contents = SectorReader.readContentsMap(farm.layout(), source);
            int piece = random.nextInt(farm.info().piecesInSector());
            int sBucket = encoded(contents, piece, random);
            Prover.Task task = new Prover.Task(
                    farm.publicKey(),
                    Bytes.zeros(32),
                    sector,
                    farm.historySize(sector),
                    piece,
                    sBucket,
                    farm.posVersion(sector));
            if (prover.fromPlot(task, farm.metadata(sector), contents, source, SectorReader.Mode.CONCURRENT_CHUNKS)
                    .isEmpty()) {
                throw new IOException("sector " + sector + " gave no solution for a chunk that it stores");
            }
        } catch (SectorException e) {
            throw new IOException("sector " + sector + " is damaged: " + e.getMessage(), e);
        }
    }

    /** An s-bucket of which the record stores the chunk encoded, as about every second. */
    private static int encoded(ContentsMap contents, int piece, Random random) {
        int sBucket = random.nextInt(SectorLayout.S_BUCKETS);
        while (!contents.isEncoded(piece, sBucket)) {
            sBucket = (sBucket + 1) % SectorLayout.S_BUCKETS;
        }
        return sBucket;
    }
}
