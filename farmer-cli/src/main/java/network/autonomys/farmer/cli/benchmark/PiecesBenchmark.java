package network.autonomys.farmer.cli.benchmark;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import network.autonomys.farmer.core.field.CpuFieldEngine;
import network.autonomys.farmer.core.pos.CpuRecordEngine;
import network.autonomys.farmer.core.sector.SectorException;
import network.autonomys.farmer.core.sector.SectorIds;
import network.autonomys.farmer.core.sector.SectorReader;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.runtime.engine.Engines;
import network.autonomys.farmer.storage.farm.Farm;
import network.autonomys.farmer.storage.farm.PlotReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code benchmark pieces}. */
@Command(
        name = "pieces",
        mixinStandardHelpOptions = true,
        description = "Reads pieces out of a farm's sectors: chunks, table, recovery and the check of the hash.")
final class PiecesBenchmark extends MeasuringCommand {
    @Parameters(paramLabel = "FARM", description = "The farm's folder.")
    private Path folder = Path.of("");

    @Option(
            names = "--reads",
            paramLabel = "N",
            defaultValue = "32",
            description =
                    "Reads of chunks at a time, where the kernel does not read in the background. Default: ${DEFAULT-VALUE}.")
    private int reads;

    PiecesBenchmark() {}

    @Override
    void measure(Timings timings, PrintWriter progress) throws IOException, InterruptedException {
        Random random = new Random();
        CpuFieldEngine field = new CpuFieldEngine();
        try (Farm farm = MeasuredFarm.open(folder);
                CpuRecordEngine records = new CpuRecordEngine(field, Engines.form());
                ExecutorService executor = Executors.newFixedThreadPool(atLeastOne("--reads", reads));
                PlotReader reader = farm.openReader()) {
            int[] sectors = MeasuredFarm.sectors(farm);
            SectorReader sectorReader = new SectorReader(records, field);
            Bytes key = SectorIds.publicKeyHash(farm.publicKey());
            timings.measure("piece", progress, () -> {
                int sector = sectors[random.nextInt(sectors.length)];
                try {
                    sectorReader.readPiece(
                            farm.metadata(sector),
                            SectorIds.sectorId(key, sector, farm.historySize(sector)),
                            farm.posVersion(sector),
                            random.nextInt(farm.info().piecesInSector()),
                            reader.sector(sector, executor, reads),
                            SectorReader.Mode.CONCURRENT_CHUNKS);
                } catch (SectorException e) {
                    throw new IOException("sector " + sector + " is damaged: " + e.getMessage(), e);
                }
            });
            timings.fact("sectors", sectors.length);
            timings.fact("piecesInSector", farm.info().piecesInSector());
        }
    }
}
