package network.autonomys.farmer.cli;

import network.autonomys.farmer.cli.benchmark.BenchmarkCommand;
import network.autonomys.farmer.cli.demo.DemoCommand;
import network.autonomys.farmer.controller.ControllerCommand;
import network.autonomys.farmer.controller.ExportPieceCommand;
import network.autonomys.farmer.devnode.DevNodeCommand;
import network.autonomys.farmer.fullpiececache.FullPieceCacheCommand;
import network.autonomys.farmer.plotclient.PlotClientCommand;
import network.autonomys.farmer.plotserver.PlotServerCommand;
import network.autonomys.farmer.proofserver.ProofServerCommand;
import network.autonomys.farmer.runtime.ConfigurationException;
import network.autonomys.farmer.runtime.Logs;
import network.autonomys.farmer.runtime.RoleOptions;
import network.autonomys.farmer.runtime.engine.KzgLocator;
import network.autonomys.farmer.shardedcache.ShardedCacheCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The umbrella command {@code autonomys-farmer}. */
@Command(
        name = "autonomys-farmer",
        description = "Farms the Autonomys network with a cluster of machines.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    Main() {}

    /** Ends the process with 0 when stopped, 2 for usage or a refused configuration, anything else where a restart may help. */
    public static void main(String[] arguments) throws ConfigurationException {
        // Roles have a log of their own; of everything else only what is wrong is of interest.
        Logs.configureTool("warn", false);
        CommandLine line = commandLine();
        System.exit(line.execute(ClusterCommand.withOptionsBehindRole(
                arguments, roles(line).getSubcommands().keySet())));
    }

    /** The whole command line, ready to execute or to be asked for its help. */
    static CommandLine commandLine() {
        CommandLine cluster = new CommandLine(new ClusterCommand())
                .addSubcommand(new ControllerCommand(new RoleOptions()))
                .addSubcommand(new ShardedCacheCommand(new RoleOptions()))
                .addSubcommand(
                        "full-piece-sharded-cache", new FullPieceCacheCommand(new RoleOptions()), "full-piece-cache")
                .addSubcommand(new PlotServerCommand(new RoleOptions()))
                .addSubcommand(new ProofServerCommand(new RoleOptions()))
                .addSubcommand(new PlotClientCommand(new RoleOptions()));
        return new CommandLine(new Main())
                .addSubcommand(cluster)
                .addSubcommand(new DemoCommand())
                .addSubcommand(new StatusCommand())
                .addSubcommand(new DevNodeCommand())
                .addSubcommand(BenchmarkCommand.commandLine(KzgLocator.ofProcess()))
                .addSubcommand(new InfoCommand())
                .addSubcommand(new ScrubCommand())
                .addSubcommand(new WipeCommand())
                .addSubcommand(new ExportPieceCommand())
                .addSubcommand(new CommandLine(new UtilCommand())
                        .addSubcommand(new KzgParametersCommand())
                        .addSubcommand(new ReinitializeCommand())
                        .addSubcommand(new CacheBenchmarkCommand())
                        .addSubcommand(new ShareClassesCommand()));
    }

    private static CommandLine roles(CommandLine line) {
        CommandLine cluster = line.getSubcommands().get("cluster");
        if (cluster == null) {
            throw new IllegalStateException("no cluster command");
        }
        return cluster;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Which command? See autonomys-farmer --help");
    }
}
