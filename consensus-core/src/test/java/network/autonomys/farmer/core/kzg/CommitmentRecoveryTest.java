package network.autonomys.farmer.core.kzg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.testkit.VectorCase;
import network.autonomys.farmer.testkit.Vectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CommitmentRecoveryTest {
    private static final VectorCase SEGMENT =
            Vectors.cases("sector", "history.json", "segment").getFirst();
    private static final List<Bytes> ALL = SEGMENT.list("recordCommitments").stream()
            .map(node -> Bytes.of(SEGMENT.bytes(node)))
            .toList();

    private static List<@Nullable Bytes> without(List<Integer> positions) {
        List<@Nullable Bytes> some = new ArrayList<>(ALL);
        positions.forEach(i -> some.set(i, null));
        return some;
    }

    @Test
    void commitmentsOfTheVectorsFromHalfOfThem() {
        Random random = new Random(5);
        List<Integer> positions =
                new ArrayList<>(IntStream.range(0, 256).boxed().toList());
        for (int missing : new int[] {0, 1, 2, 100, 128}) {
            Collections.shuffle(positions, random);
            assertThat(CommitmentRecovery.recover(without(positions.subList(0, missing))))
                    .as("%d missing", missing)
                    .isEqualTo(ALL);
        }
        for (int parity : new int[] {0, 1}) {
            List<Integer> half =
                    IntStream.range(0, 128).map(i -> 2 * i + parity).boxed().toList();
            assertThat(CommitmentRecovery.recover(without(half))).isEqualTo(ALL);
            assertThat(CommitmentRecovery.recover(without(half.subList(0, 70)))).isEqualTo(ALL);
        }
    }

    @Test
    void refusesWhatGivesNoCommitments() {
        List<Integer> many = IntStream.range(0, 129).boxed().toList();
        assertThatIllegalArgumentException().isThrownBy(() -> CommitmentRecovery.recover(without(many)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CommitmentRecovery.recover(without(List.of()).subList(0, 255)));
        assertThatIllegalArgumentException().isThrownBy(() -> CommitmentRecovery.recover(List.of()));
        List<@Nullable Bytes> bad = without(List.of(3));
        bad.set(7, Bytes.zeros(48));
        assertThatIllegalArgumentException().isThrownBy(() -> CommitmentRecovery.recover(bad));
    }
}
