package network.autonomys.farmer.proofserver;

import java.util.Optional;
import java.util.concurrent.Callable;
import network.autonomys.farmer.core.kzg.KzgParameters;
import network.autonomys.farmer.protocol.Role;
import network.autonomys.farmer.runtime.ConfigurationException;
import network.autonomys.farmer.runtime.Daemon;
import network.autonomys.farmer.runtime.ExitCode;
import network.autonomys.farmer.runtime.RoleOptions;
import network.autonomys.farmer.runtime.engine.EngineOptions;
import network.autonomys.farmer.runtime.engine.Engines;
import network.autonomys.farmer.runtime.engine.KzgLocator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code proof-server} (cluster-and-cli §2.2, §2.4). */
@Command(
        name = "proof-server",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Computes complete solutions from source pieces that it fetches from the caches.")
public final class ProofServerCommand implements Callable<Integer> {
    @Mixin
    private final EngineOptions engineOptions = new EngineOptions();

    @Mixin
    private final RoleOptions options;

    @Option(
            names = "--max-queue",
            paramLabel = "N",
            defaultValue = "32",
            description = "Requests that may wait; more are answered \"busy\" at once. Default: ${DEFAULT-VALUE}.")
    private int maxQueue;

    @Option(
            names = "--proof-concurrency",
            paramLabel = "N",
            description = "Proofs computed at once. Default: half of the processors of the affinity mask.")
    private @Nullable Integer concurrency;

    /** A command over the options that every role shares. */
    public ProofServerCommand(RoleOptions options) {
        this.options = options;
    }

    @Override
    public Integer call() {
        try {
            options.configureLog();
            options.natsServers();
            options.push();
            int proofs = concurrency == null ? Math.max(1, Engines.processors() / 2) : concurrency;
            if (maxQueue < 1 || proofs < 1) {
                throw new ConfigurationException("--max-queue and --proof-concurrency are at least 1");
            }
            KzgParameters kzg = KzgLocator.ofProcess().load(options.kzgParameters());
            if (options.dryRun()) {
                return ExitCode.STOPPED;
            }
            return Daemon.run(
                    Role.PROOF_SERVER,
                    options,
                    options.stateDir().or(Optional::empty),
                    context -> ProofServer.start(context, maxQueue, proofs, kzg, engineOptions));
        } catch (ConfigurationException e) {
            System.err.println("proof-server: " + e.getMessage());
            return ExitCode.CONFIGURATION;
        }
    }
}
