package network.autonomys.farmer.core.engine;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Work on polynomials over the scalar field of BLS12-381, in batches (primitives §5.1, §6).
 *
 * <p>A scalar is 32 bytes, big-endian, below the field's modulus. The values of a polynomial at the n-th roots of unity stand in natural
 * order: value i belongs to w_n^i. A code word of 2n shards interleaves source and parity: shard 2i is source i, shard 2i + 1 parity i.
 *
 * <p>An engine may be called from several threads at once; each call runs on the thread that makes it, and on helpers that the engine was
 * given. Buffers may be on or off the heap.
 * A buffer that is too short gives {@link IllegalArgumentException}, and so does a size that is no power of two in the range named. An input
 * of 32 bytes that is not below the modulus gives {@link IllegalArgumentException}; outputs are then undefined.
 */
public interface FieldEngine {
    /** Largest number of values of one polynomial, and of shards of one code word. */
    int MAX_POINTS = 65_536;

    /** What {@link #recover} is to produce. */
    enum Recovered {
        /** All shards: 32 · points bytes. */
        SHARDS,
        /** The source scalars, the shards with even numbers: 16 · points bytes. */
        SOURCE,
        /** The polynomial's coefficients, lowest first, points / 2 of them: 16 · points bytes. */
        COEFFICIENTS
    }

    /**
     * Extends code words: from the n values at w_n^i to those at w_2n^(2i+1) (primitives §6.1).
     *
     * @param n values per polynomial, a power of two from 1 to 32 768
     * @param count number of polynomials, one after the other in both buffers
     * @param source 32 · n · count bytes
     * @param parity 32 · n · count bytes, must not overlap the source
     */
    void extend(int n, int count, MemorySegment source, MemorySegment parity);

    /**
     * Extends across rows: column k of the source rows is one polynomial, and column k of the parity rows its parity. This is the erasure
     * coding of a segment, whose rows are records (primitives §7.4).
     *
     * @param n number of source rows, a power of two from 1 to 256
     * @param columns scalars per row
     * @param source the scalar of row i and column k begins at i · sourceStride + 32 k
     * @param parity likewise; the rows of the two buffers may interleave
     */
    void extendColumns(
            int n, int columns, MemorySegment source, long sourceStride, MemorySegment parity, long parityStride);

    /**
     * Coefficients of polynomials from their values (inverse transform).
     *
     * @param n a power of two from 1 to 65 536
     * @param values 32 · n · count bytes
     * @param coefficients 32 · n · count bytes, lowest first; may be the buffer of the values itself
     */
    void interpolate(int n, int count, MemorySegment values, MemorySegment coefficients);

    /**
     * Values of polynomials from their coefficients.
     *
     * @param n a power of two from 1 to 65 536
     * @param coefficients 32 · n · count bytes, lowest first
     * @param values 32 · n · count bytes; may be the buffer of the coefficients itself
     */
    void evaluate(int n, int count, MemorySegment coefficients, MemorySegment values);

    /**
     * Recovers a code word of which at least half the shards are there (primitives §6.2). Where more than half are there, some that are not
     * needed may be left unread: whether they agree with the others is not checked.
     *
     * @param points shards of the code word, a power of two from 2 to 65 536
     * @param present points bits, bit i being byte i / 8, bit i % 8; at least one byte
     * @param shards 32 · points bytes; the content of absent shards is ignored
     * @param what what to write to {@code out}
     * @throws IllegalArgumentException also where more than half the shards are absent
     */
    void recover(int points, MemorySegment present, MemorySegment shards, Recovered what, MemorySegment out);

    /**
     * Prepares {@link #recover}, while the shards are still on their way: most of it depends only on which are there. The caller closes what it gets.
     *
     * @param points as there
     * @param present as there; not looked at afterwards
     * @throws IllegalArgumentException also where more than half the shards are absent
     */
    default Recovery prepareRecovery(int points, MemorySegment present) {
        return new LaterRecovery(this, points, present);
    }

    /** Does once, on the calling thread alone, what would make the first recovery of a record some tenths of a second longer. */
    default void prepareRecoveries() {}

    /** A code word of which it is known what shards are there. For one thread. */
    interface Recovery extends AutoCloseable {
        /**
         * Recovers the code word, once.
         *
         * @param shards as in {@link FieldEngine#recover}
         * @throws IllegalArgumentException as there
         * @throws IllegalStateException where it has been recovered already
         */
        void recover(MemorySegment shards, Recovered what, MemorySegment out);

        @Override
        void close();
    }

    /**
     * Recovers the absent rows of many code words that lack the same shards: column k of the rows is one code word (primitives §7.9).
     *
     * @param points number of rows, a power of two from 2 to 512
     * @param present points bits as in {@link #recover}
     * @param columns scalars per row
     * @param rows the scalar of row i and column k begins at i · stride + 32 k; absent rows are written
     * @throws IllegalArgumentException also where more than half the rows are absent
     */
    void recoverColumns(int points, MemorySegment present, int columns, MemorySegment rows, long stride);

    /**
     * A linear combination of rows of scalars.
     *
     * @param n scalars per row, at least 1
     * @param rows 32 · n bytes each
     * @param weights one scalar per row, 32 bytes each
     * @param out 32 · n bytes: the sum of weight · row
     */
    void combine(int n, List<MemorySegment> rows, MemorySegment weights, MemorySegment out);
}
