package network.autonomys.farmer.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkersTest {
    @Test
    void everyNumberOnceHoweverManyHelp() {
        try (ExecutorService executor = Executors.newFixedThreadPool(3)) {
            for (Workers workers : new Workers[] {
                Workers.callingThread(),
                Workers.with(executor, 3),
                Workers.with(executor, 0),
                // One that never runs anything, and one that refuses.
                Workers.with(task -> {}, 2),
                Workers.with(
                        task -> {
                            throw new RejectedExecutionException();
                        },
                        2)
            }) {
                Set<Integer> done = ConcurrentHashMap.newKeySet();
                workers.forEach(1000, i -> assertThat(done.add(i)).isTrue());
                assertThat(done).hasSize(1000);
            }
        }
    }

    @Test
    void helpersWorkAtTheSameTime() {
        try (ExecutorService executor = Executors.newFixedThreadPool(1)) {
            CyclicBarrier both = new CyclicBarrier(2);
            AtomicInteger met = new AtomicInteger();
            Workers.with(executor, 1).forEach(2, i -> {
                try {
                    both.await();
                    met.incrementAndGet();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(met.get()).isEqualTo(2);
        }
    }

    @Test
    void theFirstExceptionEndsTheWork() {
        AtomicInteger begun = new AtomicInteger();
        assertThatThrownBy(() -> Workers.callingThread().forEach(100, i -> {
                    begun.incrementAndGet();
                    if (i == 3) {
                        throw new IllegalArgumentException("three");
                    }
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("three");
        assertThat(begun.get()).isEqualTo(4);
        assertThatIllegalArgumentException().isThrownBy(() -> Workers.with(task -> {}, -1));
    }
}
