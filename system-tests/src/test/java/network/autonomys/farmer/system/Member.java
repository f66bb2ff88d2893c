package network.autonomys.farmer.system;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One process of a test cluster: started, killed, stopped and started again with the same command line. */
final class Member implements AutoCloseable {
    private final String name;
    private final List<String> command;
    private final Path log;
    private @Nullable Process process;

    Member(String name, List<String> command, Path logs) {
        this.name = name;
        this.command = List.copyOf(command);
        this.log = logs.resolve(name + ".log");
    }

    String name() {
        return name;
    }

    Path log() {
        return log;
    }

    /** Starts the process; its output is appended to the log. */
    void start() {
        if (isRunning()) {
            throw new IllegalStateException(name + " is running");
        }
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.environment().putAll(environment());
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new AssertionError("cannot start " + name, e);
        }
    }

    boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** SIGKILL: no chance to finish anything. */
    void kill() {
        Process running = running();
        running.destroyForcibly();
        awaitExit(running, Duration.ofSeconds(10));
    }

    /** SIGTERM; returns how long the process took to end and its exit code. */
    Stopped terminate(Duration limit) {
        Process running = running();
        long start = System.nanoTime();
        running.destroy();
        awaitExit(running, limit);
        return new Stopped(Duration.ofNanos(System.nanoTime() - start), running.exitValue());
    }

    /** How a process ended. */
    record Stopped(Duration took, int exitCode) {}

    /** The log so far. */
    String output() {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
            awaitExit(process, Duration.ofSeconds(10));
        }
    }

    private Process running() {
        if (process == null || !process.isAlive()) {
            throw new AssertionError(name + " is not running; its log ends:\n" + tail(output()));
        }
        return process;
    }

    private void awaitExit(Process ending, Duration limit) {
        try {
            if (!ending.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(name + " has not ended after " + limit + "; its log ends:\n" + tail(output()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static Map<String, String> environment() {
        return new HashMap<>(Map.of("JAVA_HOME", System.getProperty("java.home")));
    }

    static String tail(String text) {
        return text.substring(Math.max(0, text.length() - 4000));
    }
}
