package network.autonomys.farmer.core.kzg;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import network.autonomys.farmer.core.field.Fr;
import network.autonomys.farmer.core.types.Bytes;

/** Erasure coding of commitments (primitives §6.3): the extension of scalars (§6.1), carried out on points. */
public final class CommitmentExtension {
    private static final int MAX = 32_768;

    private CommitmentExtension() {}

    /**
     * Joins each commitment by that of the parity.
     *
     * @param source a power of two from 1 to 32 768 of compressed points
     * @return twice as many, source and parity in turns
     * @throws IllegalArgumentException where the number is no such power or one of them is no point
     */
    public static List<Bytes> extend(List<Bytes> source) {
        int n = source.size();
        if (n < 1 || n > MAX || Integer.bitCount(n) != 1) {
            throw new IllegalArgumentException(n + " is no power of two from 1 to " + MAX);
        }
        try (Arena arena = Arena.ofConfined()) {
            PointVector points = new PointVector(arena, n);
            MemorySegment affine = arena.allocate(Blst.P1_AFFINE, Blst.ALIGN);
            for (int i = 0; i < n; i++) {
                if (!G1.read(source.get(i), affine, arena)) {
                    throw new IllegalArgumentException("commitment " + i + " is no point: " + source.get(i));
                }
                Blst.fromAffineG1(points.at(i), affine);
            }
            int log = Integer.numberOfTrailingZeros(n);
            long[] root = Fr.rootOfUnity(log);
            long[] inverse = new long[Fr.WORDS];
            Fr.inverse(root, 0, inverse, 0);
            points.toReversed(log, PointVector.powers(Fr.element(1), inverse, n), ParallelLoop.SERIAL);
            long[] nth = new long[Fr.WORDS];
            Fr.inverse(Fr.element(n), 0, nth, 0);
            long[] shift = PointVector.powers(nth, Fr.rootOfUnity(log + 1), n);
            points.multiplyEach(n, shift, b -> PointVector.reverse(b, log), ParallelLoop.SERIAL);
            points.fromReversed(log, PointVector.powers(Fr.element(1), root, n), ParallelLoop.SERIAL);
            List<Bytes> extended = new ArrayList<>(2 * n);
            for (int i = 0; i < n; i++) {
                extended.add(source.get(i));
                extended.add(G1.write(points.at(i), arena));
            }
            return extended;
        }
    }
}
