package network.autonomys.farmer.runtime.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import network.autonomys.farmer.testkit.Niceness;
import org.junit.jupiter.api.Test;

class ThreadNiceTest {
    @Test
    void theKernelShowsTheNicenessOfThisThreadOnly() throws Exception {
        int before = Niceness.ofThisThread();
        CompletableFuture<Integer> lowered = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                assertThat(ThreadNice.lower(ThreadNice.LOWEST)).isTrue();
                assertThat(ThreadNice.lower(1)).as("does not raise").isTrue();
                lowered.complete(Niceness.ofThisThread());
            } catch (RuntimeException | AssertionError e) {
                lowered.completeExceptionally(e);
            }
        });
        thread.start();
        assertThat(lowered.get()).isEqualTo(19);
        thread.join();
        assertThat(Niceness.ofThisThread()).isEqualTo(before);
        assertThatIllegalArgumentException().isThrownBy(() -> ThreadNice.lower(20));
    }

    @Test
    void workOfLowPriorityEndsBeforeItsPoolIsStopped() throws Exception {
        ExecutorService pool = LowPriorityThreads.pool("low-", 1);
        Future<Integer> nice = pool.submit(() -> {
            await().until(pool::isShutdown);
            return Niceness.ofThisThread();
        });
        LowPriorityThreads.stop(pool);
        assertThat(nice.state()).isEqualTo(Future.State.SUCCESS);
        assertThat(nice.get()).isEqualTo(Math.max(15, Niceness.ofThisThread()));
        assertThat(pool.isTerminated()).isTrue();
    }
}
