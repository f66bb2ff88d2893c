package network.autonomys.farmer.core.sector;

import java.math.BigInteger;
import network.autonomys.farmer.core.types.Checks;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.core.types.SlotProbability;

/** Solution ranges: how they follow from the space pledged, and how they change (primitives-archiving-kzg §4.10). All numbers are unsigned. */
public final class SolutionRanges {
    private static final BigInteger U64_MAX = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
    private static final BigInteger U128_MAX = BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);

    private SolutionRanges() {}

    /**
     * The solution range at which so many pieces give the wanted number of solutions per slot.
     *
     * @param pieces not 0
     * @param probability neither number 0
     */
    public static long fromPieces(long pieces, SlotProbability probability) {
        return share(Checks.nonZero(pieces, "pieces"), probability);
    }

    /** The inverse of {@link #fromPieces}; the range is not 0. */
    public static long toPieces(long solutionRange, SlotProbability probability) {
        return share(Checks.nonZero(solutionRange, "solutionRange"), probability);
    }

    private static long share(long divisor, SlotProbability probability) {
        // The order of the divisions and the wrapping of the products are part of the rules.
        long perSlot = Long.divideUnsigned(-1, Checks.nonZero(probability.denominator(), "denominator"))
                * probability.numerator();
        long perRecord = Long.divideUnsigned(perSlot, Constants.CHUNKS_PER_RECORD) * Constants.S_BUCKETS;
        return Long.divideUnsigned(perRecord, divisor);
    }

    /**
     * The solution range of the next era: as much wider or narrower as the era was longer or shorter than planned, at most by a factor of 4.
     *
     * @param startSlot first slot of the era, 0 where there is none
     * @param currentSlot not before {@code startSlot}
     * @param eraDuration blocks, u32, not 0
     */
    public static long next(
            long startSlot, long currentSlot, SlotProbability probability, long solutionRange, long eraDuration) {
        Checks.nonZero(Checks.u32(eraDuration, "eraDuration"), "eraDuration");
        Checks.nonZero(probability.denominator(), "denominator");
        if (Long.compareUnsigned(currentSlot, startSlot) < 0) {
            throw new IllegalArgumentException("the era ends before it starts");
        }
        BigInteger adjusted = saturate(unsigned(solutionRange).multiply(unsigned(currentSlot - startSlot)));
        adjusted = saturate(adjusted.multiply(unsigned(probability.numerator())));
        adjusted = adjusted.divide(unsigned(eraDuration))
                .divide(unsigned(probability.denominator()))
                .min(U64_MAX);
        long least = solutionRange >>> 2;
        long most = UnsignedMath.multiplySaturating(solutionRange, 4);
        return UnsignedMath.min(UnsignedMath.max(adjusted.longValue(), least), most);
    }

    /** The voting range that belongs to a solution range. */
    public static long voting(long solutionRange, long expectedVotesPerBlock) {
        return UnsignedMath.multiplySaturating(solutionRange, expectedVotesPerBlock + 1);
    }

    /** What a block of this solution range adds to the weight of its fork; unsigned. */
    public static long forkWeight(long solutionRange) {
        return ~solutionRange;
    }

    private static BigInteger unsigned(long value) {
        return new BigInteger(Long.toUnsignedString(value));
    }

    private static BigInteger saturate(BigInteger value) {
        return value.min(U128_MAX);
    }
}
