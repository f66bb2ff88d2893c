package network.autonomys.farmer.core.field;

/**
 * Values of polynomials at roots of unity from those at others: for n known roots of a domain, the value of a polynomial with at most n
 * coefficients at any further root is a weighted sum of the known values, and the weights are the same for all polynomials.
 */
public final class Interpolation {
    private final long[] roots;
    private final int[] known;
    /** For each known root the product of its differences from the others. */
    private final long[] denominators;

    /**
     * For a set of known roots.
     *
     * @param domain size of the domain, a power of two
     * @param known numbers of at least one root, all different
     * @throws IllegalArgumentException where a number is no root's or stands there twice
     */
    public Interpolation(int domain, int[] known) {
        if (Integer.bitCount(domain) != 1 || known.length == 0) {
            throw new IllegalArgumentException(known.length + " known values in a domain of " + domain);
        }
        this.known = known.clone();
        roots = new long[Fr.WORDS * domain];
        long[] root = Fr.rootOfUnity(Integer.numberOfTrailingZeros(domain));
        System.arraycopy(Fr.element(1), 0, roots, 0, Fr.WORDS);
        for (int i = 1; i < domain; i++) {
            Fr.mul(roots, Fr.WORDS * (i - 1), root, 0, roots, Fr.WORDS * i);
        }
        denominators = new long[Fr.WORDS * known.length];
        boolean[] seen = new boolean[domain];
        for (int k = 0; k < known.length; k++) {
            if (known[k] < 0 || known[k] >= domain || seen[known[k]]) {
                throw new IllegalArgumentException("root " + known[k] + " stands twice or is not in the domain");
            }
            seen[known[k]] = true;
            product(known[k], denominators, Fr.WORDS * k);
        }
    }

    /** The product of the differences of a root from all known ones but itself. */
    private void product(int root, long[] product, int at) {
        long[] difference = new long[Fr.WORDS];
        System.arraycopy(Fr.element(1), 0, product, at, Fr.WORDS);
        for (int other : known) {
            if (other != root) {
                Fr.sub(roots, Fr.WORDS * root, roots, Fr.WORDS * other, difference, 0);
                Fr.mul(product, at, difference, 0, product, at);
            }
        }
    }

    /**
     * The weights of the known values in the value at a root.
     *
     * @param target number of a root that is not known
     * @return one element for each known root, in the form of {@link Fr}
     * @throws IllegalArgumentException where the root is known or not in the domain
     */
    public long[] weights(int target) {
        if (target < 0 || target >= roots.length / Fr.WORDS) {
            throw new IllegalArgumentException("no root " + target);
        }
        long[] weights = new long[Fr.WORDS * known.length];
        for (int k = 0; k < known.length; k++) {
            if (known[k] == target) {
                throw new IllegalArgumentException("root " + target + " is known");
            }
            Fr.sub(roots, Fr.WORDS * target, roots, Fr.WORDS * known[k], weights, Fr.WORDS * k);
            Fr.mul(weights, Fr.WORDS * k, denominators, Fr.WORDS * k, weights, Fr.WORDS * k);
        }
        Fr.inverseAll(weights, 0, known.length);
        long[] product = new long[Fr.WORDS];
        product(target, product, 0);
        for (int k = 0; k < known.length; k++) {
            Fr.mul(weights, Fr.WORDS * k, product, 0, weights, Fr.WORDS * k);
        }
        return weights;
    }
}
