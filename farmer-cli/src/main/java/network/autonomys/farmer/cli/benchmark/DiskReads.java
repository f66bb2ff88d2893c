package network.autonomys.farmer.cli.benchmark;

import network.autonomys.farmer.storage.io.ReadMethod;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option of how a plot is read, for benchmarks that read one. */
final class DiskReads {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--disk-reads",
            paramLabel = "auto|ring|threads",
            defaultValue = "auto",
            description = "How the plot is read, as in plot-client. Default: ${DEFAULT-VALUE}.")
    private String name = "auto";

    ReadMethod method() {
        try {
            return ReadMethod.of(name);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--disk-reads " + e.getMessage(), e);
        }
    }
}
