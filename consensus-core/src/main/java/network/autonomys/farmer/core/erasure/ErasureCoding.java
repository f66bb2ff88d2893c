package network.autonomys.farmer.core.erasure;

import java.lang.foreign.MemorySegment;
import java.util.List;
import network.autonomys.farmer.core.engine.FieldEngine;
import network.autonomys.farmer.core.engine.FieldEngine.Recovered;
import network.autonomys.farmer.core.kzg.CommitmentExtension;
import network.autonomys.farmer.core.types.Bytes;

/**
 * Reed-Solomon coding at rate one half (primitives §6): n source scalars, the values of a polynomial at the n-th roots of unity, are joined by n
 * parity scalars, its values at the odd roots of order 2n. The code word interleaves them: source 0, parity 0, source 1, parity 1, ….
 *
 * <p>Scalars are 32 bytes, big-endian, below the modulus. Every method throws {@link IllegalArgumentException} for sizes out of range, buffers that
 * are too short and inputs that are no scalars. May be used by several threads at once.
 */
public final class ErasureCoding {
    /** Most shards of a code word. */
    public static final int MAX_SHARDS = FieldEngine.MAX_POINTS;

    private final FieldEngine field;

    /** Coding by an engine. */
    public ErasureCoding(FieldEngine field) {
        this.field = field;
    }

    /**
     * The parity of one code word.
     *
     * @param n a power of two from 1 to 32 768
     * @param source 32 n bytes
     * @param parity 32 n bytes, receives the parity
     */
    public void extend(int n, MemorySegment source, MemorySegment parity) {
        field.extend(n, 1, source, parity);
    }

    /**
     * The parity of many code words that stand in columns: row i holds source scalar i of each ({@link FieldEngine#extendColumns}).
     *
     * @param n number of rows, a power of two from 1 to 256
     */
    public void extendColumns(
            int n, int columns, MemorySegment source, long sourceStride, MemorySegment parity, long parityStride) {
        field.extendColumns(n, columns, source, sourceStride, parity, parityStride);
    }

    /**
     * All shards of a code word from at least half of them.
     *
     * @param points number of shards, a power of two from 2 to 65 536
     * @param present points bits, bit i being byte i / 8, bit i % 8
     * @param shards 32 · points bytes, anything where absent
     * @param out 32 · points bytes, receives all shards
     */
    public void recover(int points, MemorySegment present, MemorySegment shards, MemorySegment out) {
        field.recover(points, present, shards, Recovered.SHARDS, out);
    }

    /** The source of a code word, 16 · points bytes; otherwise as {@link #recover}. */
    public void recoverSource(int points, MemorySegment present, MemorySegment shards, MemorySegment source) {
        field.recover(points, present, shards, Recovered.SOURCE, source);
    }

    /** The coefficients of a code word's polynomial, lowest first, 16 · points bytes; otherwise as {@link #recover}. */
    public void recoverPolynomial(int points, MemorySegment present, MemorySegment shards, MemorySegment coefficients) {
        field.recover(points, present, shards, Recovered.COEFFICIENTS, coefficients);
    }

    /** Writes the absent rows of code words that stand in columns ({@link FieldEngine#recoverColumns}). */
    public void recoverColumns(int points, MemorySegment present, int columns, MemorySegment rows, long stride) {
        field.recoverColumns(points, present, columns, rows, stride);
    }

    /**
     * Commitments to the parity records from those to the source records (primitives §6.3).
     *
     * @param source a power of two from 1 to 32 768 of compressed points of 48 bytes
     * @return twice as many: each source commitment followed by its parity's
     * @throws IllegalArgumentException where the number is no such power or one of them is no point
     */
    public List<Bytes> extendCommitments(List<Bytes> source) {
        return CommitmentExtension.extend(source);
    }
}
