package network.autonomys.farmer.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a complete cluster on this machine until rewards are signed, and says what it did. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Runs a complete cluster on this machine: nats-server, a development chain and every role, each as its own process under supervisord.",
            "Ends with exit code 0 once enough rewards are signed and one sector has been replotted after its expiry.",
            "Nothing is needed but nats-server and supervisord, which are installed from Debian's packages if they are missing and you are root."
        })
public final class DemoCommand implements Callable<Integer> {
    private static final int REFUSED = 2;
    private static final int NOT_REACHED = 1;

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description =
                    "Where farm, caches and chain are kept. Default: a new folder for temporary files, removed at the end.")
    private @Nullable Path directory;

    @Option(
            names = "--keep",
            description = "Leave the cluster running and its files in place, and name the log folder.")
    private boolean keep;

    @Option(
            names = "--rewards",
            paramLabel = "N",
            defaultValue = "10",
            description = "Signed and accepted rewards (blocks and votes) to wait for. Default: ${DEFAULT-VALUE}.")
    private int rewards;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "Give up after this time. Default: ${DEFAULT-VALUE}.")
    private int timeoutSeconds;

    @Option(
            names = "--cpu",
            description = "Leave graphics cards alone. Default: they plot and prove where there are any.")
    private boolean cpu;

    /** For picocli. */
    public DemoCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path home = Path.of(System.getProperty("autonomys.home", ""));
        Path launcher = home.resolve("bin/autonomys-farmer").toAbsolutePath();
        if (!Files.isExecutable(launcher)) {
            System.err.println("demo: runs from a distribution only; there is no " + launcher);
            return REFUSED;
        }
        List<Path> tools;
        try {
            tools = Tool.findOrInstall(Tool.NATS_SERVER, Tool.SUPERVISORD);
        } catch (MissingToolException e) {
            System.err.println(e.getMessage());
            return REFUSED;
        }
        DemoFolders folders = DemoFolders.create(directory);
        DemoChain chain = DemoChain.standard();
        DemoCluster cluster = new DemoCluster(
                folders.base(),
                folders.logs(),
                launcher,
                tools.get(0),
                chain,
                DemoReward.ADDRESS,
                cpu,
                FreePorts.choose(DemoCluster.PORTS));
        DemoGoal goal = new DemoGoal(rewards, 1, Duration.ofSeconds(timeoutSeconds));
        return new DemoRun(cluster, chain, folders, tools.get(1), goal, keep, System.out).run() ? 0 : NOT_REACHED;
    }
}
