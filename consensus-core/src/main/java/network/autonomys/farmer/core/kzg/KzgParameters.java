package network.autonomys.farmer.core.kzg;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import network.autonomys.farmer.core.types.Bytes;

/**
 * KZG parameters: the powers of a secret that nobody may know, [τ^i]g1 for i below 32 768 and [τ^i]g2 for i below 65 (primitives §5.3).
 * Immutable; the points lie decompressed off the heap (3 MiB).
 *
 * <p>The file of a set is its compressed points one after the other, those of G1 first. The network's is {@link #NETWORK_DIGEST}; the dev chain's
 * ({@link DevSecret}) is openly insecure.
 */
public final class KzgParameters {
    /** Points of G1: the most coefficients that a polynomial may have. */
    public static final int G1_POINTS = 32_768;

    /** Points of G2. */
    public static final int G2_POINTS = 65;

    /** Length of the file in bytes. */
    public static final int FILE_BYTES = G1_POINTS * Blst.G1_COMPRESSED + G2_POINTS * Blst.G2_COMPRESSED;

    /** Length of the {@link #ordinates}. */
    public static final int ORDINATE_BYTES = G1_POINTS * Blst.G1_COMPRESSED;

    private static final MemorySegment NO_ORDINATES = MemorySegment.ofArray(new byte[0]);

    /** Bits of a compressed point's first byte that belong to its x; the others are flags. */
    private static final int ABSCISSA = 0x1f;

    /** SHA-256 of the network's file. */
    public static final Bytes NETWORK_DIGEST =
            Bytes.fromHex("f3ead1a6249527aa503d6c56578325c01d19b3365cc59905be2bba64ae322925");

    /** The first 16 bytes of every set: the generator of G1. */
    private static final long START_HIGH = 0x97f1d3a73197d794L;

    private static final long START_LOW = 0x2695638c4fa9ac0fL;
    private static final ValueLayout.OfLong BE64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final Bytes digest;
    private final MemorySegment g1;
    private final MemorySegment g2;

    private KzgParameters(Bytes digest, MemorySegment g1, MemorySegment g2) {
        this.digest = digest;
        this.g1 = g1.asReadOnly();
        this.g2 = g2.asReadOnly();
    }

    /**
     * Reads the network's parameters. This takes about half a second.
     *
     * @param file its 1 579 104 bytes
     * @throws IllegalArgumentException where the length or the digest is another
     */
    public static KzgParameters network(MemorySegment file) {
        return network(file, NO_ORDINATES);
    }

    /**
     * The same with the {@link #ordinates} of an earlier reading, which saves most of the time.
     *
     * @param ordinates as for {@link #parse(MemorySegment, MemorySegment)}
     * @throws IllegalArgumentException where the file's length or digest is another
     */
    public static KzgParameters network(MemorySegment file, MemorySegment ordinates) {
        checkLength(file);
        Bytes digest = digest(file);
        if (!digest.equals(NETWORK_DIGEST)) {
            throw new IllegalArgumentException(
                    "not the network's KZG parameters: SHA-256 is " + digest + ", not " + NETWORK_DIGEST);
        }
        return parse(file, ordinates);
    }

    /**
     * Reads any set of parameters: lengths, the encoding of each point, and that the set begins with the generators. Whether it is one to trust
     * is for the caller to say, by its {@link #digest()}.
     *
     * @throws IllegalArgumentException where the file is no set of parameters
     */
    public static KzgParameters parse(MemorySegment file) {
        return parse(file, NO_ORDINATES);
    }

    /**
     * The same with the {@link #ordinates} of an earlier reading. A point is taken with its ordinate only where that is on the curve and of the
     * sign that the file names, so there is nothing to be gained by false ones: they are computed as if they were not there.
     *
     * @param ordinates {@link #ORDINATE_BYTES} bytes; anything of another length is as good as none
     * @throws IllegalArgumentException where the file is no set of parameters
     */
    public static KzgParameters parse(MemorySegment file, MemorySegment ordinates) {
        checkLength(file);
        try (Arena work = Arena.ofConfined()) {
            MemorySegment copy = work.allocate(FILE_BYTES, Blst.ALIGN).copyFrom(file);
            MemorySegment g1 = work.allocate((long) Blst.P1_AFFINE * G1_POINTS, Blst.ALIGN);
            MemorySegment g2 = work.allocate((long) Blst.P2_AFFINE * G2_POINTS, Blst.ALIGN);
            for (int i = 0; i < G2_POINTS; i++) {
                readG2(copy, g2, i);
            }
            MemorySegment both = work.allocate(Blst.P1_AFFINE, Blst.ALIGN);
            MemorySegment again = work.allocate(Blst.G1_COMPRESSED, Blst.ALIGN);
            boolean known = ordinates.byteSize() == ORDINATE_BYTES;
            for (int i = 0; i < G1_POINTS; i++) {
                if (!known || !readKnownG1(copy, ordinates, g1, i, both, again)) {
                    readG1(copy, g1, i);
                }
            }
            Arena kept = Arena.ofAuto();
            return new KzgParameters(
                    digest(file),
                    kept.allocate(g1.byteSize(), Blst.ALIGN).copyFrom(g1),
                    kept.allocate(g2.byteSize(), Blst.ALIGN).copyFrom(g2));
        }
    }

    /** Reads a point of which both coordinates are known; false where they are not those of the file's point. */
    private static boolean readKnownG1(
            MemorySegment file,
            MemorySegment ordinates,
            MemorySegment g1,
            int i,
            MemorySegment both,
            MemorySegment again) {
        MemorySegment point = g1.asSlice((long) Blst.P1_AFFINE * i, Blst.P1_AFFINE);
        long at = (long) Blst.G1_COMPRESSED * i;
        MemorySegment.copy(file, at, both, 0, Blst.G1_COMPRESSED);
        both.set(ValueLayout.JAVA_BYTE, 0, (byte) (both.get(ValueLayout.JAVA_BYTE, 0) & ABSCISSA));
        MemorySegment.copy(ordinates, at, both, Blst.G1_COMPRESSED, Blst.G1_COMPRESSED);
        if (!Blst.deserializeG1(point, both) || (i == 0 && point.mismatch(Blst.generatorG1()) != -1)) {
            return false;
        }
        Blst.compressAffineG1(again, point);
        return MemorySegment.mismatch(again, 0, Blst.G1_COMPRESSED, file, at, at + Blst.G1_COMPRESSED) == -1;
    }

    private static void readG1(MemorySegment file, MemorySegment g1, int i) {
        MemorySegment point = g1.asSlice((long) Blst.P1_AFFINE * i, Blst.P1_AFFINE);
        if (!Blst.uncompressG1(point, file.asSlice((long) Blst.G1_COMPRESSED * i, Blst.G1_COMPRESSED))
                || Blst.isAffineInfinityG1(point)
                || (i == 0 && point.mismatch(Blst.generatorG1()) != -1)) {
            throw new IllegalArgumentException("point " + i + " of G1 is invalid");
        }
    }

    private static void readG2(MemorySegment file, MemorySegment g2, int i) {
        MemorySegment point = g2.asSlice((long) Blst.P2_AFFINE * i, Blst.P2_AFFINE);
        long at = (long) Blst.G1_COMPRESSED * G1_POINTS + (long) Blst.G2_COMPRESSED * i;
        if (!Blst.uncompressG2(point, file.asSlice(at, Blst.G2_COMPRESSED))
                || !Blst.inG2(point)
                || (i == 0 && point.mismatch(Blst.generatorG2()) != -1)) {
            throw new IllegalArgumentException("point " + i + " of G2 is invalid");
        }
    }

    private static void checkLength(MemorySegment file) {
        if (file.byteSize() != FILE_BYTES) {
            throw new IllegalArgumentException("KZG parameters have " + FILE_BYTES + " bytes, not " + file.byteSize());
        }
    }

    /** SHA-256 of a set's file. */
    public static Bytes digest(MemorySegment file) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(file.asByteBuffer());
            return Bytes.of(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /**
     * Finds the network's file inside another one, such as the program of a node that embeds it.
     *
     * @return the offset of its first byte
     */
    public static OptionalLong locateNetworkFile(MemorySegment file) {
        for (long at = 0; at <= file.byteSize() - FILE_BYTES; at++) {
            if (file.get(BE64, at) == START_HIGH
                    && file.get(BE64, at + 8) == START_LOW
                    && digest(file.asSlice(at, FILE_BYTES)).equals(NETWORK_DIGEST)) {
                return OptionalLong.of(at);
            }
        }
        return OptionalLong.empty();
    }

    /**
     * True where the points are powers of one secret, up to a chance of one in 2^127 for an adversary who does not know the randomness. This
     * takes several seconds: it is for a file's import, not for each start.
     */
    public boolean isConsistent(RandomGenerator random) {
        try (Arena arena = Arena.ofConfined()) {
            for (int i = 0; i < G1_POINTS; i++) {
                if (!Blst.inG1(point(i))) {
                    return false;
                }
            }
            int n = G1_POINTS - 1;
            MemorySegment scalars = arena.allocate((long) Blst.SCALAR * n, Blst.ALIGN);
            for (int i = 0; i < n; i++) {
                scalars.set(ValueLayout.JAVA_LONG, (long) Blst.SCALAR * i, random.nextLong());
                scalars.set(ValueLayout.JAVA_LONG, (long) Blst.SCALAR * i + 8, random.nextLong());
            }
            MemorySegment lower = combination(arena, g1, n, scalars, false);
            MemorySegment upper = combination(arena, g1.asSlice(Blst.P1_AFFINE), n, scalars, true);
            boolean consistent = Blst.pairingProductIsOne(lower, g2Point(1), upper, g2Point(0));
            // [τ^i]g2 against [τ^i]g1 for each of the few points of G2.
            MemorySegment negative = arena.allocate(Blst.P1, Blst.ALIGN);
            MemorySegment affine = arena.allocate(Blst.P1_AFFINE, Blst.ALIGN);
            for (int i = 0; i < G2_POINTS && consistent; i++) {
                Blst.fromAffineG1(negative, point(i));
                Blst.negateG1(negative);
                Blst.toAffineG1(affine, negative);
                consistent = Blst.pairingProductIsOne(point(0), g2Point(i), affine, g2Point(0));
            }
            return consistent;
        }
    }

    private static MemorySegment combination(
            Arena arena, MemorySegment points, int n, MemorySegment scalars, boolean negate) {
        MemorySegment sum = arena.allocate(Blst.P1, Blst.ALIGN);
        MemorySegment affine = arena.allocate(Blst.P1_AFFINE, Blst.ALIGN);
        Blst.pippenger(sum, points, n, scalars, 128, arena.allocate(Blst.pippengerScratch(n), Blst.ALIGN));
        if (negate) {
            Blst.negateG1(sum);
        }
        Blst.toAffineG1(affine, sum);
        return affine;
    }

    /** The y of each point of G1, 48 bytes each, the most significant first: what takes long to compute from the file. */
    public byte[] ordinates() {
        byte[] ordinates = new byte[ORDINATE_BYTES];
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment both = arena.allocate(Blst.P1_AFFINE, Blst.ALIGN);
            for (int i = 0; i < G1_POINTS; i++) {
                Blst.serializeAffineG1(both, point(i));
                MemorySegment.copy(
                        both,
                        ValueLayout.JAVA_BYTE,
                        Blst.G1_COMPRESSED,
                        ordinates,
                        Blst.G1_COMPRESSED * i,
                        Blst.G1_COMPRESSED);
            }
        }
        return ordinates;
    }

    /** SHA-256 of the set's file. */
    public Bytes digest() {
        return digest;
    }

    /** True for the network's own parameters. */
    public boolean isNetwork() {
        return digest.equals(NETWORK_DIGEST);
    }

    /**
     * The points of G1, read-only: 96 bytes each, x then y, each six 64-bit words in the machine's order, the least significant first, times
     * 2^384 modulo the base field's order.
     */
    public MemorySegment g1() {
        return g1;
    }

    /** [τ^i]g1, affine. */
    MemorySegment point(int i) {
        return g1.asSlice((long) Blst.P1_AFFINE * i, Blst.P1_AFFINE);
    }

    /** [τ^i]g2, affine. */
    MemorySegment g2Point(int i) {
        return g2.asSlice((long) Blst.P2_AFFINE * i, Blst.P2_AFFINE);
    }
}
