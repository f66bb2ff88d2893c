package network.autonomys.farmer.cuda;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import network.autonomys.farmer.core.engine.MsmEngine;
import org.jspecify.annotations.Nullable;

/**
 * Commitments on the cards of a {@link CudaRecordEngine}, byte for byte those of the processor. One of each card's first call and of 1 call in 64 after that is
 * computed on the processor as well, by one thread at a time. While no card can, the processor does it: commitments have deadlines.
 */
public final class CudaMsmEngine implements MsmEngine {
    private static final int SCALAR = 32;
    private static final ValueLayout.OfLong BE64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final long[] MODULUS = {
        0x73eda753299d7d48L, 0x3339d80809a1d805L, 0x53bda402fffe5bfeL, 0xffffffff00000001L
    };

    private final CudaRecordEngine cards;
    private final MemorySegment affine;
    private final int points;
    private final MsmEngine processor;
    private final SpotCheck checks = new SpotCheck();

    /**
     * An engine over some points.
     *
     * @param cards does the work; closed by its owner, after this engine
     * @param affine the points, 96 bytes each, as {@code KzgParameters.g1()} has them
     * @param points how many; longer polynomials are the processor's
     * @param processor an engine over the same points, closed by its owner
     */
    public CudaMsmEngine(CudaRecordEngine cards, MemorySegment affine, int points, MsmEngine processor) {
        this.cards = cards;
        this.affine = affine;
        this.points = points;
        this.processor = processor;
    }

    @Override
    public void commit(int n, int count, MemorySegment coefficients, MemorySegment commitments) {
        check(n, count, coefficients, commitments);
        for (int i = 0, some; i < count; i += some) {
            some = Math.min(PointSums.AT_ONCE, count - i);
            long bytes = (long) SCALAR * n * some;
            MemorySegment scalars = coefficients.asSlice((long) SCALAR * n * i, bytes);
            MemorySegment target = commitments.asSlice((long) G1_BYTES * i, (long) G1_BYTES * some);
            byte[] made = n > points ? null : onCard(n, some, scalars);
            if (made == null) {
                processor.commit(n, some, scalars, target);
            } else {
                target.copyFrom(MemorySegment.ofArray(made));
            }
        }
    }

    private byte @Nullable [] onCard(int n, int count, MemorySegment scalars) {
        return cards.onAnyCard((gpu, session) -> {
            boolean isFirst = !session.hasSums();
            byte[] made = session.sums(affine, points).commit(n, count, scalars);
            checks.after(isFirst, () -> verify(n, count - 1, scalars, made));
            return made;
        });
    }

    /** One of the commitments of a call: the last, for which the most must have gone well. */
    private void verify(int n, int number, MemorySegment scalars, byte[] made) {
        byte[] expected = new byte[G1_BYTES];
        processor.commit(
                n, 1, scalars.asSlice((long) SCALAR * n * number, (long) SCALAR * n), MemorySegment.ofArray(expected));
        int from = G1_BYTES * number;
        if (!Arrays.equals(expected, 0, G1_BYTES, made, from, from + G1_BYTES)) {
            throw new GpuFailure("a commitment differs from the processor's");
        }
    }

    private static void check(int n, int count, MemorySegment coefficients, MemorySegment commitments) {
        if (n < 0
                || n > MAX_COEFFICIENTS
                || count < 0
                || coefficients.byteSize() < (long) SCALAR * n * count
                || commitments.byteSize() < (long) G1_BYTES * count) {
            throw new IllegalArgumentException("buffers too short for " + count + " polynomials of " + n);
        }
        for (long at = 0; at < (long) SCALAR * n * count; at += SCALAR) {
            if (!isScalar(coefficients, at)) {
                throw new IllegalArgumentException("coefficient " + at / SCALAR + " is not below the field's modulus");
            }
        }
    }

    private static boolean isScalar(MemorySegment bytes, long at) {
        for (int i = 0; i < MODULUS.length; i++) {
            int order = Long.compareUnsigned(bytes.get(BE64, at + 8L * i), MODULUS[i]);
            if (order != 0) {
                return order < 0;
            }
        }
        return false;
    }

    @Override
    public void close() {
        // The cards belong to the record engine, and with them everything of this one's.
    }
}
