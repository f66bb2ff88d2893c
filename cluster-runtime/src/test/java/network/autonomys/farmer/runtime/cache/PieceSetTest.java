package network.autonomys.farmer.runtime.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.TreeSet;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class PieceSetTest {
    @Test
    void behavesLikeASet() {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        PieceSet set = new PieceSet();
        TreeSet<Long> oracle = new TreeSet<>();
        for (int i = 0; i < 20_000; i++) {
            long piece = random.nextLong(40 * 256);
            if (random.nextBoolean()) {
                assertThat(set.add(piece)).isEqualTo(oracle.add(piece));
            } else {
                assertThat(set.remove(piece)).isEqualTo(oracle.remove(piece));
            }
        }
        assertThat(set.toArray())
                .containsExactly(oracle.stream().mapToLong(Long::longValue).toArray());
        assertThat(set.size()).isEqualTo(oracle.size());
        assertThat(set.segmentBound()).isEqualTo(oracle.last() / 256 + 1);
        assertThat(set.countInSegment(3))
                .isEqualTo(oracle.subSet(3L * 256, 4L * 256).size());
    }

    @Test
    void bitmapsCarryASetOver() {
        PieceSet set = new PieceSet();
        set.add(256 + 9);
        set.add(511);
        set.add(70 * 256);
        byte[] bitmaps = set.bitmaps(1, 80);
        assertThat(bitmaps).hasSize(80 * 32);
        assertThat(bitmaps[1]).isEqualTo((byte) 2);
        assertThat(bitmaps[31]).isEqualTo((byte) 0x80);

        PieceSet copy = new PieceSet();
        copy.add(0);
        copy.add(300);
        copy.setBitmaps(1, bitmaps);
        assertThat(copy.toArray()).containsExactly(0, 256 + 9, 511, 70 * 256);
    }

    @Test
    void refusesWhatNoChainHas() {
        PieceSet set = new PieceSet();
        assertThatThrownBy(() -> set.add(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> set.add(PieceSet.MAX_SEGMENTS * 256)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> set.setBitmaps(0, new byte[33])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> set.setBitmaps(PieceSet.MAX_SEGMENTS, new byte[32]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(set.contains(-1)).isFalse();
        assertThat(set.contains(Long.MAX_VALUE)).isFalse();
        set.add(5);
        assertThat(set.bitmaps(1L << 62, 1)).containsOnly(0);
        assertThat(set.bitmaps(-1, 1)).containsOnly(0);
        set.remove(5);
        assertThat(set.segmentBound()).isZero();
    }
}
