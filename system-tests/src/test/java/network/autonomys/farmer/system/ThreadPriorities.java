package network.autonomys.farmer.system;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import network.autonomys.farmer.testkit.Niceness;

/**
 * Which threads of some processes give way to the others of their process, by what the kernel says. A thread takes over the niceness of whoever starts it, so one that is
 * started late by a thread of low priority has it for ever.
 */
final class ThreadPriorities {
    /** The names of those that shall give way, which the kernel cuts after 15 letters. */
    private static final Pattern LOW = Pattern.compile(
            "(piece-check|plot|rpc-large|archiving|warm-up|audit-warm-up)-\\d+|recovery-warm-u|first-signature");

    private final Set<String> lower = new TreeSet<>();

    /** Looks at all threads of these processes. */
    void look(Stream<ProcessHandle> processes) throws IOException {
        for (ProcessHandle process : (Iterable<ProcessHandle>) processes::iterator) {
            Path tasks = Path.of("/proc", String.valueOf(process.pid()), "task");
            Path first = tasks.resolve(String.valueOf(process.pid()));
            try {
                int own = Niceness.of(first);
                Set<String> found = lowerThan(own, tasks);
                // A process that has just lowered itself as a whole is looked at next time.
                if (Niceness.of(first) == own) {
                    lower.addAll(found);
                }
            } catch (IOException e) {
                throwUnlessEnded(tasks, e);
            }
        }
    }

    private static Set<String> lowerThan(int own, Path tasks) throws IOException {
        Set<String> found = new TreeSet<>();
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
            for (Path thread : threads) {
                try {
                    if (Niceness.of(thread) > own) {
                        found.add(Files.readString(thread.resolve("comm")).strip());
                    }
                } catch (IOException e) {
                    throwUnlessEnded(thread, e);
                }
            }
        }
        return found;
    }

    private static void throwUnlessEnded(Path taskOrTasks, IOException e) throws IOException {
        if (Files.exists(taskOrTasks)) {
            throw e;
        }
    }

    /** Names of threads, up to 15 letters, that give way and should not. */
    List<String> wronglyLow() {
        return lower.stream().filter(name -> !LOW.matcher(name).matches()).toList();
    }

    /** Names of all threads that give way. */
    Set<String> low() {
        return lower;
    }
}
