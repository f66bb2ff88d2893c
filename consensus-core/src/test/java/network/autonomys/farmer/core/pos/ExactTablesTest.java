package network.autonomys.farmer.core.pos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The exact builder's own figures, and its limits. */
class ExactTablesTest {
    @Test
    void sizesOfTheTables() {
        // proof-of-space §5.2 and §2.1
        assertThat(sizes(PosTesting.exactTables(PosVersion.V1)))
                .containsExactly(1046669, 1046116, 1044021, 1039293, 1031172, 1013733);
        assertThat(sizes(PosTesting.exactTables(PosVersion.V2)))
                .containsExactly(1044519, 1040231, 1031013, 1012716, 978576, 913170);
    }

    @Test
    void limitsTakeTheFirstOfTheWalk() {
        // Limits no full table reaches change nothing; those that bite cut every table after the first.
        ExactTables.Rules wide = new ExactTables.Rules(100_000, 100_000, Integer.MAX_VALUE, true);
        ExactTables.Rules narrow = new ExactTables.Rules(240, 250, Integer.MAX_VALUE, true);
        try (ExactTables unlimited = ExactTables.build(PosTesting.S0, PosVersion.V1, wide, () -> {});
                ExactTables cut = ExactTables.build(PosTesting.S0, PosVersion.V1, narrow, () -> {})) {
            assertThat(PosTesting.Outcome.of(unlimited)).isEqualTo(PosTesting.exact(PosVersion.V1));
            assertThat(cut.tableSize(2)).isBetween(950_000, 1_030_000);
            for (int table = 3; table <= 7; table++) {
                assertThat(cut.tableSize(table)).isLessThan(cut.tableSize(table - 1));
            }
        }
    }

    private static int[] sizes(ExactTables tables) {
        int[] sizes = new int[6];
        for (int table = 2; table <= 7; table++) {
            sizes[table - 2] = tables.tableSize(table);
        }
        return sizes;
    }
}
