package network.autonomys.farmer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import network.autonomys.farmer.runtime.ExitCode;
import network.autonomys.farmer.storage.farm.FarmInfo;
import network.autonomys.farmer.storage.farm.FarmScrub;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code scrub}: checks farms and repairs what can be repaired (sectors-farms §7.10). */
@Command(
        name = "scrub",
        mixinStandardHelpOptions = true,
        description = {
            "Checks the files of farms, all farms at once, and repairs what can be repaired: a damaged sector is marked to be plotted again,",
            "a damaged piece of a cache is dropped. The farms must not be in use.",
            "Exit code 0 where every farm was checked, whatever was found, and 1 where one could not be."
        })
final class ScrubCommand implements Callable<Integer> {
    /** What may be named on the command line. */
    enum Target {
        all,
        metadata,
        plot,
        cache
    }

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "Folders of farms.")
    private List<Path> folders;

    @Option(
            names = "--target",
            paramLabel = "all|metadata|plot|cache",
            defaultValue = "all",
            description =
                    "What is checked: sector metadata; plot: metadata and sectors; the piece cache; or all. Default: ${DEFAULT-VALUE}.")
    private Target target;

    @Option(names = "--dry-run", description = "Only tell what is wrong and would be done; write nothing.")
    private boolean dryRun;

    @Option(
            names = "--disable-farm-locking",
            description = "Do not lock the farms: only for file systems that cannot, and when nobody has them open.")
    private boolean disableLocking;

    ScrubCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        for (Path folder : folders) {
            if (!Files.isRegularFile(folder.resolve(FarmInfo.FILE))) {
                throw new ParameterException(spec.commandLine(), "there is no farm in " + folder);
            }
        }
        List<Future<Boolean>> farms = new ArrayList<>();
        boolean good = true;
        // A farm has a disk of its own mostly, so that they do not slow each other.
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().name("scrub-", 0).factory())) {
            for (Path folder : folders) {
                farms.add(threads.submit(() -> scrub(folder)));
            }
            for (Future<Boolean> farm : farms) {
                good &= farm.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        return good ? ExitCode.STOPPED : ExitCode.FAILED;
    }

    private boolean scrub(Path folder) {
        try {
            FarmScrub.Target what = FarmScrub.Target.valueOf(target.name().toUpperCase(Locale.ROOT));
            List<String> findings = FarmScrub.run(folder, what, dryRun, !disableLocking, new Lines(folder));
            say(
                    folder,
                    "completed, " + (findings.isEmpty() ? "nothing is wrong" : findings.size() + " found")
                            + (dryRun && !findings.isEmpty() ? " and nothing changed" : ""));
            return true;
        } catch (IOException e) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("scrub: " + folder + " could not be checked: " + e.getMessage());
            err.flush();
            return false;
        }
    }

    private void say(Path folder, String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(folder + ": " + line);
        out.flush();
    }

    private final class Lines implements FarmScrub.Progress {
        private final Path folder;

        Lines(Path folder) {
            this.folder = folder;
        }

        @Override
        public void sectors(int done, int of) {
            say(folder, String.format(Locale.ROOT, "%d of %d sectors (%.2f%%)", done, of, 100.0 * done / of));
        }

        @Override
        public void elements(long done, long of) {
            say(folder, String.format(Locale.ROOT, "%d of %d cached pieces (%.2f%%)", done, of, 100.0 * done / of));
        }

        @Override
        public void found(String what) {
            say(folder, what);
        }
    }
}
