package network.autonomys.farmer.core.pos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import network.autonomys.farmer.core.engine.ProofTable;
import network.autonomys.farmer.core.engine.Workers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rows that lead from an entry to its leaves, their limits, and the choice where y of the left parents does not make it. */
class TableRowsTest {
    private static final int PAIRS = 37;

    private final StagedPairs pairs = new StagedPairs();
    private final SplittableRandom random = new SplittableRandom(8);

    TableRowsTest() {
        Arrays.setAll(pairs.left, i -> random.nextInt());
        Arrays.setAll(pairs.right, i -> random.nextInt());
        Arrays.setAll(pairs.bases, i -> random.nextInt(1 << 26));
    }

    @ParameterizedTest
    @EnumSource
    void leavesAreTheMetadataAsInAProof(VectorForm form) {
        byte[] leaves = new byte[(9 + PAIRS) * 20 + 16];
        form.mover().saveLeaves(pairs, 3, PAIRS, leaves, 9);
        for (int i = 0; i < PAIRS; i++) {
            for (int k = 0; k < 20; k++) {
                int[] side = k < 10 ? pairs.left : pairs.right;
                int bit = 80 - 8 * (k % 10 + 1);
                byte expected = (byte) (side[4 * (3 + i) + 3 - bit / 32] >>> bit % 32);
                assertThat(leaves[(9 + i) * 20 + k])
                        .as("pair %d, byte %d", i, k)
                        .isEqualTo(expected);
            }
        }
        assertThat(Arrays.copyOf(leaves, 9 * 20)).containsOnly(0);
    }

    @Test
    void parentsAreTheNumbersOfBoth() {
        int[] rows = new int[2 * (5 + PAIRS) + 2];
        pairs.saveParents(2, PAIRS, rows, 5);
        for (int i = 0; i < PAIRS; i++) {
            assertThat(rows[2 * (5 + i)]).isEqualTo(pairs.left[4 * (2 + i)]);
            assertThat(rows[2 * (5 + i) + 1]).isEqualTo(pairs.right[4 * (2 + i)]);
        }
        assertThat(rows[9]).isZero();
        assertThat(rows[2 * (5 + PAIRS)]).isZero();
    }

    @Test
    void whatIsDroppedMakesRoom() {
        int[] before = pairs.left.clone();
        pairs.added(5, 100);
        pairs.added(3, 200);
        pairs.drop(4);
        assertThat(pairs.count()).isEqualTo(4);
        assertThat(Arrays.copyOf(pairs.left, 16)).isEqualTo(Arrays.copyOfRange(before, 16, 32));
        assertThat(Arrays.copyOf(pairs.bases, 4)).containsExactly(100, 200, 200, 200);
    }

    @Test
    void ofTableSevenThoseOfSBucketsAreKept() {
        LastEntries last = new LastEntries();
        int[] ys = random.ints(PAIRS, 0, 1 << 26).toArray();
        ys[4] &= ~(15 << 6);
        int[] kept = IntStream.range(0, PAIRS)
                .filter(i -> PosParameters.hasSBucket(ys[i]))
                .toArray();
        last.add(pairs, ys, PAIRS);
        LastEntries both = new LastEntries();
        both.append(last);
        both.append(last);
        assertThat(both.count()).isEqualTo(2 * kept.length).isPositive();
        for (int k = 0; k < both.count(); k++) {
            int i = kept[k % kept.length];
            assertThat(both.y[k]).isEqualTo(ys[i]);
            assertThat(both.leftY[k]).isEqualTo(pairs.bases[i] + (pairs.left[4 * i + 1] >>> 16));
            assertThat(both.parents[2 * k]).isEqualTo(pairs.left[4 * i]);
            assertThat(both.parents[2 * k + 1]).isEqualTo(pairs.right[4 * i]);
        }
    }

    @Test
    void tableSevenHasABound() {
        LastEntries last = new LastEntries();
        int[] ys = new int[StagedPairs.ROOM];
        for (int i = 0; i < LastEntries.CAPACITY / 512; i++) {
            last.add(pairs, ys, 512);
        }
        LastEntries one = new LastEntries();
        one.add(pairs, ys, 1);
        assertThatThrownBy(() -> last.add(pairs, ys, 1)).isInstanceOf(CapacityExceededException.class);
        assertThatThrownBy(() -> last.append(one)).isInstanceOf(CapacityExceededException.class);
        assertThat(last.count()).isEqualTo(LastEntries.CAPACITY);
    }

    @Test
    void numbersHaveABound() {
        TableWorkspace space = new TableWorkspace();
        VectorForm form = PosTesting.preferred();
        PartBuilder builder = new PartBuilder(space, space.part, form.kernels(), form.mover(), form.matcher());
        // S0 has 1 044 021 entries of table 4, the first with rows; the last number stays free.
        builder.numbers(1_044_021);
        assertThatThrownBy(() -> tablesUpTo(4, builder)).isInstanceOf(CapacityExceededException.class);
        builder.numbers(1_044_022);
        tablesUpTo(6, builder);
    }

    private static void tablesUpTo(int last, PartBuilder builder) {
        builder.keystream(KeystreamReader.key(PosTesting.S0));
        builder.first();
        for (int table = 2; table <= last; table++) {
            GroupedEntries[] before = {builder.part().entries[(table - 1) & 1]};
            builder.next(table, before, TableWorkspace.CAPACITY, PosVersion.V1);
        }
    }

    /** Without y of the left parents every tie is decided by all that is below. */
    @Test
    void tiesAreDecidedByTheLeavesToo() {
        TableWorkspace space = new TableWorkspace();
        VectorForm form = PosTesting.preferred();
        new TableBuilder(space, form).build(PosTesting.S0, PosVersion.V1, Workers.callingThread(), false);
        ProofSelector selector = new ProofSelector(space, new ProofExpander(space, form.kernels()));
        int[] expected = new int[ProofTable.S_BUCKETS];
        selector.select(PosVersion.V1, expected);
        Arrays.fill(space.part.last.leftY, 0);
        int[] roots = new int[ProofTable.S_BUCKETS];
        selector.select(PosVersion.V1, roots);
        assertThat(roots).isEqualTo(expected);
    }
}
