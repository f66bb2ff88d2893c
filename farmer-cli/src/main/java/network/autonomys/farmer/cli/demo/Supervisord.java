package network.autonomys.farmer.cli.demo;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A running supervisord with its programs. Closing it stops every program in good order and leaves no process behind. */
final class Supervisord implements AutoCloseable {
    private static final int STOP_SECONDS = 20;

    private final Process process;

    private Supervisord(Process process) {
        this.process = process;
    }

    static Supervisord start(Path program, Path configuration, Path log) throws IOException {
        return new Supervisord(new ProcessBuilder(program.toString(), "-n", "-c", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .start());
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** Resident memory of supervisord and everything below it, in bytes. */
    long residentBytes() {
        return ProcessMemory.residentBytes(process.toHandle());
    }

    /** Detaches the processes from this one: they go on when the demo's own process ends. */
    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        List<ProcessHandle> family = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
        family.forEach(ProcessHandle::destroyForcibly);
        // Nobody may find one of them when the demo has ended.
        CompletableFuture.allOf(family.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                .orTimeout(STOP_SECONDS, TimeUnit.SECONDS)
                .handle((ended, late) -> late == null)
                .join();
    }
}
