package network.autonomys.farmer.core.sector;

import java.util.Arrays;
import network.autonomys.farmer.core.hash.Blake3;

/**
 * Which s-buckets of which record are stored encoded (sectors-farms §2): one bitfield of 65 536 bits per record. What a record stores
 * unencoded follows: its first clear bits, until it has 32 768 chunks.
 */
public final class ContentsMap {
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
            encoded[record] = count(own, SectorLayout.BITFIELD * record, SectorLayout.BITFIELD);
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

    /** How many of the records before this one store a chunk of an s-bucket: the rank of this record's chunk in it. */
    public int rank(int record, int sBucket) {
        int rank = 0;
        for (int before = 0; before < record; before++) {
            rank += isPresent(before, sBucket) ? 1 : 0;
        }
        return rank;
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

    /** Chunks in each s-bucket, u16 each. */
    public short[] sBucketSizes() {
        short[] sizes = new short[SectorLayout.S_BUCKETS];
        for (int record = 0; record < layout.pieces(); record++) {
            for (int s = 0; s < sizes.length; s++) {
                if (isPresent(record, s)) {
                    sizes[s]++;
                }
            }
        }
        return sizes;
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

    private static int count(byte[] bytes, int offset, int length) {
        int bits = 0;
        for (int i = offset; i < offset + length; i++) {
            bits += Integer.bitCount(bytes[i] & 0xff);
        }
        return bits;
    }
}
