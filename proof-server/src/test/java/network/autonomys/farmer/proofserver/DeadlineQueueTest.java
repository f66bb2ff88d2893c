package network.autonomys.farmer.proofserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import network.autonomys.farmer.proofserver.DeadlineQueue.Admission;
import org.junit.jupiter.api.Test;

class DeadlineQueueTest {
    private static final long ESTIMATE = 100;

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 50);
    private final DeadlineQueue<String> queue = new DeadlineQueue<>(3, 1, ESTIMATE, now::get);

    @Test
    void theMostUrgentComesFirstEvenWhenTheClockWraps() throws InterruptedException {
        queue.offer("late", now.get() + 1000);
        queue.offer("soon", now.get() + 200);
        queue.offer("between", now.get() + 500);
        assertThat(queue.take().orElseThrow().work()).isEqualTo("soon");
        assertThat(queue.take().orElseThrow().work()).isEqualTo("between");
        assertThat(queue.take().orElseThrow().work()).isEqualTo("late");
    }

    @Test
    void refusesWhatCannotBeInTime() throws InterruptedException {
        assertThat(queue.offer("hopeless", now.get() + 99)).isEqualTo(new Admission(false, ESTIMATE));
        assertThat(queue.offer("first", now.get() + 100).accepted()).isTrue();
        assertThat(queue.offer("second", now.get() + 150)).isEqualTo(new Admission(false, 2 * ESTIMATE));
        assertThat(queue.offer("second", now.get() + 200).accepted()).isTrue();
        queue.take();
        assertThat(queue.offer("third", now.get() + 250).accepted())
                .as("one running, one waiting")
                .isFalse();
    }

    @Test
    void isBounded() {
        for (int i = 0; i < 3; i++) {
            assertThat(queue.offer("x" + i, now.get() + 100_000).accepted()).isTrue();
        }
        assertThat(queue.offer("x3", now.get() + 100_000).accepted()).isFalse();
        assertThat(queue.waiting()).isEqualTo(3);
    }

    @Test
    void learnsHowLongWorkTakes() throws InterruptedException {
        queue.offer("a", now.get() + 1000);
        queue.take();
        queue.done(true, 900);
        assertThat(queue.serviceNanos()).isEqualTo(200);
        queue.offer("b", now.get() + 1000);
        queue.take();
        queue.done(false, 5);
        assertThat(queue.serviceNanos()).as("cancelled work teaches nothing").isEqualTo(200);
    }

    @Test
    void cancelsAndCloses() throws InterruptedException {
        queue.offer("a", now.get() + 1000);
        queue.offer("b", now.get() + 1000);
        assertThat(queue.cancel("a"::equals)).containsExactly("a");
        assertThat(queue.close()).containsExactly("b");
        assertThat(queue.take()).isEmpty();
        assertThat(queue.offer("c", now.get() + 1000).accepted()).isFalse();
    }
}
