package network.autonomys.farmer.core.kzg;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import network.autonomys.farmer.core.field.Fr;
import network.autonomys.farmer.core.types.Bytes;

/** Points of G1 as the protocol writes them: 48 bytes in the compressed form of ZCash (primitives §5.2). */
public final class G1 {
    /** Length of a compressed point in bytes. */
    public static final int BYTES = Blst.G1_COMPRESSED;

    /** The point at infinity: the commitment to the polynomial 0. */
    public static final Bytes INFINITY = Bytes.fromHex("c0" + "00".repeat(BYTES - 1));

    private static final ValueLayout.OfLong LE64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong BE64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private G1() {}

    /**
     * True where the bytes are a point as the protocol accepts it: on the curve, compressed, in range, x not 0, infinity in its one form. Like
     * the protocol this does not ask whether it is in the subgroup of order r.
     */
    public static boolean isPoint(Bytes bytes) {
        try (Arena arena = Arena.ofConfined()) {
            return bytes.length() == BYTES && read(bytes, arena.allocate(Blst.P1_AFFINE, Blst.ALIGN), arena);
        }
    }

    /** True where the bytes are a point of the subgroup of order r; every commitment is. */
    public static boolean isInSubgroup(Bytes bytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment affine = arena.allocate(Blst.P1_AFFINE, Blst.ALIGN);
            return bytes.length() == BYTES && read(bytes, affine, arena) && Blst.inG1(affine);
        }
    }

    /** Decompresses 48 bytes; false where they are no point. */
    static boolean read(Bytes bytes, MemorySegment affine, SegmentAllocator allocator) {
        return bytes.length() == BYTES
                && Blst.uncompressG1(affine, allocator.allocateFrom(ValueLayout.JAVA_BYTE, bytes.toArray()));
    }

    /** Compresses a Jacobian point. */
    static Bytes write(MemorySegment p1, SegmentAllocator allocator) {
        MemorySegment compressed = allocator.allocate(BYTES);
        Blst.compressG1(compressed, p1);
        return Bytes.of(compressed.toArray(ValueLayout.JAVA_BYTE));
    }

    /** Turns 32 big-endian bytes into the little-endian ones of the library. */
    static void scalar(MemorySegment bigEndian, long from, MemorySegment littleEndian, long to) {
        for (int i = 0; i < Fr.WORDS; i++) {
            littleEndian.set(LE64, to + 8L * i, bigEndian.get(BE64, from + 24 - 8L * i));
        }
    }

    /** The little-endian bytes of an element in the form of {@link Fr}. */
    static void scalar(long[] element, MemorySegment littleEndian, long to) {
        long[] plain = new long[Fr.WORDS];
        Fr.fromMontgomery(element, 0, plain, 0);
        MemorySegment.copy(plain, 0, littleEndian, LE64, to, Fr.WORDS);
    }
}
