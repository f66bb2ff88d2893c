package network.autonomys.farmer.core.kzg;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums of groups and of buckets against those of blst, one point after the other. */
class PointAdderTest {
    private static final KzgParameters DEV = KzgParameters.parse(MemorySegment.ofArray(DevSecret.parameterFile()));
    private static final int POINTS = 32_768;

    private static byte[] write(MemorySegment point) {
        try (Arena arena = Arena.ofConfined()) {
            return G1.write(point, arena).toArray();
        }
    }

    private static byte[] expected(List<Integer> references) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment plus = arena.allocate(Blst.P1, Blst.ALIGN);
            MemorySegment minus = arena.allocate(Blst.P1, Blst.ALIGN);
            for (int reference : references) {
                MemorySegment to = (reference & 1) == 0 ? plus : minus;
                Blst.addAffineG1(to, to, DEV.g1().asSlice((long) Blst.P1_AFFINE * (reference >>> 1), Blst.P1_AFFINE));
            }
            Blst.negateG1(minus);
            Blst.addG1(plus, plus, minus);
            return write(plus);
        }
    }

    private static byte[] at(long[] sums, int place) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment affine = arena.allocate(Blst.P1_AFFINE, Blst.ALIGN);
            MemorySegment point = arena.allocate(Blst.P1, Blst.ALIGN);
            FpPoints.toBlst(sums, place, 1, affine);
            Blst.fromAffineG1(point, affine);
            return write(point);
        }
    }

    private static int[] flat(List<List<Integer>> groups) {
        return groups.stream().flatMap(List::stream).mapToInt(i -> i).toArray();
    }

    private static int[] bounds(List<List<Integer>> groups) {
        int[] bounds = new int[groups.size() + 1];
        for (int g = 0; g < groups.size(); g++) {
            bounds[g + 1] = bounds[g] + groups.get(g).size();
        }
        return bounds;
    }

    /** Groups of 0 to 40 points in turn, one of many, and small ones again; every point only once. */
    private static List<List<Integer>> groups() {
        Random random = new Random(1);
        List<List<Integer>> groups = new ArrayList<>();
        int point = 0;
        for (int g = 0; g < 120; g++) {
            List<Integer> group = new ArrayList<>();
            for (int i = 0; i < (g == 60 ? 5001 : g % 41); i++) {
                group.add(2 * point++ + random.nextInt(2));
            }
            groups.add(group);
        }
        return groups;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8})
    void addsUpGroupsOfEverySize(int lanes) {
        FpLanes kernel = FpLanes.ofLanes(lanes);
        long[] points = FpPoints.fromBlst(DEV.g1(), POINTS);
        long[] source = points.clone();
        List<List<Integer>> groups = groups();
        int[] references = flat(groups);
        int[] bounds = bounds(groups);
        long[] sums = new long[FpPoints.length(groups.size() + references.length / 2)];
        Arrays.fill(sums, 7);
        PointAdder adder = new PointAdder(kernel);
        // In two calls, as parts of all groups.
        assertThat(adder.sum(source, references, bounds, 0, 50, sums)).isTrue();
        assertThat(adder.sum(source, references, bounds, 50, groups.size(), sums))
                .isTrue();
        for (int g = 0; g < groups.size(); g++) {
            if (groups.get(g).isEmpty()) {
                assertThat(Arrays.copyOfRange(sums, g * FpPoints.SIZE, (g + 1) * FpPoints.SIZE))
                        .containsOnly(7);
            } else {
                assertThat(at(sums, g)).as("group %d", g).isEqualTo(expected(groups.get(g)));
            }
        }
        assertThat(source).isEqualTo(points);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8})
    void addsGroupsOfEverySizeToPoints(int lanes) {
        FpLanes kernel = FpLanes.ofLanes(lanes);
        long[] source = FpPoints.fromBlst(DEV.g1(), POINTS);
        List<List<Integer>> groups = groups();
        int[] references = flat(groups);
        long[] sums = new long[FpPoints.length(groups.size() + references.length / 2)];
        PointAdder adder = new PointAdder(kernel);
        adder.begin(source, source, sums);
        for (int g = 0; g < groups.size(); g++) {
            adder.copy(source, 2 * (POINTS - 1 - g) + g % 2, g);
        }
        assertThat(adder.addTo(source, references, bounds(groups), 0, groups.size(), sums))
                .isTrue();
        for (int g = 0; g < groups.size(); g++) {
            List<Integer> all = new ArrayList<>(groups.get(g));
            all.add(2 * (POINTS - 1 - g) + g % 2);
            assertThat(at(sums, g)).as("group %d", g).isEqualTo(expected(all));
        }
    }

    /** In the first round, for a last one without a neighbour, and among sums. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8})
    void refusesTheSamePointTwice(int lanes) {
        FpLanes kernel = FpLanes.ofLanes(lanes);
        long[] source = FpPoints.fromBlst(DEV.g1(), 100);
        PointAdder adder = new PointAdder(kernel);
        long[] sums = new long[FpPoints.length(100)];
        for (int[] same : new int[][] {{6, 6}, {6, 7}, {2, 4, 6, 8, 2, 4}}) {
            int[] references = Arrays.copyOf(new int[] {20, 22, 24}, 3 + same.length);
            System.arraycopy(same, 0, references, 3, same.length);
            int[] bounds = {0, 3, 3 + same.length};
            assertThat(adder.sum(source, references, bounds, 0, 2, sums)).isFalse();
            assertThat(adder.sum(source, references, bounds, 0, 1, sums)).isTrue();
        }
        adder.begin(source, source, sums);
        adder.copy(source, 9, 0);
        assertThat(adder.addTo(source, new int[] {8}, new int[] {0, 1}, 0, 1, sums))
                .isFalse();
    }

    /** Points for any bucket, for a few, and for one. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 500, 5000})
    void bucketsTakePointsInAnyOrder(int used) {
        FpLanes kernel = FpLanes.ofLanes(8);
        long[] source = FpPoints.fromBlst(DEV.g1(), POINTS);
        int buckets = 6000;
        long[] sums = new long[FpPoints.length(BucketSums.places(buckets))];
        BucketSums bucketSums = new BucketSums(new PointAdder(kernel), buckets, source, sums);
        Random random = new Random(used);
        for (int run = 0; run < 2; run++) {
            List<List<Integer>> groups = new ArrayList<>();
            for (int b = 0; b < buckets; b++) {
                groups.add(new ArrayList<>());
            }
            bucketSums.begin();
            for (int i = run; i < POINTS; i++) {
                int bucket = 7 + random.nextInt(used);
                int reference = 2 * i + random.nextInt(2);
                groups.get(bucket).add(reference);
                assertThat(bucketSums.add(bucket, reference)).isTrue();
            }
            assertThat(bucketSums.end()).isTrue();
            for (int b = 0; b < buckets; b++) {
                assertThat(bucketSums.isEmpty(b)).isEqualTo(groups.get(b).isEmpty());
                if (!bucketSums.isEmpty(b)) {
                    assertThat(at(sums, b)).as("bucket %d", b).isEqualTo(expected(groups.get(b)));
                }
            }
        }
    }
}
