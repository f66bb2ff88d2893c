package network.autonomys.farmer.core.pos;

import static network.autonomys.farmer.core.pos.PosParameters.BC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Movers and matchers against the definition of a match, on buckets of all sizes, with equal r, in both parities. */
class PairMatcherTest {
    private static final int[] SIZES = {0, 1, 2, 63, 64, 65, 127, 236, 254, 255, 256, 257, 300, 383, 384};

    static Stream<Arguments> parts() {
        List<Arguments> parts = new ArrayList<>();
        for (VectorForm form : VectorForm.values()) {
            parts.add(Arguments.of(form, form.mover(), form.matcher()));
        }
        return parts.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("parts")
    void findsAllMatches(VectorForm form, EntryMover mover, PairMatcher matcher) {
        SplittableRandom random = new SplittableRandom(7);
        for (int leftSize : SIZES) {
            for (int rightSize : SIZES) {
                int bucket = random.nextInt(PosParameters.BUCKETS - 1);
                int[] lefts = remainders(random, leftSize);
                int[] rights = remainders(random, rightSize);
                Set<Long> expected = expected(bucket, lefts, rights);
                String what = String.format("%s: bucket %d, %d and %d entries", form, bucket, leftSize, rightSize);
                if (expected.size() > PairMatcher.MAX_MATCHES) {
                    assertThatThrownBy(() -> matches(mover, matcher, bucket, lefts, rights))
                            .as(what)
                            .isInstanceOf(CapacityExceededException.class);
                } else {
                    assertThat(matches(mover, matcher, bucket, lefts, rights))
                            .as(what)
                            .isEqualTo(expected);
                }
            }
        }
    }

    /** Random values of r, some of them equal and some at the ends. */
    private static int[] remainders(SplittableRandom random, int n) {
        int[] remainders = new int[n];
        for (int i = 0; i < n; i++) {
            remainders[i] = switch (random.nextInt(12)) {
                case 0 -> remainders[random.nextInt(i + 1)];
                case 1 -> random.nextBoolean() ? random.nextInt(3) : BC - 1 - random.nextInt(3);
                default -> random.nextInt(BC);
            };
        }
        return spread(remainders);
    }

    /** Moves entries out of rows that are too full for a bucket that is not made up. */
    private static int[] spread(int[] remainders) {
        int[] rows = new int[PosParameters.B];
        for (int i = 0; i < remainders.length; i++) {
            while (++rows[PosParameters.rowOf(remainders[i])] > EntryMover.ROW_ROOM) {
                remainders[i] = (remainders[i] + PosParameters.C) % BC;
            }
        }
        return remainders;
    }

    private static Set<Long> expected(int bucket, int[] lefts, int[] rights) {
        Map<Integer, List<Integer>> byRemainder = new HashMap<>();
        for (int r = 0; r < rights.length; r++) {
            byRemainder.computeIfAbsent(rights[r], k -> new ArrayList<>()).add(r);
        }
        Set<Long> pairs = new HashSet<>();
        for (int l = 0; l < lefts.length; l++) {
            for (int m = 0; m < 64; m++) {
                int step = 2 * m + (bucket & 1);
                int target = (lefts[l] / 127 + m) % 119 * 127 + (step * step + lefts[l]) % 127;
                for (int r : byRemainder.getOrDefault(target, List.of())) {
                    pairs.add((long) l << 32 | r);
                }
            }
        }
        return pairs;
    }

    private static Set<Long> matches(EntryMover mover, PairMatcher matcher, int bucket, int[] lefts, int[] rights) {
        RowBucket left = rowBucket(mover, lefts);
        RowBucket right = rowBucket(mover, rights);
        int[] hits = new int[PairMatcher.HITS_ROOM];
        int n = matcher.match(left, right, bucket & 1, hits);
        Set<Long> pairs = new HashSet<>();
        for (int h = 0; h < n; h++) {
            int r = hits[h] & 0xFFFF;
            pairs.add((long) left.place(hits[h] >>> 16) << 32 | right.place(r));
        }
        assertThat(pairs).as("hits, none twice").hasSize(n);
        return pairs;
    }

    private static RowBucket rowBucket(EntryMover mover, int[] remainders) {
        int n = remainders.length;
        int first = 5;
        int[] entries = new int[4 * (first + n + 16)];
        for (int i = 0; i < n; i++) {
            entries[4 * (first + i)] = 1000 + i;
            entries[4 * (first + i) + 1] = (remainders[i] << 16) | 77;
        }
        RowBucket target = new RowBucket();
        target.refer(entries, first);
        mover.sortRows(target, n);
        assertThat(target.size()).isEqualTo(n);
        for (int k = 0; k < target.extendedSize(); k++) {
            assertThat(target.remainder(k)).isEqualTo(remainders[target.place(k)]);
            assertThat(target.place(k)).isEqualTo(target.place(k % n));
            if (k > 0) {
                assertThat(target.extendedRow(k)).isGreaterThanOrEqualTo(target.extendedRow(k - 1));
            }
        }
        return target;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("parts")
    void stagesBothEntries(VectorForm form, EntryMover mover, PairMatcher matcher) {
        int[] rights = {BC - 1, 300, 7};
        RowBucket left = rowBucket(mover, new int[] {5000, 127, 126});
        RowBucket right = rowBucket(mover, rights);
        StagedPairs staged = new StagedPairs();
        staged.added(1, 4);
        // In row order the lefts are 126, 127, 5000; the extended rights 7, 300, 15112, 7, 300.
        int[] hits = {2 << 16 | 1, 4};
        mover.stage(hits, 2, left, right, staged);
        assertThat(Arrays.copyOf(staged.left, 12))
                .as("%s", form)
                .containsExactly(0, 0, 0, 0, 1000, 5000 << 16 | 77, 0, 0, 1002, 126 << 16 | 77, 0, 0);
        assertThat(Arrays.copyOf(staged.right, 12))
                .as("%s", form)
                .containsExactly(0, 0, 0, 0, 1001, 300 << 16 | 77, 0, 0, 1001, 300 << 16 | 77, 0, 0);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("parts")
    void newEntriesAreFoundInTheListsOfTheirBuckets(VectorForm form, EntryMover mover, PairMatcher matcher) {
        int last = GroupedEntries.GROUP - 1;
        int n = 83;
        int[] out = new int[8 * n];
        int[] buckets = new int[2 * n];
        for (int i = 0; i < 2 * n; i++) {
            // The last bucket of a group and the first of the next, in turns.
            buckets[i] = last + i % 2;
            out[4 * i] = i;
            out[4 * i + 3] = -i;
        }
        GroupedEntries[] parts = {new GroupedEntries(), new GroupedEntries()};
        for (GroupedEntries part : parts) {
            mover.scatter(out, buckets, 2 * n, part);
        }
        BucketGroup group = new BucketGroup(mover);
        group.load(parts, last, 2 * n, false);
        RowBucket left = bucketOf(group, last);
        assertList(form, left, 0, n);
        group.keep(left);
        group.load(parts, last + 1, 2 * n, false);
        assertList(form, left, 0, n);
        assertList(form, bucketOf(group, last + 1), 1, n);
        assertThat(BucketGroup.begins(last)).isFalse();
        assertThat(BucketGroup.begins(last + 1)).isTrue();

        assertThatThrownBy(() -> group.load(parts, last, 2 * n - 1, false))
                .isInstanceOf(CapacityExceededException.class);
        group.load(parts, last, n + 7, true);
        assertThat(group.refer(last, new RowBucket())).as("dropped").isEqualTo(n + 7);
    }

    private static RowBucket bucketOf(BucketGroup group, int bucket) {
        RowBucket target = new RowBucket();
        target.rowStart[PosParameters.B] = group.refer(bucket, target);
        return target;
    }

    /** Two parts' lists one after the other, each of every second of the entries. */
    private static void assertList(VectorForm form, RowBucket bucket, int from, int n) {
        assertThat(bucket.size()).isEqualTo(2 * n);
        for (int k = 0; k < 2 * n; k++) {
            int at = 4 * (bucket.first() + k);
            int expected = k % n * 2 + from;
            assertThat(bucket.entries()[at]).as("%s: entry %d", form, k).isEqualTo(expected);
            assertThat(bucket.entries()[at + 3]).isEqualTo(-expected);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("parts")
    void aGroupThatIsFullIsRefused(VectorForm form, EntryMover mover, PairMatcher matcher) {
        int[] buckets = new int[GroupedEntries.CAPACITY];
        Arrays.setAll(buckets, i -> GroupedEntries.GROUP + i % GroupedEntries.GROUP);
        int[] out = new int[4 * buckets.length];
        GroupedEntries target = new GroupedEntries();
        mover.scatter(out, buckets, buckets.length, target);
        assertThatThrownBy(() -> mover.scatter(out, buckets, 1, target))
                .as("%s", form)
                .isInstanceOf(CapacityExceededException.class);
        target.clear();
        mover.scatter(out, buckets, 1, target);
        assertThat(target.counts[1]).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("parts")
    void refusesPairsWithTooManyMatches(VectorForm form, EntryMover mover, PairMatcher matcher) {
        // 24 lefts and 24 rights of one r each, of which every left matches every right: 576.
        int[] lefts = new int[24];
        int[] rights = new int[24];
        Arrays.fill(lefts, 500);
        Arrays.fill(rights, (500 / 127 + 3) % 119 * 127 + (36 + 500) % 127);
        assertThatThrownBy(() -> matches(mover, matcher, 8, lefts, rights))
                .as("%s", form)
                .isInstanceOf(CapacityExceededException.class);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("parts")
    void refusesRowsThatAreTooFull(VectorForm form, EntryMover mover, PairMatcher matcher) {
        int[] remainders = new int[EntryMover.ROW_ROOM + 1];
        assertThatThrownBy(() -> rowBucket(mover, remainders))
                .as("%s", form)
                .isInstanceOf(CapacityExceededException.class);
    }
}
