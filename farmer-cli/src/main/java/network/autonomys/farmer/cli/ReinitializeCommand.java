package network.autonomys.farmer.cli;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import network.autonomys.farmer.runtime.ConfigurationException;
import network.autonomys.farmer.runtime.ExitCode;
import network.autonomys.farmer.runtime.RoleOptions;
import network.autonomys.farmer.runtime.nats.BusException;
import network.autonomys.farmer.runtime.presence.Member;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code util reinitialization-cache}. */
@Command(
        name = "reinitialization-cache",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Has all caches and controllers announce themselves anew, work out what they should hold, and fetch what is missing.",
            "Nothing valid is deleted, reading goes on, and it may be repeated at any time."
        },
        footer = {
            "",
            "Exit code 0 when everybody follows, 1 when somebody does not or nobody is there, 2 for wrong options.",
            "Example: autonomys-farmer util reinitialization-cache --nats-servers nats://10.0.0.1:4222 --delay 10"
        })
final class ReinitializeCommand implements Callable<Integer> {
    private static final long MOST_SECONDS = 7 * 86_400;
    private static final Duration GATHER = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofSeconds(1);

    @Mixin
    private final RoleOptions options = new RoleOptions();

    @Option(
            names = "--delay",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description = "When it begins, from now on. Default: ${DEFAULT-VALUE}.")
    private long delay;

    @Option(
            names = "--scope",
            paramLabel = "ROLE|ID",
            defaultValue = "",
            description = "Only one role, such as sharded-cache, or one instance as \"status\" shows it. Default: all.")
    private String scope = "";

    @Option(
            names = "--verify",
            paramLabel = "index|full",
            defaultValue = "index",
            description = "full: every stored piece is read and checked. Default: ${DEFAULT-VALUE}.")
    private String verify = "index";

    @Option(names = "--no-wait", description = "Order it and do not watch.")
    private boolean noWait;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "How long to watch after the beginning. Default: ${DEFAULT-VALUE}.")
    private long wait;

    ReinitializeCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        try {
            options.configureToolLog();
            check();
            try (ToolLink link = new ToolLink("reinitialization-cache", options)) {
                Thread.sleep(GATHER);
                return run(new CacheReinitialization(link.bus(), link.presence(), link.scheduler(), System.out, LOOK));
            }
        } catch (ConfigurationException e) {
            System.err.println("reinitialization-cache: " + e.getMessage());
            return ExitCode.CONFIGURATION;
        } catch (BusException e) {
            System.err.println("reinitialization-cache: the order could not be written: " + e.getMessage()
                    + ". Are the NATS servers there, with JetStream?");
            return ExitCode.FAILED;
        }
    }

    private int run(CacheReinitialization work) throws BusException, InterruptedException {
        List<Member> concerned = work.concerned(scope);
        if (concerned.isEmpty()) {
            System.err.println("reinitialization-cache: no cache or controller answers"
                    + (scope.isEmpty() ? "" : " to \"" + scope + "\"") + "; see \"autonomys-farmer status\"");
            return ExitCode.FAILED;
        }
        if (options.dryRun()) {
            System.out.println("It would concern " + concerned.size() + " members; nothing was ordered (--dry-run)");
            return ExitCode.STOPPED;
        }
        long generation = work.order(Duration.ofSeconds(delay), scope, verify.equals("full"));
        System.out.println(
                "Generation " + generation + " begins in " + delay + " s for " + concerned.size() + " members");
        if (noWait) {
            return ExitCode.STOPPED;
        }
        List<Member> behind = work.await(generation, scope, Duration.ofSeconds(delay + wait));
        if (behind.isEmpty()) {
            System.out.println("Everybody follows generation " + generation);
            return ExitCode.STOPPED;
        }
        System.err.println("reinitialization-cache: " + behind.size() + " members have not applied generation "
                + generation + " in time; they will when they can");
        return ExitCode.FAILED;
    }

    private void check() throws ConfigurationException {
        options.natsServers();
        if (delay < 0 || delay > MOST_SECONDS) {
            throw new ConfigurationException("--delay " + delay + ": 0 to " + MOST_SECONDS + " seconds are possible");
        }
        if (wait < 0 || wait > MOST_SECONDS) {
            throw new ConfigurationException("--wait " + wait + ": 0 to " + MOST_SECONDS + " seconds are possible");
        }
        if (!verify.equals("index") && !verify.equals("full")) {
            throw new ConfigurationException("--verify " + verify + ": index or full");
        }
    }
}
