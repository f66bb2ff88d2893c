package network.autonomys.farmer.core.kzg;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import network.autonomys.farmer.core.field.Fr;
import network.autonomys.farmer.core.field.Interpolation;
import network.autonomys.farmer.core.types.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Commitments to the records of a code word from half of them: commitments are linear, so what recovers a record (primitives §6.2) recovers its
 * commitment, for a small part of the price of committing to it.
 */
public final class CommitmentRecovery {
    /** From so many on, transforms over points are cheaper than one sum for each. */
    private static final int MANY = 48;

    private CommitmentRecovery() {}

    /**
     * All commitments of a code word.
     *
     * @param commitments source and parity in turns, null where unknown; their number is a power of two from 2 on
     * @return all of them; those that were known are as they were, and whether more than half of them agree is not checked
     * @throws IllegalArgumentException where the number is wrong, less than half are known, or one that is needed is no point
     */
    public static List<Bytes> recover(List<@Nullable Bytes> commitments) {
        int points = commitments.size();
        if (points < 2 || Integer.bitCount(points) != 1) {
            throw new IllegalArgumentException(points + " commitments");
        }
        int[] known = IntStream.range(0, points)
                .filter(i -> commitments.get(i) != null)
                .limit(points / 2)
                .toArray();
        if (known.length < points / 2) {
            throw new IllegalArgumentException(known.length + " of " + points + " commitments are known");
        }
        int[] unknown = IntStream.range(0, points)
                .filter(i -> commitments.get(i) == null)
                .toArray();
        boolean sources = IntStream.of(unknown).allMatch(i -> i % 2 == 1);
        return sources && unknown.length >= MANY ? extended(commitments) : interpolated(commitments, known, unknown);
    }

    private static List<Bytes> extended(List<@Nullable Bytes> commitments) {
        List<Bytes> sources = new ArrayList<>();
        for (int i = 0; i < commitments.size(); i += 2) {
            sources.add(Objects.requireNonNull(commitments.get(i)));
        }
        List<Bytes> all = new ArrayList<>(CommitmentExtension.extend(sources));
        for (int i = 1; i < commitments.size(); i += 2) {
            Bytes given = commitments.get(i);
            if (given != null) {
                all.set(i, given);
            }
        }
        return all;
    }

    private static List<Bytes> interpolated(List<@Nullable Bytes> commitments, int[] known, int[] unknown) {
        List<Bytes> all = new ArrayList<>();
        for (Bytes commitment : commitments) {
            all.add(commitment == null ? G1.INFINITY : commitment);
        }
        if (unknown.length == 0) {
            return all;
        }
        Interpolation interpolation = new Interpolation(commitments.size(), known);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment points = arena.allocate((long) Blst.P1_AFFINE * known.length, Blst.ALIGN);
            for (int k = 0; k < known.length; k++) {
                Bytes commitment = all.get(known[k]);
                if (!G1.read(commitment, point(points, k), arena)) {
                    throw new IllegalArgumentException("commitment " + known[k] + " is no point: " + commitment);
                }
            }
            for (int target : unknown) {
                all.set(target, sum(points, interpolation.weights(target)));
            }
        }
        return all;
    }

    private static MemorySegment point(MemorySegment points, int index) {
        return points.asSlice((long) Blst.P1_AFFINE * index, Blst.P1_AFFINE);
    }

    private static Bytes sum(MemorySegment points, long[] weights) {
        int count = weights.length / Fr.WORDS;
        try (Arena arena = Arena.ofConfined()) {
            PointSum sum = new PointSum(arena, count);
            long[] weight = new long[Fr.WORDS];
            for (int k = 0; k < count; k++) {
                System.arraycopy(weights, Fr.WORDS * k, weight, 0, Fr.WORDS);
                sum.add(point(points, k), weight);
            }
            return G1.write(sum.sum(), arena);
        }
    }
}
