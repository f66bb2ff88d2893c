package network.autonomys.farmer.plotclient;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import network.autonomys.farmer.core.keys.Ss58;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.protocol.Role;
import network.autonomys.farmer.runtime.ConfigurationException;
import network.autonomys.farmer.runtime.Daemon;
import network.autonomys.farmer.runtime.ExitCode;
import network.autonomys.farmer.runtime.RoleOptions;
import network.autonomys.farmer.runtime.engine.KzgLocator;
import network.autonomys.farmer.storage.io.ReadMethod;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code plot-client} (cluster-and-cli §2.2, §2.4). */
@Command(
        name = "plot-client",
        mixinStandardHelpOptions = true,
        description =
                "Audits its farms every slot, gets proofs, submits solutions, signs rewards, fetches and stores sectors.")
public final class PlotClientCommand implements Callable<Integer> {
    @Mixin
    private final RoleOptions options;

    @Option(
            names = "--reward-address",
            paramLabel = "ADDRESS",
            description = "Who is paid, for all farms of this process.")
    private @Nullable String rewardAddress;

    @Parameters(
            paramLabel = "path=DIR,sectors=N",
            arity = "0..*",
            description =
                    "A farm: its folder and its number of sectors (or auto, or size=SIZE instead). One for each disk.")
    private List<String> farms = new ArrayList<>();

    @Option(
            names = "--max-plotting-sectors-per-farm",
            paramLabel = "N",
            defaultValue = "2",
            description = "Sectors on their way to one disk at once. Default: ${DEFAULT-VALUE}.")
    private int maxPlottingSectors;

    @Option(
            names = "--max-pieces-in-sector",
            paramLabel = "N",
            description = "Smaller sectors for new farms, for development. Default: the protocol's.")
    private @Nullable Integer maxPiecesInSector;

    @Option(names = "--no-plot", description = "Farm only: plot nothing.")
    private boolean noPlot;

    @Option(
            names = "--local-proof",
            paramLabel = "auto|always|never",
            defaultValue = "auto",
            description =
                    "Whether proofs may be made from the plot by this process. Default: ${DEFAULT-VALUE}, when no proof-server is in time.")
    private String localProof = "auto";

    @Option(
            names = "--disk-reads",
            paramLabel = "auto|ring|threads",
            defaultValue = "auto",
            description =
                    "How plots are read: many reads at once by the kernel (ring: io_uring of Linux 5.12 and later), or one by each"
                            + " thread. Default: ${DEFAULT-VALUE}, the ring where the kernel has it.")
    private String diskReads = "auto";

    @Option(
            names = "--create",
            arity = "1",
            paramLabel = "true|false",
            defaultValue = "true",
            description = "Whether missing farms are made. Default: ${DEFAULT-VALUE}.")
    private boolean create;

    @Option(names = "--disable-farm-locking", description = "Do not lock farms against other processes.")
    private boolean disableLocking;

    @Option(names = "--exit-on-farm-error", description = "End when one farm fails. Default: the others go on.")
    private boolean exitOnFarmError;

    /** A command over the options that every role shares. */
    public PlotClientCommand(RoleOptions options) {
        this.options = options;
    }

    @Override
    public Integer call() {
        try {
            options.configureLog();
            options.natsServers();
            options.push();
            PlotClientSettings settings = settings();
            KzgLocator locator = KzgLocator.ofProcess();
            Path state = options.stateDir()
                    .orElseGet(() -> settings.farms().get(0).path().resolve("plot-client"));
            if (options.dryRun()) {
                locator.load(options.kzgParameters());
                return ExitCode.STOPPED;
            }
            return Daemon.run(
                    Role.PLOT_CLIENT,
                    options,
                    Optional.of(state),
                    context -> PlotClient.start(context, settings, locator.load(options.kzgParameters())));
        } catch (ConfigurationException e) {
            System.err.println("plot-client: " + e.getMessage());
            return ExitCode.CONFIGURATION;
        }
    }

    /** Farms that exist are checked before anything is started; how large the sectors of new ones are is the chain's to say. */
    private static void checkSpace(List<FarmArgument> farms) throws ConfigurationException {
        for (FarmArgument farm : farms) {
            try {
                OptionalInt pieces = FarmSpace.piecesInSector(farm);
                if (pieces.isPresent()) {
                    new FarmSpace(FarmSpace.DISKS).allocation(farm, pieces.getAsInt());
                }
            } catch (IOException e) {
                throw new ConfigurationException(String.valueOf(e.getMessage()));
            }
        }
    }

    private PlotClientSettings settings() throws ConfigurationException {
        String address = rewardAddress;
        if (address == null) {
            throw new ConfigurationException("--reward-address is needed: who is to be paid?");
        }
        Bytes payee;
        try {
            payee = Ss58.decode(address).account();
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("--reward-address " + address + " is no address: " + e.getMessage());
        }
        if (farms.isEmpty()) {
            throw new ConfigurationException("at least one farm is needed: path=DIR,sectors=N");
        }
        List<FarmArgument> parsed = new ArrayList<>();
        Set<Path> folders = new HashSet<>();
        for (String farm : farms) {
            try {
                FarmArgument argument = FarmArgument.parse(farm);
                if (!folders.add(argument.path().toAbsolutePath().normalize())) {
                    throw new ConfigurationException("the farm " + argument.path() + " is named twice");
                }
                parsed.add(argument);
            } catch (IllegalArgumentException e) {
                throw new ConfigurationException(e.getMessage() == null ? farm : e.getMessage());
            }
        }
        for (FarmArgument farm : parsed) {
            Path parent = farm.path().toAbsolutePath().getParent();
            if (!java.nio.file.Files.isDirectory(farm.path())
                    && (parent == null || !java.nio.file.Files.isDirectory(parent))) {
                throw new ConfigurationException(
                        "no folder " + farm.path() + " and none above it: is the disk mounted?");
            }
        }
        checkSpace(parsed);
        if (maxPlottingSectors < 1) {
            throw new ConfigurationException("--max-plotting-sectors-per-farm " + maxPlottingSectors + ": at least 1");
        }
        BusProvers.LocalProof local;
        try {
            local = BusProvers.LocalProof.valueOf(localProof.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("--local-proof " + localProof + ": use auto, always or never");
        }
        ReadMethod method;
        try {
            method = ReadMethod.of(diskReads);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("--disk-reads " + e.getMessage());
        }
        return new PlotClientSettings(
                parsed,
                payee,
                maxPlottingSectors,
                Optional.ofNullable(maxPiecesInSector),
                !noPlot,
                local,
                method,
                create,
                !disableLocking,
                exitOnFarmError,
                Duration.ofMillis(300));
    }
}
