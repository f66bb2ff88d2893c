package network.autonomys.farmer.plotclient;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntToLongFunction;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** When warming up ends. */
class AuditWarmUpTest {
    private final AtomicLong clock = new AtomicLong(-5);
    private final AtomicInteger calls = new AtomicInteger();

    /** An audit that takes a time which depends on how many there were. */
    private AuditWarmUp warmUp(IntToLongFunction nanos) {
        return new AuditWarmUp(() -> clock.addAndGet(nanos.applyAsLong(calls.incrementAndGet())), clock::get);
    }

    @Test
    void endsWhenAuditsGetNoFaster() {
        // As measured: interpreted for the first, then ever more compiled.
        warmUp(call -> call < 20 ? 13_000_000 : call < 600 ? 1_300_000 : call < 900 ? 500_000 : 7_000)
                .run();
        long slow = 20 * 13_000_000L + 580 * 1_300_000L + 300 * 500_000L;
        assertThat(clock.get()).isBetween(slow + 300_000_000L, slow + 700_000_000L);
        assertThat(calls.get()).isGreaterThan(20_000);
    }

    /** Rounds that are all equal prove nothing as long as there were few calls. */
    @Test
    void waitsForACompilerThatIsLate() {
        warmUp(call -> call < 3000 ? 2_000_000 : 7_000).run();
        assertThat(calls.get()).isGreaterThan(20_000);
        assertThat(clock.get()).isLessThan(TimeUnit.SECONDS.toNanos(7));
    }

    @Test
    void endsAtLastWhereAuditsStaySlow() {
        warmUp(call -> 5_000_000).run();
        assertThat(clock.get()).isBetween(TimeUnit.SECONDS.toNanos(15) - 5, TimeUnit.MILLISECONDS.toNanos(15_010));
        assertThat(calls.get()).isEqualTo(3000);
    }

    @Test
    void endsAtOnceWhenItIsClosed() {
        AtomicInteger audits = new AtomicInteger();
        AuditWarmUp[] warmUp = new AuditWarmUp[1];
        warmUp[0] = new AuditWarmUp(
                () -> {
                    clock.addAndGet(1_000_000);
                    if (audits.incrementAndGet() == 7) {
                        warmUp[0].close();
                    }
                },
                clock::get);
        warmUp[0].run();
        assertThat(audits.get()).isEqualTo(7);
    }

    /** The real audit on a thread of its own, which ends by itself or when told to. */
    @Test
    void runsInTheBackground() {
        AtomicLong asked = new AtomicLong();
        long start = System.nanoTime();
        AuditWarmUp warmUp = AuditWarmUp.start(() -> {
            asked.incrementAndGet();
            return System.nanoTime();
        });
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> asked.get() > 100);
        warmUp.close();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("audit-warm-up-")));
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(30));
    }
}
