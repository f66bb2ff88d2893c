package network.autonomys.farmer.proofserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import network.autonomys.farmer.runtime.cache.PieceFinder;
import network.autonomys.farmer.runtime.sim.ManualScheduler;
import org.junit.jupiter.api.Test;

class FirstPieceTest {
    private final ManualScheduler scheduler = new ManualScheduler();

    /** Seconds at which piece 0 was asked for. */
    private final List<Long> asked = new ArrayList<>();

    private boolean there;

    private final PieceLookup pieces = new PieceLookup() {
        @Override
        public Optional<PieceFinder.Found> piece(long pieceIndex, Duration limit) {
            assertThat(pieceIndex).isZero();
            asked.add(scheduler.nanoTime() / 1_000_000_000);
            return there ? Optional.of(new PieceFinder.Found(new byte[1], "cache")) : Optional.empty();
        }

        @Override
        public void refuse(long pieceIndex, String source) {
            throw new AssertionError("nobody looked at it");
        }
    };

    @Test
    void asksSeldomerAndSeldomerUntilThereIsOne() {
        long start = scheduler.nanoTime() / 1_000_000_000;
        try (FirstPiece first = new FirstPiece(pieces, scheduler)) {
            assertThat(first).isNotNull();
            scheduler.advance(Duration.ofSeconds(200));
            assertThat(asked.stream().map(second -> second - start))
                    .containsExactly(1L, 3L, 7L, 15L, 31L, 63L, 127L, 191L);
            there = true;
            scheduler.advance(Duration.ofHours(1));
            assertThat(asked).hasSize(9);
        }
    }

    @Test
    void asksNoMoreWhenClosed() {
        FirstPiece first = new FirstPiece(pieces, scheduler);
        scheduler.advance(Duration.ofSeconds(1));
        first.close();
        scheduler.advance(Duration.ofHours(1));
        assertThat(asked).hasSize(1);
    }
}
