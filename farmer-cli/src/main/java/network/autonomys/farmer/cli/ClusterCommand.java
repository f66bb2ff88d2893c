package network.autonomys.farmer.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code cluster}: one role of the cluster in this process. */
@Command(
        name = "cluster",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "ROLE",
        description = {
            "Runs one role of the cluster.",
            "The options that all roles share, such as --nats-server, may stand before or behind the role's name; \"cluster ROLE --help\" lists them."
        })
final class ClusterCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    ClusterCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which role? See autonomys-farmer cluster --help");
    }

    /**
     * Moves the options between {@code cluster} and the role's name behind the name, where the role's own parser reads them: operators' files have
     * them in front (cluster-and-cli §2.2).
     *
     * @param roles names of the roles
     */
    static String[] withOptionsBehindRole(String[] arguments, Iterable<String> roles) {
        if (arguments.length == 0 || !arguments[0].equals("cluster")) {
            return arguments;
        }
        for (int i = 1; i < arguments.length; i++) {
            for (String role : roles) {
                if (arguments[i].equals(role)) {
                    List<String> moved = new ArrayList<>(List.of("cluster", role));
                    moved.addAll(List.of(arguments).subList(1, i));
                    moved.addAll(List.of(arguments).subList(i + 1, arguments.length));
                    return moved.toArray(String[]::new);
                }
            }
        }
        return arguments;
    }
}
