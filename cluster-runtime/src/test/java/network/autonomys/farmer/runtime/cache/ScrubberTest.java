package network.autonomys.farmer.runtime.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScrubberTest {
    private final MemoryVault vault = new MemoryVault(1000);

    @Test
    void readsEverythingAtOnceWhenAsked() {
        fill(300);
        try (Scrubber scrubber = scrubber(OptionalLong.empty(), Duration.ofDays(14))) {
            scrubber.start();
            scrubber.readAllNow();
            await().until(() -> scrubber.rounds() == 1);
            assertThat(scrubber.piecesRead()).isEqualTo(300);
        }
    }

    @Test
    void keepsToItsRate() {
        fill(1000);
        long start = System.nanoTime();
        try (Scrubber scrubber = scrubber(OptionalLong.of(100L * MemoryVault.PIECE_SIZE), Duration.ofDays(14))) {
            scrubber.start();
            await().until(() -> scrubber.piecesRead() >= 20);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(190));
            assertThat(scrubber.piecesRead()).isLessThan(60);
        }
    }

    @Test
    void readsEverythingWithinTheTimeOfARound() {
        fill(50);
        long start = System.nanoTime();
        try (Scrubber scrubber = scrubber(OptionalLong.empty(), Duration.ofMillis(500))) {
            scrubber.start();
            await().until(() -> scrubber.rounds() == 2);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(990));
            assertThat(scrubber.piecesRead()).isBetween(100L, 110L);
        }
    }

    private Scrubber scrubber(OptionalLong rate, Duration round) {
        return new Scrubber(vault, round, rate, new Random(1));
    }

    private void fill(int count) {
        for (int i = 0; i < count; i++) {
            vault.put(i);
        }
    }
}
