package network.autonomys.farmer.runtime.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ThreadNiceTest {
    @Test
    void theKernelShowsTheNicenessOfThisThreadOnly() throws Exception {
        int before = niceness();
        CompletableFuture<Integer> lowered = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                assertThat(ThreadNice.lower(ThreadNice.LOWEST)).isTrue();
                lowered.complete(niceness());
            } catch (IOException | RuntimeException | AssertionError e) {
                lowered.completeExceptionally(e);
            }
        });
        thread.start();
        assertThat(lowered.get()).isEqualTo(19);
        thread.join();
        assertThat(niceness()).isEqualTo(before);
        assertThatIllegalArgumentException().isThrownBy(() -> ThreadNice.lower(20));
    }

    @Test
    void workOfLowPriorityEndsBeforeItsPoolIsStopped() throws Exception {
        ExecutorService pool = LowPriorityThreads.pool("low-", 1);
        Future<Integer> nice = pool.submit(() -> {
            await().until(pool::isShutdown);
            return niceness();
        });
        LowPriorityThreads.stop(pool);
        assertThat(nice.state()).isEqualTo(Future.State.SUCCESS);
        assertThat(nice.get()).isEqualTo(niceness() < 10 ? 10 : niceness());
        assertThat(pool.isTerminated()).isTrue();
    }

    /** Field 19 of the thread's stat line; the name in field 2 may contain blanks. */
    private static int niceness() throws IOException {
        String stat = Files.readString(Path.of("/proc/thread-self/stat"));
        return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[16]);
    }
}
