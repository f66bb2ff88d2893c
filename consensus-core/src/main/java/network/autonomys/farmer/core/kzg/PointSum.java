package network.autonomys.farmer.core.kzg;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A sum of multiples of points, collected first and added up in one go. */
final class PointSum {
    private final Arena arena;
    private final MemorySegment points;
    private final MemorySegment scalars;
    private int count;

    /** @param capacity the most points that will be added */
    PointSum(Arena arena, int capacity) {
        this.arena = arena;
        points = arena.allocate((long) Blst.P1_AFFINE * capacity, Blst.ALIGN);
        scalars = arena.allocate((long) Blst.SCALAR * capacity, Blst.ALIGN);
    }

    /** Adds a multiple of an affine point; infinity adds nothing. */
    void add(MemorySegment affine, long[] element) {
        if (!Blst.isAffineInfinityG1(affine)) {
            MemorySegment.copy(affine, 0, points, (long) Blst.P1_AFFINE * count, Blst.P1_AFFINE);
            G1.scalar(element, scalars, (long) Blst.SCALAR * count);
            count++;
        }
    }

    /** The sum, a fresh Jacobian point. */
    MemorySegment sum() {
        MemorySegment sum = arena.allocate(Blst.P1, Blst.ALIGN);
        if (count > 0) {
            MemorySegment scratch = arena.allocate(Blst.pippengerScratch(count), Blst.ALIGN);
            Blst.pippenger(sum, points, count, scalars, Blst.SCALAR_BITS, scratch);
        }
        return sum;
    }
}
