package network.autonomys.farmer.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.function.ToDoubleFunction;

/** What each run of a work that reads from a disk took: time, processor time of its threads, bytes. */
final class Tally implements ThreadFactory {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Path COUNTERS = Path.of("/proc/self/io");

    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final List<Run> runs = new ArrayList<>();

    /**
     * One run.
     *
     * @param wallNanos its time
     * @param cpuNanos processor time of the caller and of all threads made here, in the kernel and outside of it
     * @param diskBytes what the kernel had disks read for this process meanwhile; -1 where it does not tell
     */
    record Run(long wallNanos, long cpuNanos, long diskBytes) {
        String line() {
            return String.format(
                    Locale.ROOT,
                    "wall %s, processor %s, from disk %s",
                    Report.time((double) wallNanos),
                    Report.time((double) cpuNanos),
                    diskBytes < 0 ? "unknown" : String.format(Locale.ROOT, "%.1f MB", diskBytes / 1e6));
        }
    }

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = new Thread(task, "reader-" + threads.size());
        thread.setDaemon(true);
        threads.add(thread);
        return thread;
    }

    /** Runs a work and adds it to the list. */
    <T> T run(Callable<T> work) throws Exception {
        long bytes = diskBytes();
        long cpu = cpu();
        long wall = System.nanoTime();
        T result = work.call();
        long wallNanos = System.nanoTime() - wall;
        long cpuNanos = cpu() - cpu;
        runs.add(new Run(wallNanos, cpuNanos, bytes < 0 ? -1 : diskBytes() - bytes));
        return result;
    }

    List<Run> runs() {
        return List.copyOf(runs);
    }

    /** The last runs, those that were measured, and their medians. */
    Case.Details details(int measured) {
        List<Run> last = runs.subList(Math.max(0, runs.size() - measured), runs.size());
        List<String> lines = new ArrayList<>();
        for (Run run : last) {
            lines.add(run.line());
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("wallMillis", median(last, run -> run.wallNanos() / 1e6));
        figures.put("processorMillis", median(last, run -> run.cpuNanos() / 1e6));
        figures.put("diskMegabytes", median(last, run -> run.diskBytes() / 1e6));
        return new Case.Details(lines, figures);
    }

    private static double median(List<Run> runs, ToDoubleFunction<Run> value) {
        double[] sorted = runs.stream().mapToDouble(value).sorted().toArray();
        int n = sorted.length;
        return n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    }

    private long cpu() {
        long sum = THREADS.getCurrentThreadCpuTime();
        for (Thread thread : threads) {
            // -1 for one that has ended, which those of a pool do not between two runs.
            sum += Math.max(0, THREADS.getThreadCpuTime(thread.threadId()));
        }
        return sum;
    }

    private static long diskBytes() throws IOException {
        if (!Files.isReadable(COUNTERS)) {
            return -1;
        }
        return Files.readAllLines(COUNTERS).stream()
                .filter(line -> line.startsWith("read_bytes:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElse(-1);
    }
}
