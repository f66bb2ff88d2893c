package network.autonomys.farmer.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import network.autonomys.farmer.runtime.os.LowPriorityThreads;
import network.autonomys.farmer.testkit.Niceness;
import org.junit.jupiter.api.Test;

class ProofHelpersTest {
    @Test
    void helpersOfALowThreadAreNotLow() throws Exception {
        try (ProofHelpers helpers = new ProofHelpers(1)) {
            ConcurrentMap<String, Integer> niceness = new ConcurrentHashMap<>();
            FutureTask<?> warmUp = new FutureTask<>(() -> both(helpers, niceness), null);
            LowPriorityThreads.factory("warm-up-").newThread(warmUp).start();
            warmUp.get();
            assertThat(niceness).containsEntry("proof-helper-0", Niceness.ofThisThread());
            assertThat(niceness.get("warm-up-0")).isGreaterThanOrEqualTo(Niceness.ofThisThread());
        }
    }

    /** Two tasks of which each waits for the other, so that two threads take them. */
    private static void both(ProofHelpers helpers, ConcurrentMap<String, Integer> niceness) {
        CountDownLatch both = new CountDownLatch(2);
        helpers.workers().forEach(2, i -> {
            niceness.put(Thread.currentThread().getName(), Niceness.ofThisThread());
            both.countDown();
            try {
                both.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void withoutHelpersTheCallingThreadDoesAll() {
        try (ProofHelpers helpers = new ProofHelpers(0)) {
            ConcurrentMap<String, Integer> niceness = new ConcurrentHashMap<>();
            helpers.workers()
                    .forEach(2, i -> niceness.put(Thread.currentThread().getName(), i));
            assertThat(niceness).containsOnlyKeys(Thread.currentThread().getName());
            assertThat(helpers.parts()).isEqualTo(1);
        }
    }
}
