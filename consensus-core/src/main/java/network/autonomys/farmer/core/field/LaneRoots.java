package network.autonomys.farmer.core.field;

/** Broadcast tables for transforms in the lanes up to one size, in both directions. */
final class LaneRoots {
    /** Order of the roots: 2^logOrder. */
    final int logOrder;
    /** Powers of the root and of its inverse, in natural order; half as many as the order. */
    final long[] forward;

    final long[] inverse;
    /** The same in reversed order. */
    final long[] forwardReversed;

    final long[] inverseReversed;

    LaneRoots(int logOrder) {
        this.logOrder = logOrder;
        int count = Math.max(1, 1 << (logOrder - 1));
        long[] root = Fr.rootOfUnity(logOrder);
        forward = Tables.powers(root, count);
        inverse = Tables.powers(Tables.inverse(root), count);
        forwardReversed = Tables.reversed(forward, Tables.log(count));
        inverseReversed = Tables.reversed(inverse, Tables.log(count));
    }
}
