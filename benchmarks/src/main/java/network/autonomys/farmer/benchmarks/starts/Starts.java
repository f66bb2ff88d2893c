package network.autonomys.farmer.benchmarks.starts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Starts each role beside a small cluster, warm and cold in turns, and prints how long it took to READY, the state in which a role takes work. Warm: with an
 * archive of class data (util share-classes) and with the cache folder as earlier starts left it. Cold: without the one, and with nothing in the other but the
 * development parameters themselves.
 */
@Command(
        name = "starts",
        mixinStandardHelpOptions = true,
        description = "Measures how long the roles of a distribution take from their start to READY.")
public final class Starts implements Callable<Integer> {
    private static final String ARCHIVE = "lib/classes.jsa";
    private static final String LAUNCHER = "bin/autonomys-farmer";
    private static final Duration PAUSE = Duration.ofSeconds(1);

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DISTRIBUTION", description = "The folder with bin/autonomys-farmer; it is copied.")
    private Path distribution = Path.of("");

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "How often each role is started warm and cold. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            split = ",",
            description =
                    "Only these: controller, sharded-cache, full-piece-cache, plot-server, proof-server, plot-client.")
    private List<String> only = List.of();

    Starts() {}

    /** Runs the command. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The command, ready to execute. */
    public static CommandLine commandLine() {
        return new CommandLine(new Starts());
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!Files.isExecutable(distribution.resolve(LAUNCHER)) || rounds < 1) {
            spec.commandLine()
                    .getErr()
                    .println("starts: a distribution with " + LAUNCHER + " is needed, not " + distribution
                            + ", and at least one round");
            return 2;
        }
        List<String> strangers = only.stream()
                .filter(role -> !StartedCluster.ROLES.contains(role))
                .toList();
        if (!strangers.isEmpty()) {
            spec.commandLine()
                    .getErr()
                    .println("starts: no roles: " + strangers + "; there are " + StartedCluster.ROLES);
            return 2;
        }
        Path folder = Files.createTempDirectory("autonomys-starts-");
        try {
            measure(folder);
        } finally {
            delete(folder);
        }
        return 0;
    }

    private void measure(Path folder) throws IOException, InterruptedException {
        Path cold = copy(distribution, folder.resolve("cold"));
        Path warm = copy(distribution, folder.resolve("warm"));
        try (StartedCluster cluster = new StartedCluster(warm.resolve(LAUNCHER), folder)) {
            cluster.shareClasses();
            cluster.start();
            spec.commandLine()
                    .getOut()
                    .printf(
                            "%-18s %18s %18s %6s %22s%n",
                            "role", "warm best, median", "cold best, median", "ratio", "processor, warm, cold");
            List<String> roles = StartedCluster.ROLES.stream()
                    .filter(role -> only.isEmpty() || only.contains(role))
                    .toList();
            for (String role : roles) {
                List<StartedCluster.Start> warmStarts = new ArrayList<>();
                List<StartedCluster.Start> coldStarts = new ArrayList<>();
                for (int round = 0; round < rounds; round++) {
                    warmStarts.add(cluster.start(role, warm.resolve(LAUNCHER), cluster.cache()));
                    Thread.sleep(PAUSE);
                    coldStarts.add(cluster.start(role, cold.resolve(LAUNCHER), cluster.emptyCache()));
                    Thread.sleep(PAUSE);
                }
                print(role, warmStarts, coldStarts);
            }
        }
    }

    private void print(String role, List<StartedCluster.Start> warm, List<StartedCluster.Start> cold) {
        double ratio = median(cold) / median(warm);
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "%-18s %8.2f s %6.2f s %8.2f s %6.2f s %6.2f %9.2f s %8.2f s%n",
                        role,
                        best(warm),
                        median(warm),
                        best(cold),
                        median(cold),
                        ratio,
                        processor(warm),
                        processor(cold));
    }

    private static double best(List<StartedCluster.Start> starts) {
        return seconds(starts.stream().map(StartedCluster.Start::wall)).getFirst();
    }

    private static double median(List<StartedCluster.Start> starts) {
        return seconds(starts.stream().map(StartedCluster.Start::wall)).get(starts.size() / 2);
    }

    private static double processor(List<StartedCluster.Start> starts) {
        return seconds(starts.stream().map(StartedCluster.Start::processor)).get(starts.size() / 2);
    }

    /** In rising order. */
    private static List<Double> seconds(Stream<Duration> times) {
        return times.map(time -> time.toNanos() / 1e9).sorted().toList();
    }

    /** Without an archive, whatever lay there. */
    private static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files.filter(f -> !f.endsWith(ARCHIVE))::iterator) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        return to;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
