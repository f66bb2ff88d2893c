package network.autonomys.farmer.cli;

import network.autonomys.farmer.cli.demo.DemoCommand;
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
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {DemoCommand.class})
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    Main() {}

    /** Ends the process with 0 when stopped, 2 for usage or a refused configuration, anything else where a restart may help. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The whole command line, ready to execute or to be asked for its help. */
    static CommandLine commandLine() {
        return new CommandLine(new Main());
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Which command? See autonomys-farmer --help");
    }
}
