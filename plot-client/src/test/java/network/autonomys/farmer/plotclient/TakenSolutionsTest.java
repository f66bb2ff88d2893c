package network.autonomys.farmer.plotclient;

import static org.assertj.core.api.Assertions.assertThat;

import network.autonomys.farmer.core.types.Bytes;
import org.junit.jupiter.api.Test;

class TakenSolutionsTest {
    private static final Bytes KEY = Bytes.zeros(32);

    private final TakenSolutions taken = new TakenSolutions(6);

    @Test
    void aSignedOneIsUsed() {
        taken.taken("a", KEY, 10);
        taken.signed("a", KEY);
        assertThat(taken.expire(100)).isZero();
    }

    @Test
    void withoutASignatureItIsNotUsedAfterAWhile() {
        taken.taken("a", KEY, 10);
        taken.taken("b", KEY, 11);
        taken.signed("b", KEY);
        assertThat(taken.expire(16)).isZero();
        assertThat(taken.expire(17)).isEqualTo(1);
        assertThat(taken.expire(18)).isZero();
    }
}
