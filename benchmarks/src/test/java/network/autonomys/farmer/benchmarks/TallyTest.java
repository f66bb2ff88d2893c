package network.autonomys.farmer.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class TallyTest {
    private static final long SPUN = 20_000_000;

    /** Uses so much processor time of its thread. */
    private static final Callable<Boolean> SPIN = () -> {
        long end = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() + SPUN;
        while (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() < end) {
            Thread.onSpinWait();
        }
        return true;
    };

    @Test
    void processorTimeIsThatOfAllItsThreads() throws Exception {
        Tally tally = new Tally();
        try (ExecutorService threads = Executors.newFixedThreadPool(2, tally)) {
            assertThat(tally.run(() -> {
                        var one = threads.submit(SPIN);
                        var other = threads.submit(SPIN);
                        return SPIN.call() && one.get() && other.get();
                    }))
                    .isTrue();
            tally.run(() -> true);
        }
        assertThat(tally.runs()).hasSize(2);
        Tally.Run busy = tally.runs().getFirst();
        assertThat(busy.cpuNanos()).isBetween(3 * SPUN, 10 * SPUN);
        assertThat(busy.wallNanos()).isGreaterThanOrEqualTo(SPUN);
        assertThat(tally.runs().getLast().cpuNanos()).isLessThan(SPUN);
        assertThat(busy.line()).contains("wall", "processor", "from disk");
        assertThat(tally.details(1).lines()).hasSize(1);
        assertThat(tally.details(1).figures())
                .containsOnlyKeys("wallMillis", "processorMillis", "diskMegabytes")
                .hasEntrySatisfying(
                        "processorMillis", millis -> assertThat(millis).isLessThan(20));
        assertThat(tally.details(2).lines()).hasSize(2);
    }
}
