package network.autonomys.farmer.core.kzg;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Curve arithmetic of BLS12-381 by the C library blst, taken out of the jblst jar. Points are in the library's own form: coordinates of six
 * little-endian words in Montgomery form with R = 2^384; Jacobian points have three of them, affine ones two, all zeros being infinity. Scalars
 * are 32 bytes, little-endian. All segments are off the heap; calls are not critical, so that long ones do not hold off garbage collection.
 */
@SuppressWarnings("restricted")
final class Blst {
    static final int FP = 48;
    static final int P1 = 144;
    static final int P1_AFFINE = 96;
    static final int P2 = 288;
    static final int P2_AFFINE = 192;
    static final int FP12 = 576;
    static final int G1_COMPRESSED = 48;
    static final int G2_COMPRESSED = 96;
    static final int SCALAR = 32;
    /** Bits of a full scalar. */
    static final int SCALAR_BITS = 255;

    /** Alignment that is safe for the library's vector loads. */
    static final int ALIGN = 64;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup LIBRARY = load();

    private static final MethodHandle P1_UNCOMPRESS =
            handle("blst_p1_uncompress", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle P1_DESERIALIZE =
            handle("blst_p1_deserialize", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle P2_UNCOMPRESS =
            handle("blst_p2_uncompress", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle P1_COMPRESS = handle("blst_p1_compress", voids(2));
    private static final MethodHandle P1_AFFINE_COMPRESS = handle("blst_p1_affine_compress", voids(2));
    private static final MethodHandle P1_AFFINE_SERIALIZE = handle("blst_p1_affine_serialize", voids(2));
    private static final MethodHandle P2_COMPRESS = handle("blst_p2_compress", voids(2));
    private static final MethodHandle P1_FROM_AFFINE = handle("blst_p1_from_affine", voids(2));
    private static final MethodHandle P1_TO_AFFINE = handle("blst_p1_to_affine", voids(2));
    private static final MethodHandle P1_ADD = handle("blst_p1_add_or_double", voids(3));
    private static final MethodHandle P1_ADD_AFFINE = handle("blst_p1_add_or_double_affine", voids(3));
    private static final MethodHandle P1_DOUBLE = handle("blst_p1_double", voids(2));
    private static final MethodHandle P2_FROM_AFFINE = handle("blst_p2_from_affine", voids(2));
    private static final MethodHandle P1_MULT =
            handle("blst_p1_mult", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, ADDRESS, JAVA_LONG));
    private static final MethodHandle P2_MULT =
            handle("blst_p2_mult", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, ADDRESS, JAVA_LONG));
    private static final MethodHandle P1_NEGATE =
            handle("blst_p1_cneg", FunctionDescriptor.ofVoid(ADDRESS, JAVA_BOOLEAN));
    private static final MethodHandle P1_IS_INFINITY =
            handle("blst_p1_is_inf", FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS));
    private static final MethodHandle P1_AFFINE_IS_INFINITY =
            handle("blst_p1_affine_is_inf", FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS));
    private static final MethodHandle P1_AFFINE_IN_G1 =
            handle("blst_p1_affine_in_g1", FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS));
    private static final MethodHandle P2_AFFINE_IN_G2 =
            handle("blst_p2_affine_in_g2", FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS));
    private static final MethodHandle P1_EQUAL =
            handle("blst_p1_is_equal", FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS, ADDRESS));
    private static final MethodHandle P1S_TO_AFFINE =
            handle("blst_p1s_to_affine", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, JAVA_LONG));
    private static final MethodHandle PIPPENGER_SCRATCH =
            handle("blst_p1s_mult_pippenger_scratch_sizeof", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG));
    private static final MethodHandle PIPPENGER = handle(
            "blst_p1s_mult_pippenger",
            FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS));
    private static final MethodHandle G1_GENERATOR = handle("blst_p1_affine_generator", FunctionDescriptor.of(ADDRESS));
    private static final MethodHandle G2_GENERATOR = handle("blst_p2_affine_generator", FunctionDescriptor.of(ADDRESS));
    private static final MethodHandle MILLER_LOOP =
            handle("blst_miller_loop_n", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, ADDRESS, JAVA_LONG));
    private static final MethodHandle FINAL_EXPONENTIATION = handle("blst_final_exp", voids(2));
    private static final MethodHandle FP12_IS_ONE =
            handle("blst_fp12_is_one", FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS));

    private static final MethodHandle FP_MULTIPLY =
            LINKER.downcallHandle(LIBRARY.find("blst_fp_mul").orElseThrow(), voids(3), Linker.Option.critical(false));
    private static final MethodHandle FP_INVERSE = handle("blst_fp_eucl_inverse", voids(2));

    private Blst() {}

    private static FunctionDescriptor voids(int pointers) {
        MemoryLayout[] arguments = new MemoryLayout[pointers];
        java.util.Arrays.fill(arguments, ADDRESS);
        return FunctionDescriptor.ofVoid(arguments);
    }

    private static MethodHandle handle(String name, FunctionDescriptor type) {
        return LINKER.downcallHandle(
                LIBRARY.find(name).orElseThrow(() -> new UnsatisfiedLinkError("no " + name + " in libblst")), type);
    }

    /** Loads the library out of the jar by way of a private folder, which is gone again when this returns. */
    private static SymbolLookup load() {
        String resource = resource(System.getProperty("os.name"), System.getProperty("os.arch"));
        try (InputStream in = Blst.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new UnsatisfiedLinkError("no " + resource + " on the class path");
            }
            Path folder = Files.createTempDirectory("autonomys-blst");
            Path file = folder.resolve("libblst.so");
            try {
                Files.copy(in, file);
                return SymbolLookup.libraryLookup(file, Arena.global());
            } finally {
                Files.deleteIfExists(file);
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("libblst could not be unpacked", e);
        }
    }

    private static String resource(String system, String machine) {
        String folder = machine.equals("amd64") ? "amd64" : machine;
        return system.startsWith("Mac")
                ? "/supranational/blst/Mac/" + folder + "/libblst.dylib"
                : "/supranational/blst/Linux/" + folder + "/libblst.so";
    }

    private static IllegalStateException failed(Throwable cause) {
        return new IllegalStateException("a call of libblst failed", cause);
    }

    /** Reads 48 bytes; false where they are no point of the curve. Infinity is one; the subgroup is not checked. */
    static boolean uncompressG1(MemorySegment affine, MemorySegment compressed) {
        try {
            return (int) P1_UNCOMPRESS.invokeExact(affine, compressed) == 0;
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Reads both coordinates of a point, 96 bytes; false where they are no point of the curve. */
    static boolean deserializeG1(MemorySegment affine, MemorySegment serialized) {
        try {
            return (int) P1_DESERIALIZE.invokeExact(affine, serialized) == 0;
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Writes both coordinates of a point, 96 bytes. */
    static void serializeAffineG1(MemorySegment serialized, MemorySegment affine) {
        call(P1_AFFINE_SERIALIZE, serialized, affine);
    }

    /** Reads 96 bytes; false where they are no point of the twist. */
    static boolean uncompressG2(MemorySegment affine, MemorySegment compressed) {
        try {
            return (int) P2_UNCOMPRESS.invokeExact(affine, compressed) == 0;
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    private static void call(MethodHandle handle, MemorySegment out, MemorySegment in) {
        try {
            handle.invokeExact(out, in);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static void compressG1(MemorySegment compressed, MemorySegment p1) {
        try {
            P1_COMPRESS.invokeExact(compressed, p1);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static void compressAffineG1(MemorySegment compressed, MemorySegment affine) {
        call(P1_AFFINE_COMPRESS, compressed, affine);
    }

    static void compressG2(MemorySegment compressed, MemorySegment p2) {
        call(P2_COMPRESS, compressed, p2);
    }

    static void fromAffineG1(MemorySegment p1, MemorySegment affine) {
        call(P1_FROM_AFFINE, p1, affine);
    }

    static void toAffineG1(MemorySegment affine, MemorySegment p1) {
        call(P1_TO_AFFINE, affine, p1);
    }

    static void fromAffineG2(MemorySegment p2, MemorySegment affine) {
        call(P2_FROM_AFFINE, p2, affine);
    }

    static void addG1(MemorySegment out, MemorySegment a, MemorySegment b) {
        try {
            P1_ADD.invokeExact(out, a, b);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Doubles a point so many times, in place. */
    static void doubleG1(MemorySegment p1, int times) {
        for (int i = 0; i < times; i++) {
            call(P1_DOUBLE, p1, p1);
        }
    }

    static void addAffineG1(MemorySegment out, MemorySegment a, MemorySegment affine) {
        try {
            P1_ADD_AFFINE.invokeExact(out, a, affine);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static void multiplyG1(MemorySegment out, MemorySegment p1, MemorySegment scalar) {
        try {
            P1_MULT.invokeExact(out, p1, scalar, (long) SCALAR_BITS);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static void multiplyG2(MemorySegment out, MemorySegment p2, MemorySegment scalar) {
        try {
            P2_MULT.invokeExact(out, p2, scalar, (long) SCALAR_BITS);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static void negateG1(MemorySegment p1) {
        try {
            P1_NEGATE.invokeExact(p1, true);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Product of base field elements in the library's form; short enough to be a critical call. */
    static void multiplyFp(MemorySegment out, MemorySegment a, MemorySegment b) {
        try {
            FP_MULTIPLY.invokeExact(out, a, b);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Inverse of a base field element in the library's form; 0 for 0. */
    static void invertFp(MemorySegment out, MemorySegment a) {
        call(FP_INVERSE, out, a);
    }

    private static boolean test(MethodHandle handle, MemorySegment point) {
        try {
            return (boolean) handle.invokeExact(point);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static boolean isInfinityG1(MemorySegment p1) {
        return test(P1_IS_INFINITY, p1);
    }

    static boolean isAffineInfinityG1(MemorySegment affine) {
        return test(P1_AFFINE_IS_INFINITY, affine);
    }

    static boolean inG1(MemorySegment affine) {
        return test(P1_AFFINE_IN_G1, affine);
    }

    static boolean inG2(MemorySegment affine) {
        return test(P2_AFFINE_IN_G2, affine);
    }

    static boolean equalG1(MemorySegment a, MemorySegment b) {
        try {
            return (boolean) P1_EQUAL.invokeExact(a, b);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Converts points that lie one after the other; none may be infinity. */
    static void toAffinesG1(MemorySegment affines, MemorySegment p1s, int count) {
        try (Arena arena = Arena.ofConfined()) {
            P1S_TO_AFFINE.invokeExact(affines, contiguous(arena, p1s), (long) count);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** The library's way to say that objects lie one after the other: a list of the first address and null. */
    private static MemorySegment contiguous(Arena arena, MemorySegment first) {
        MemorySegment list = arena.allocate(ADDRESS, 2);
        list.setAtIndex(ADDRESS, 0, first);
        list.setAtIndex(ADDRESS, 1, MemorySegment.NULL);
        return list;
    }

    /** Bytes of scratch that {@link #pippenger} needs. */
    static long pippengerScratch(int points) {
        try {
            return (long) PIPPENGER_SCRATCH.invokeExact((long) points);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /**
     * A multi-scalar multiplication; points and scalars lie one after the other.
     *
     * @param affines at least one, none infinity
     * @param bits length of the longest scalar
     */
    static void pippenger(
            MemorySegment out,
            MemorySegment affines,
            int points,
            MemorySegment scalars,
            int bits,
            MemorySegment scratch) {
        try (Arena arena = Arena.ofConfined()) {
            PIPPENGER.invokeExact(
                    out, contiguous(arena, affines), (long) points, contiguous(arena, scalars), (long) bits, scratch);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** The generator of G1, affine. */
    static MemorySegment generatorG1() {
        try {
            return ((MemorySegment) G1_GENERATOR.invokeExact())
                    .reinterpret(P1_AFFINE)
                    .asReadOnly();
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** The generator of G2, affine. */
    static MemorySegment generatorG2() {
        try {
            return ((MemorySegment) G2_GENERATOR.invokeExact())
                    .reinterpret(P2_AFFINE)
                    .asReadOnly();
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** True where the product of the pairings of two affine pairs is one; an infinite point makes its pairing one. */
    static boolean pairingProductIsOne(MemorySegment a1, MemorySegment a2, MemorySegment b1, MemorySegment b2) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment first = arena.allocate(ADDRESS, 2);
            MemorySegment second = arena.allocate(ADDRESS, 2);
            int pairs = 0;
            if (!isAffineInfinityG1(a1)) {
                first.setAtIndex(ADDRESS, pairs, a1);
                second.setAtIndex(ADDRESS, pairs++, a2);
            }
            if (!isAffineInfinityG1(b1)) {
                first.setAtIndex(ADDRESS, pairs, b1);
                second.setAtIndex(ADDRESS, pairs++, b2);
            }
            if (pairs == 0) {
                return true;
            }
            MemorySegment product = arena.allocate(FP12, ALIGN);
            MILLER_LOOP.invokeExact(product, second, first, (long) pairs);
            FINAL_EXPONENTIATION.invokeExact(product, product);
            return (boolean) FP12_IS_ONE.invokeExact(product);
        } catch (Throwable e) {
            throw failed(e);
        }
    }
}
