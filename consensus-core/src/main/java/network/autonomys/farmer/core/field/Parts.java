package network.autonomys.farmer.core.field;

/**
 * One of the parts into which a range is divided for several threads.
 *
 * @param from the first of it
 * @param to behind the last
 */
record Parts(int from, int to) {
    /** As many threads work on one recovery. */
    static final int MOST = 2;

    /** Part {@code part} of {@code parts} of a range, in whole units from its beginning; the range's length is a multiple of them. */
    static Parts of(int from, int to, int unit, int part, int parts) {
        int units = (to - from) / unit;
        return new Parts(from + units * part / parts * unit, from + units * (part + 1) / parts * unit);
    }
}
