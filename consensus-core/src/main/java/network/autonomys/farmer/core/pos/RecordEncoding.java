package network.autonomys.farmer.core.pos;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import network.autonomys.farmer.core.engine.ProofTable;
import network.autonomys.farmer.core.engine.RecordEngine;

/** Which chunks of an extended record are stored, in which order and form (proof-of-space §3). */
public final class RecordEncoding {
    private static final int CHUNK = 32;
    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED;

    private RecordEncoding() {}

    /**
     * Encodes a record.
     *
     * @param source 32 768 chunks, those of even s-buckets
     * @param parity 32 768 chunks, those of odd s-buckets
     * @param hashes the hash of the proof of s at 32 s, for at least the first 32 768 s-buckets that have one
     * @param found 8192 bytes, the s-buckets that have a proof (at least the first 32 768 of them)
     * @param out 32 768 chunks: encoded ones, then, where there are fewer than 32 768 proofs, those of the lowest other s-buckets as they are
     * @param bitfield 8192 bytes, receives the s-buckets that are stored encoded
     * @return how many chunks are stored encoded
     */
    public static int encode(
            MemorySegment source,
            MemorySegment parity,
            MemorySegment hashes,
            MemorySegment found,
            MemorySegment out,
            MemorySegment bitfield) {
        int encoded = 0;
        bitfield.asSlice(0, ProofTable.BITFIELD_BYTES).fill((byte) 0);
        for (int s = 0; s < ProofTable.S_BUCKETS && encoded < RecordEngine.RECORD_CHUNKS; s++) {
            if (bit(found, s)) {
                MemorySegment chunks = (s & 1) == 0 ? source : parity;
                mask(chunks, (long) (s >> 1) * CHUNK, hashes, (long) s * CHUNK, out, (long) encoded * CHUNK);
                long at = s >> 3;
                int bits = bitfield.get(ValueLayout.JAVA_BYTE, at) | (1 << (s & 7));
                bitfield.set(ValueLayout.JAVA_BYTE, at, (byte) bits);
                encoded++;
            }
        }
        int stored = encoded;
        for (int s = 0; stored < RecordEngine.RECORD_CHUNKS; s++) {
            if (!bit(bitfield, s)) {
                MemorySegment chunks = (s & 1) == 0 ? source : parity;
                MemorySegment.copy(chunks, (long) (s >> 1) * CHUNK, out, (long) stored * CHUNK, CHUNK);
                stored++;
            }
        }
        return encoded;
    }

    private static void mask(
            MemorySegment chunks, long chunk, MemorySegment hashes, long hash, MemorySegment out, long target) {
        for (int i = 0; i < CHUNK; i += 8) {
            out.set(WORD, target + i, chunks.get(WORD, chunk + i) ^ hashes.get(WORD, hash + i));
        }
    }

    private static boolean bit(MemorySegment bits, int s) {
        return ((bits.get(ValueLayout.JAVA_BYTE, s >> 3) >> (s & 7)) & 1) != 0;
    }
}
