package network.autonomys.farmer.protocol;

/**
 * Weighted rendezvous hashing (cluster-and-cli §3.7): every process computes the same score for a member and a piece, and the
 * highest scores own the piece. A member that joins or leaves moves only its own share.
 *
 * <p>Score = weight / −ln(u), where u is the hash of member and piece as a number in (0, 1). Then the chance to be first is in
 * proportion to the weight. {@link StrictMath} makes the result the same on every machine.
 */
public final class Rendezvous {
    private Rendezvous() {}

    /**
     * The score of a member for a piece.
     *
     * @param weight above 0
     * @param key what is placed, e.g. a piece index
     */
    public static double score(InstanceId member, double weight, long key) {
        long hash = hash(member, key);
        double u = ((hash >>> 11) + 0.5) * 0x1p-53;
        return weight / -StrictMath.log(u);
    }

    /** 64 well-mixed bits of a member and a key. */
    static long hash(InstanceId member, long key) {
        return mix(mix(mix(member.high() + 0x9e3779b97f4a7c15L) ^ member.low()) + mix(key ^ 0xd1b54a32d192ed03L));
    }

    /** The finalizer of SplitMix64: a bijection in which each input bit changes each output bit with probability one half. */
    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
        return b ^ (b >>> 31);
    }
}
