package network.autonomys.farmer.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** README's first command, from start to a clean end; and its interruption. */
class DemoIT {
    /** Long enough to tell an idle host from a busy one. */
    private static final Duration LOOK_AROUND = Duration.ofSeconds(3);

    /** supervisord, nats-server, dev-node, controller, two sharded caches, full cache, plot-server, proof-server, plot-client. */
    private static final int PROCESSES = 10;

    @TempDir
    private Path base;

    @Test
    void endsWithSignedRewardsAndLeavesNothingBehind() throws IOException, InterruptedException {
        HostLoad others = HostLoad.begin();
        Thread.sleep(LOOK_AROUND);
        boolean idle = others.busy() < 0.1;
        HostLoad meanwhile = HostLoad.begin();
        Path output = base.resolve("demo.out");
        Process demo = demo(output);
        ThreadPriorities priorities = new ThreadPriorities();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(330);
        while (!demo.waitFor(2, TimeUnit.SECONDS)) {
            assertThat(System.nanoTime()).as("the demo ends").isLessThan(deadline);
            priorities.look(demo.descendants());
        }
        String text = Files.readString(output);
        assertThat(demo.exitValue()).as(text).isZero();
        assertThat(text).contains("What the demo did", "slot to submit p50", "Shortened for the demo");
        System.out.println(text.substring(text.indexOf("What the demo did")));
        if (idle && meanwhile.stolen() < 0.01) {
            assertThat(text).as("no slot skipped").containsPattern("slots +\\d+ audited, 0 skipped");
        } else {
            System.out.println("The host was busy with something else: skipped slots are not judged");
        }
        assertThat(priorities.wronglyLow()).as("threads that wait for others").isEmpty();
        assertThat(priorities.low()).as("threads that give way").contains("plot-0", "piece-check-0");
        assertThat(leftBehind()).isEmpty();
    }

    @Test
    void interruptedItStopsEverything() throws IOException, InterruptedException {
        Process demo = demo(base.resolve("demo.out"));
        Awaitility.await("the processes of the demo")
                .atMost(Duration.ofSeconds(60))
                .until(() -> demo.descendants().count() >= PROCESSES);
        List<ProcessHandle> family = demo.descendants().toList();
        demo.destroy();
        assertThat(demo.waitFor(30, TimeUnit.SECONDS)).as("the demo ends").isTrue();
        assertThat(family.stream().filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(leftBehind()).isEmpty();
    }

    @AfterEach
    void endWhatIsLeft() {
        ProcessHandle.allProcesses().filter(this::isOfDemo).forEach(ProcessHandle::destroyForcibly);
    }

    private Process demo(Path output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Distribution.launcher().toString(),
                        "demo",
                        "--directory",
                        base.resolve("demo").toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder.start();
    }

    private Stream<String> leftBehind() {
        return ProcessHandle.allProcesses()
                .filter(this::isOfDemo)
                .map(p -> p.info().commandLine().orElse(""));
    }

    private boolean isOfDemo(ProcessHandle process) {
        return process.info()
                .commandLine()
                .orElse("")
                .contains(base.resolve("demo").toString());
    }
}
