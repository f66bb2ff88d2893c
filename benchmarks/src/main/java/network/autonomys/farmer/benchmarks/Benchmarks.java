package network.autonomys.farmer.benchmarks;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures and prints a table: a few seconds for each benchmark. For figures with their error use JMH, see {@link KernelBenchmark}. */
@Command(
        name = "benchmarks",
        mixinStandardHelpOptions = true,
        description = "Measures the engines of the processor, each beside a baseline in the same run.")
public final class Benchmarks implements Callable<Integer> {
    /** Left out where nothing is named: minutes with their baselines, or gigabytes of disk. */
    private static final List<String> LONG = List.of("archive/segment", "archive/segment-2-threads", "disk/");

    @Parameters(
            arity = "0..*",
            paramLabel = "NAME",
            description =
                    "Benchmarks, or the beginnings of their names. Default: all but whole segments and those of disks.")
    private List<String> names = List.of();

    @Option(names = "--json", description = "Print one JSON object in place of the table.")
    private boolean json;

    @Option(names = "--list", description = "Print the names and end.")
    private boolean list;

    @Option(
            names = "--seconds",
            defaultValue = "4",
            paramLabel = "S",
            description = "How long each is measured; warming up takes as long. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            description =
                    "Where the benchmarks of disks have their files, up to 8 GB at a time. Default: ${DEFAULT-VALUE}.")
    private Path folder = Setup.TEMPORARY;

    @Option(names = "--alone", description = "Leave the baselines out.")
    private boolean alone;

    Benchmarks() {}

    /** Runs the command. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Benchmarks()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Cases cases = new Cases();
        if (list) {
            cases.names().forEach(System.out::println);
            return 0;
        }
        Measurement measurement =
                new Measurement(Duration.ofSeconds(seconds).dividedBy(2), Duration.ofSeconds(seconds));
        try (Setup setup = new Setup(false, folder)) {
            Report report = new Report(setup.form());
            if (!json) {
                System.out.println(report.head());
            }
            for (String name : cases.select(names)) {
                if (names.isEmpty() && LONG.stream().anyMatch(name::startsWith)) {
                    continue;
                }
                Case benchmark = cases.make(name, setup);
                if (alone) {
                    benchmark = benchmark.alone();
                }
                report.add(name, benchmark, measurement.measure(benchmark));
                PrintStream out = json ? System.err : System.out;
                out.println(report.line(name));
                report.details(name).forEach(out::println);
            }
            if (json) {
                System.out.println(report.json());
            }
        }
        return 0;
    }
}
