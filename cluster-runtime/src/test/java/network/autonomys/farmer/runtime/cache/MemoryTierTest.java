package network.autonomys.farmer.runtime.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class MemoryTierTest {
    private static final int SIZE = MemoryVault.PIECE_SIZE;

    @Test
    void keepsWhatWasReadLastWithinItsBound() {
        try (MemoryTier tier = new MemoryTier(SIZE, 3 * SIZE + 5)) {
            assertThat(tier.places()).isEqualTo(3);
            put(tier, 1, 2, 3);
            assertThat(reads(tier, 1)).isTrue();
            put(tier, 4);
            assertThat(reads(tier, 2)).isFalse();
            assertThat(reads(tier, 1)).isTrue();
            assertThat(reads(tier, 3)).isTrue();
            assertThat(reads(tier, 4)).isTrue();
            assertThat(tier.size()).isEqualTo(3);
            tier.remove(3);
            put(tier, 5);
            assertThat(reads(tier, 1)).isTrue();
            assertThat(reads(tier, 5)).isTrue();
        }
    }

    @Test
    void mayBeTooSmallForAnything() {
        try (MemoryTier tier = new MemoryTier(SIZE, SIZE - 1)) {
            put(tier, 1);
            assertThat(reads(tier, 1)).isFalse();
        }
    }

    @Test
    void answersNothingAfterItsEnd() {
        MemoryTier tier = new MemoryTier(SIZE, SIZE);
        put(tier, 1);
        tier.close();
        put(tier, 2);
        assertThat(reads(tier, 1)).isFalse();
    }

    private static void put(MemoryTier tier, long... pieces) {
        for (long piece : pieces) {
            tier.put(piece, MemorySegment.ofArray(MemoryVault.content(piece)));
        }
    }

    private static boolean reads(MemoryTier tier, long piece) {
        byte[] target = new byte[SIZE];
        boolean found = tier.read(piece, MemorySegment.ofArray(target));
        if (found) {
            assertThat(MemorySegment.ofArray(target).toArray(ValueLayout.JAVA_BYTE))
                    .isEqualTo(MemoryVault.content(piece));
        }
        return found;
    }
}
