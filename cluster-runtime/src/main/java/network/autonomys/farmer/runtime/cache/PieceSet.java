package network.autonomys.farmer.runtime.cache;

import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * A set of piece indexes, kept as one 256-bit bitmap per segment. Safe for use by several threads.
 *
 * <p>One segment costs 32 bytes; a history of 10 000 segments (2.5 TB of pieces) fits 320 KB.
 */
public final class PieceSet {
    /** Pieces of one archived segment. */
    public static final int PIECES_PER_SEGMENT = 256;

    /** Bytes of one segment's bitmap. */
    public static final int BITMAP_SIZE = PIECES_PER_SEGMENT / 8;

    /** Segments that a set can hold: bounds what a wrong index or a hostile answer makes us allocate (128 MiB). */
    public static final long MAX_SEGMENTS = 1L << 22;

    private static final int WORDS = PIECES_PER_SEGMENT / Long.SIZE;

    private long[] words = new long[16 * WORDS];
    private long size;

    /**
     * Adds a piece.
     *
     * @return true if it was not there before
     * @throws IllegalArgumentException for an index outside {@code 0 … MAX_SEGMENTS * 256 - 1}
     */
    public synchronized boolean add(long piece) {
        int word = word(piece);
        if (word >= words.length) {
            words = Arrays.copyOf(words, Math.max(word + 1, words.length * 2));
        }
        long bit = 1L << piece;
        if ((words[word] & bit) != 0) {
            return false;
        }
        words[word] |= bit;
        size++;
        return true;
    }

    /** Removes a piece; true if it was there. */
    public synchronized boolean remove(long piece) {
        if (!contains(piece)) {
            return false;
        }
        words[word(piece)] &= ~(1L << piece);
        size--;
        return true;
    }

    /** Whether the piece is in the set; false for an index that no set can hold. */
    public synchronized boolean contains(long piece) {
        if (piece < 0 || piece >= MAX_SEGMENTS * PIECES_PER_SEGMENT) {
            return false;
        }
        int word = word(piece);
        return word < words.length && (words[word] & 1L << piece) != 0;
    }

    /** Number of pieces. */
    public synchronized long size() {
        return size;
    }

    /** Number of pieces of one segment, 0 … 256. */
    public synchronized int countInSegment(long segment) {
        int count = 0;
        for (int i = 0; i < WORDS; i++) {
            count += Long.bitCount(wordOrZero(segment * WORDS + i));
        }
        return count;
    }

    /** One past the highest segment of which a piece is held; 0 when empty. */
    public synchronized long segmentBound() {
        for (int i = words.length - 1; i >= 0; i--) {
            if (words[i] != 0) {
                return i / WORDS + 1L;
            }
        }
        return 0;
    }

    /** The pieces at one moment, ascending. */
    public synchronized long[] toArray() {
        return LongStream.range(0, words.length * (long) Long.SIZE)
                .filter(this::contains)
                .toArray();
    }

    /**
     * Bitmaps of consecutive segments, zeros for segments that no set can hold: bit {@code i % 8} of byte {@code 32 * (s - first) + i / 8} stands for piece i of segment s.
     *
     * @param first first segment
     * @param count number of segments, at least 0
     */
    public synchronized byte[] bitmaps(long first, int count) {
        byte[] out = new byte[Math.multiplyExact(count, BITMAP_SIZE)];
        if (first < 0 || first >= MAX_SEGMENTS) {
            return out;
        }
        for (int i = 0; i < count * WORDS; i++) {
            long word = wordOrZero(first * WORDS + i);
            for (int b = 0; b < Long.BYTES; b++) {
                out[i * Long.BYTES + b] = (byte) (word >>> (8 * b));
            }
        }
        return out;
    }

    /**
     * Replaces the content of consecutive segments.
     *
     * @param bitmaps as {@link #bitmaps} gives them
     * @throws IllegalArgumentException if the length is no multiple of 32 or the segments are out of range
     */
    public synchronized void setBitmaps(long first, byte[] bitmaps) {
        if (bitmaps.length % BITMAP_SIZE != 0) {
            throw new IllegalArgumentException("bitmaps of " + bitmaps.length + " bytes");
        }
        int segments = bitmaps.length / BITMAP_SIZE;
        if (first < 0 || first > MAX_SEGMENTS - segments) {
            throw new IllegalArgumentException("segments from " + Long.toUnsignedString(first) + " are out of range");
        }
        for (int i = 0; i < segments * PIECES_PER_SEGMENT; i++) {
            long piece = first * PIECES_PER_SEGMENT + i;
            if ((bitmaps[i / 8] >>> (i % 8) & 1) != 0) {
                add(piece);
            } else {
                remove(piece);
            }
        }
    }

    private long wordOrZero(long word) {
        return word >= 0 && word < words.length ? words[(int) word] : 0;
    }

    private static int word(long piece) {
        if (piece < 0 || piece >= MAX_SEGMENTS * PIECES_PER_SEGMENT) {
            throw new IllegalArgumentException("piece index " + Long.toUnsignedString(piece) + " is out of range");
        }
        return (int) (piece / Long.SIZE);
    }
}
