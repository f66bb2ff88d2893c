package network.autonomys.farmer.core.sector;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import network.autonomys.farmer.core.hash.Blake3;

/**
 * Which s-buckets of which record are stored encoded (sectors-farms §2): one bitfield of 65 536 bits per record. What a record stores
 * unencoded follows: its first clear bits, until it has 32 768 chunks.
 */
public final class ContentsMap {
    private static final int WORDS = SectorLayout.S_BUCKETS / Long.SIZE;
    private static final VarHandle LE64 = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final SectorLayout layout;
    private final byte[] bitfields;
    private final int[] encoded;
    /** Per record the s-bucket from which on clear bits are absent chunks. */
    private final int[] unencodedEnd;

    private ContentsMap(SectorLayout layout, byte[] bitfields, int[] encoded) {
        this.layout = layout;
        this.bitfields = bitfields;
        this.encoded = encoded;
        this.unencodedEnd = new int[layout.pieces()];
        for (int record = 0; record < layout.pieces(); record++) {
            unencodedEnd[record] = unencodedEnd(record);
        }
    }

    /**
     * Takes the bitfields of a sector.
     *
     * @param bitfields 8192 bytes per record, at least so many; copied
     * @throws SectorException where a record has more than 32 768 bits set
     */
    public static ContentsMap of(SectorLayout layout, byte[] bitfields) throws SectorException {
        byte[] own = Arrays.copyOf(bitfields, SectorLayout.BITFIELD * layout.pieces());
        int[] encoded = new int[layout.pieces()];
        for (int record = 0; record < encoded.length; record++) {
            encoded[record] = count(own, record);
            if (encoded[record] > SectorLayout.RECORD_CHUNKS) {
                throw new SectorException(
                        SectorException.Kind.TOO_MANY_ENCODED,
                        "record " + record + " is said to store " + encoded[record] + " encoded chunks");
            }
        }
        return new ContentsMap(layout, own, encoded);
    }

    /**
     * Reads the contents map as a sector holds it, bitfields and hash, and checks it.
     *
     * @throws SectorException for a wrong length, a wrong hash or too many bits, found in this order
     */
    public static ContentsMap decode(SectorLayout layout, byte[] bytes) throws SectorException {
        if (bytes.length != layout.contentsMapBytes()) {
            throw new SectorException(
                    SectorException.Kind.CONTENTS_MAP_LENGTH,
                    "a contents map of " + layout.contentsMapBytes() + " bytes has " + bytes.length);
        }
        int body = bytes.length - SectorLayout.HASH;
        byte[] hash = new byte[SectorLayout.HASH];
        Blake3.hash(bytes, 0, body, hash, 0);
        if (!Arrays.equals(hash, 0, hash.length, bytes, body, bytes.length)) {
            throw new SectorException(
                    SectorException.Kind.CONTENTS_MAP_HASH, "the hash of the contents map does not match");
        }
        return of(layout, bytes);
    }

    /** The bytes as a sector holds them. */
    public byte[] encode() {
        byte[] bytes = Arrays.copyOf(bitfields, layout.contentsMapBytes());
        Blake3.hash(bitfields, 0, bitfields.length, bytes, bitfields.length);
        return bytes;
    }

    /** Chunks that a record stores encoded, 0 to 32 768. */
    public int encodedChunks(int record) {
        return encoded[record];
    }

    /** Whether a record stores the chunk of an s-bucket encoded. */
    public boolean isEncoded(int record, int sBucket) {
        return (bitfields[SectorLayout.BITFIELD * record + (sBucket >> 3)] >> (sBucket & 7) & 1) != 0;
    }

    /** Whether a record stores the chunk of an s-bucket, encoded or not. */
    public boolean isPresent(int record, int sBucket) {
        return isEncoded(record, sBucket) || sBucket < unencodedEnd[record];
    }

    /**
     * For each s-bucket the number of records before this one that store a chunk of it: the rank of this record's chunk there.
     *
     * @param record 0 to the number of records; with the latter the result is the sizes of all s-buckets
     */
    public int[] ranks(int record) {
        // Counters of 64 s-buckets lie side by side, bit p of each in one word of plane p, so that a word of a bitfield
        // is added at once.
        long[][] planes = new long[Integer.SIZE - Integer.numberOfLeadingZeros(record)][WORDS];
        for (int before = 0; before < record; before++) {
            for (int word = 0; word < WORDS; word++) {
                long carry = presentWord(before, word);
                for (int p = 0; carry != 0; p++) {
                    long sum = planes[p][word] ^ carry;
                    carry &= planes[p][word];
                    planes[p][word] = sum;
                }
            }
        }
        int[] ranks = new int[SectorLayout.S_BUCKETS];
        for (int p = 0; p < planes.length; p++) {
            for (int s = 0; s < ranks.length; s++) {
                ranks[s] |= (int) (planes[p][s >> 6] >>> s & 1) << p;
            }
        }
        return ranks;
    }

    /**
     * The record whose chunk has a rank in an s-bucket.
     *
     * @return -1 where the s-bucket has fewer chunks
     */
    public int recordAt(int sBucket, int rank) {
        int seen = 0;
        for (int record = 0; record < layout.pieces(); record++) {
            if (isPresent(record, sBucket) && seen++ == rank) {
                return record;
            }
        }
        return -1;
    }

    private long presentWord(int record, int word) {
        long encodedWord = (long) LE64.get(bitfields, SectorLayout.BITFIELD * record + Long.BYTES * word);
        int below = unencodedEnd[record] - Long.SIZE * word;
        if (below <= 0) {
            return encodedWord;
        }
        return below >= Long.SIZE ? -1 : encodedWord | ((1L << below) - 1);
    }

    private int unencodedEnd(int record) {
        int left = SectorLayout.RECORD_CHUNKS - encoded[record];
        int s = 0;
        while (left > 0) {
            left -= isEncoded(record, s) ? 0 : 1;
            s++;
        }
        return s;
    }

    private static int count(byte[] bitfields, int record) {
        int bits = 0;
        for (int word = 0; word < WORDS; word++) {
            bits += Long.bitCount((long) LE64.get(bitfields, SectorLayout.BITFIELD * record + Long.BYTES * word));
        }
        return bits;
    }
}
