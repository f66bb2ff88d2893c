package network.autonomys.farmer.core.pos;

/** Entries of table 7 that belong to s-buckets, in order of emission: 65 000 on average. */
final class LastEntries {
    static final int CAPACITY = 1 << 17;

    final int[] y = new int[CAPACITY];
    /** y of the left parents. */
    final int[] leftY = new int[CAPACITY];
    /** The numbers of both parents of each. */
    final int[] parents = new int[2 * CAPACITY];

    private final int[] chosen = new int[StagedPairs.ROOM];
    private int count;

    int count() {
        return count;
    }

    void clear() {
        count = 0;
    }

    /**
     * Adds what the first n staged pairs give.
     *
     * @param ys y of each
     * @throws CapacityExceededException where there is no room
     */
    void add(StagedPairs pairs, int[] ys, int n) {
        int found = choose(ys, n, chosen);
        checkRoom(found);
        for (int k = 0; k < found; k++, count++) {
            int i = chosen[k];
            y[count] = ys[i];
            leftY[count] = pairs.bases[i] + (pairs.left[4 * i + 1] >>> 16);
            parents[2 * count] = pairs.left[4 * i];
            parents[2 * count + 1] = pairs.right[4 * i];
        }
    }

    private static int choose(int[] ys, int n, int[] chosen) {
        int found = 0;
        for (int i = 0; i < n; i++) {
            // Written always and counted where wanted: one in sixteen is, at random.
            chosen[found] = i;
            found += PosParameters.hasSBucket(ys[i]) ? 1 : 0;
        }
        return found;
    }

    /**
     * Adds those of another part, which were emitted after these.
     *
     * @throws CapacityExceededException where there is no room
     */
    void append(LastEntries other) {
        checkRoom(other.count);
        System.arraycopy(other.y, 0, y, count, other.count);
        System.arraycopy(other.leftY, 0, leftY, count, other.count);
        System.arraycopy(other.parents, 0, parents, 2 * count, 2 * other.count);
        count += other.count;
    }

    private void checkRoom(int more) {
        if (count + more > CAPACITY) {
            throw new CapacityExceededException("more than " + CAPACITY + " entries of table 7");
        }
    }
}
