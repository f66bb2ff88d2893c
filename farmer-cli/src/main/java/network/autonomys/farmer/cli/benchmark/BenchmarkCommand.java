package network.autonomys.farmer.cli.benchmark;

import network.autonomys.farmer.runtime.engine.KzgLocator;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code benchmark}. */
@Command(
        name = "benchmark",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "WHAT",
        description =
                "Measures what this machine, its disks and its farms are capable of. Nothing is written to farms.")
public final class BenchmarkCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    private BenchmarkCommand() {}

    /** The command with what can be measured. */
    public static CommandLine commandLine(KzgLocator parameters) {
        return new CommandLine(new BenchmarkCommand())
                .addSubcommand(new AuditBenchmark())
                .addSubcommand(new ProveBenchmark(parameters))
                .addSubcommand(new PlotBenchmark())
                .addSubcommand(new PiecesBenchmark());
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "What is to be measured? See autonomys-farmer benchmark --help");
    }
}
