package network.autonomys.farmer.core.sector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.testkit.Recipe;
import org.junit.jupiter.api.Test;

/** The audit hashes chunks in batches; each distance is the one that the definition gives for the chunk alone. */
class AuditWinnersTest {

    @Test
    void distancesAreThoseOfEachChunkAlone() {
        Bytes sectorId = Bytes.of(Recipe.xof("audit/sector", 32));
        Bytes global = Bytes.of(Recipe.xof("audit/global", 32));
        Bytes challenge = Challenges.sectorSlotChallenge(sectorId, global);
        for (int count : new int[] {0, 1, 2, 5, 31, 32, 33, 100}) {
            byte[] chunks = Recipe.xof("audit/chunks", 32 * count + 64);
            List<Audit.Winner> winners = Audit.winners(chunks, 32 * count, challenge, global, -1L);
            long half = Long.MIN_VALUE - 1;
            assertThat(winners).hasSize(count).allSatisfy(winner -> {
                Bytes chunk = Bytes.copyOf(chunks, 32 * winner.rank(), 32 * winner.rank() + 32);
                assertThat(winner.distance()).isEqualTo(Challenges.distance(global, chunk, challenge));
                assertThat(Long.compareUnsigned(winner.distance(), half)).isLessThanOrEqualTo(0);
            });
            assertThat(winners).isSortedAccordingTo((a, b) -> Long.compareUnsigned(a.distance(), b.distance()));
            long range = 1L << 62;
            assertThat(Audit.winners(chunks, 32 * count, challenge, global, range))
                    .isEqualTo(winners.stream()
                            .filter(w -> Challenges.within(w.distance(), range))
                            .toList());
        }
    }

    @Test
    void aChunkAtTheEdgeOfTheRangeWins() {
        Bytes global = Bytes.of(Recipe.xof("audit/global", 32));
        Bytes challenge = Challenges.sectorSlotChallenge(Bytes.of(Recipe.xof("audit/sector", 32)), global);
        byte[] chunks = Recipe.xof("audit/chunks", 32 * 100);
        List<Audit.Winner> all = Audit.winners(chunks, chunks.length, challenge, global, -1L);
        for (int i = 0; i < all.size(); i++) {
            long distance = all.get(i).distance();
            List<Audit.Winner> nearer = all.subList(0, i);
            List<Audit.Winner> withIt = all.subList(0, i + 1);
            assertThat(Audit.winners(chunks, chunks.length, challenge, global, 2 * distance - 1))
                    .isEqualTo(nearer);
            assertThat(Audit.winners(chunks, chunks.length, challenge, global, 2 * distance))
                    .isEqualTo(withIt);
            assertThat(Audit.winners(chunks, chunks.length, challenge, global, 2 * distance + 1))
                    .isEqualTo(withIt);
        }
        assertThat(Audit.winners(chunks, chunks.length, challenge, global, 0)).isEmpty();
    }

    @Test
    void aSearchRemembersNothing() {
        Bytes global = Bytes.of(Recipe.xof("audit/global", 32));
        Audit.Search search = new Audit.Search();
        for (int count : new int[] {100, 3, 0, 65, 101, 1}) {
            Bytes challenge = Challenges.sectorSlotChallenge(Bytes.of(Recipe.xof("audit/sector/" + count, 32)), global);
            byte[] chunks = Recipe.xof("audit/chunks/" + count, 32 * count + 32);
            long range = Long.MIN_VALUE;
            assertThat(search.winners(chunks, 32 * count, challenge, global, range))
                    .isEqualTo(Audit.winners(chunks, 32 * count, challenge, global, range))
                    .hasSizeLessThanOrEqualTo(count);
        }
    }
}
