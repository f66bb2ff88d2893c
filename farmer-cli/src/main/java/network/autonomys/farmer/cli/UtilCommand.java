package network.autonomys.farmer.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code util}: tools around the cluster. */
@Command(
        name = "util",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "TOOL",
        description = "Tools around the cluster.")
final class UtilCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    UtilCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which tool? See autonomys-farmer util --help");
    }
}
