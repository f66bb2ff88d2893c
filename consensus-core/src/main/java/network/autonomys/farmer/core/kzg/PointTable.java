package network.autonomys.farmer.core.kzg;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;

/**
 * Multiples of fixed points for {@link TableMsm}: 2^(16 w) · P and its image under the endomorphism of {@link ScalarSplit}, for w from 0 to 7.
 * 1536 bytes a point, 48 MiB for 32 768 of them. Immutable.
 */
final class PointTable {
    static final int DIGIT_BITS = 16;
    /** Digits of half a scalar. */
    static final int WINDOWS = 8;

    private static final int HALVES = 2;
    /** β · R. */
    private static final BigInteger BETA = new BigInteger(
            "1a0111ea397fe699ec02408663d4de85aa0d857d89759ad4897d29650fb85f9b409427eb4f49fffd8bfd00000000aaac", 16);

    private final int count;
    private final long[] points;

    /**
     * Computes the table, in about two seconds for 32 768 points.
     *
     * @param affines the library's affine points, none of them infinity
     */
    PointTable(FpLanes kernel, MemorySegment affines, int count) {
        this.count = count;
        points = new long[FpPoints.length(HALVES * WINDOWS * count)];
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment multiples = arena.allocate((long) Blst.P1 * count, Blst.ALIGN);
            MemorySegment normal = arena.allocate((long) Blst.P1_AFFINE * count, Blst.ALIGN);
            normal.copyFrom(affines.asSlice(0, normal.byteSize()));
            for (int i = 0; i < count; i++) {
                Blst.fromAffineG1(
                        multiples.asSlice((long) Blst.P1 * i, Blst.P1),
                        affines.asSlice((long) Blst.P1_AFFINE * i, Blst.P1_AFFINE));
            }
            for (int window = 0; window < WINDOWS; window++) {
                if (window > 0) {
                    for (int i = 0; i < count; i++) {
                        Blst.doubleG1(multiples.asSlice((long) Blst.P1 * i, Blst.P1), DIGIT_BITS);
                    }
                    Blst.toAffinesG1(normal, multiples, count);
                }
                long[] ours = FpPoints.fromBlst(normal, count);
                put(ours, window, 0);
                applyEndomorphism(kernel, ours);
                put(ours, window, 1);
            }
        }
    }

    private void put(long[] ours, int window, int half) {
        for (int i = 0; i < count; i++) {
            System.arraycopy(
                    ours, i * FpPoints.SIZE, points, reference(window, half, i) * FpPoints.SIZE, FpPoints.SIZE);
        }
    }

    private void applyEndomorphism(FpLanes kernel, long[] ours) {
        int lanes = kernel.lanes();
        double[] x = new double[FpLanes.LIMBS * lanes];
        double[] beta =
                FpPoints.broadcast(FpLanes.limbs(BETA.shiftLeft(FpLanes.R_BITS).mod(FpLanes.MODULUS)), lanes);
        for (int first = 0; first < count; first += lanes) {
            int width = Math.min(lanes, count - first);
            for (int lane = 0; lane < width; lane++) {
                FpPoints.unpack(ours, (first + lane) * FpPoints.SIZE, x, lane, lanes);
            }
            kernel.multiply(x, 0, beta, 0, x, 0);
            for (int lane = 0; lane < width; lane++) {
                FpPoints.pack(x, lane, lanes, ours, (first + lane) * FpPoints.SIZE);
            }
        }
    }

    /** Number of points that have multiples here. */
    int count() {
        return count;
    }

    /** All multiples as {@link FpPoints}. */
    long[] points() {
        return points;
    }

    /** The place of a multiple: of the point itself or, as the other half, of its image. All multiples of a point lie together. */
    static int reference(int window, int half, int point) {
        return (HALVES * point + half) * WINDOWS + window;
    }

    /** Bytes that a table needs. */
    static long bytes(int count) {
        return 8L * HALVES * WINDOWS * FpPoints.SIZE * count;
    }
}
