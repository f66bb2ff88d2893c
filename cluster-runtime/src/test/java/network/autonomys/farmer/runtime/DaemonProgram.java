package network.autonomys.farmer.runtime;

import java.util.Optional;
import network.autonomys.farmer.protocol.Role;
import picocli.CommandLine;

/** A role that does nothing, or ends in one of several ways, as a process of its own. */
final class DaemonProgram {
    private DaemonProgram() {}

    public static void main(String[] arguments) {
        RoleOptions options =
                CommandLine.populateCommand(new RoleOptions(), "--nats-server", arguments[1], "--timers", "demo");
        System.exit(Daemon.run(Role.PLOT_SERVER, options, Optional.empty(), context -> {
            switch (arguments[0]) {
                case "refuse" -> throw new ConfigurationException("cannot work");
                case "fail" -> context.fail("no more");
                case "die" ->
                    new Thread(() -> {
                                throw new IllegalStateException("thread dies");
                            })
                            .start();
                default -> context.ready();
            }
        }));
    }
}
