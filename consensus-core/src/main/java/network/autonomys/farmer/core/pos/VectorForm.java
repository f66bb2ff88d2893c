package network.autonomys.farmer.core.pos;

import network.autonomys.farmer.core.pos.generated.Kernels16;
import network.autonomys.farmer.core.pos.generated.Kernels4;
import network.autonomys.farmer.core.pos.generated.Kernels8;

/** The ways in which tables can be computed on a machine. All give the same tables; the choice is one of speed only. */
public enum VectorForm {
    /** Plain Java, for a runtime without the module {@code jdk.incubator.vector}. */
    SCALAR,
    /** 128-bit vectors. */
    LANES_4,
    /** 256-bit vectors (AVX2). */
    LANES_8,
    /** 512-bit vectors (AVX-512). */
    LANES_16,
    /** 512-bit vectors, with permutes and compressions of bytes (AVX-512 VBMI and VBMI2). */
    LANES_16_BYTE_TABLES;

    /**
     * The fastest form of this machine.
     *
     * @param cpuFlags what the processor can do, in the words of the "flags" line of {@code /proc/cpuinfo}; where nothing is known of it
     *     (empty text) the result is safe, but may be slower than necessary on AVX-512 machines
     */
    public static VectorForm preferred(String cpuFlags) {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            return SCALAR;
        }
        String flags = " " + cpuFlags.strip() + " ";
        boolean bytePermutes = flags.contains(" avx512_vbmi ") || flags.contains(" avx512vbmi ");
        boolean byteCompression = flags.contains(" avx512_vbmi2 ");
        // On x86 without AVX2 some of the operations are not compiled to instructions: slower than plain Java.
        boolean vectors128 = !System.getProperty("os.arch").equals("amd64") || flags.contains(" avx2 ");
        return switch (PreferredWidth.intLanes()) {
            case 16 -> bytePermutes && byteCompression ? LANES_16_BYTE_TABLES : LANES_16;
            case 8 -> LANES_8;
            case 4 -> vectors128 ? LANES_4 : SCALAR;
            default -> SCALAR;
        };
    }

    TableKernels kernels() {
        return switch (this) {
            case SCALAR -> new ScalarKernels();
            case LANES_4 -> new Kernels4();
            case LANES_8 -> new Kernels8();
            case LANES_16, LANES_16_BYTE_TABLES -> new Kernels16();
        };
    }

    EntryMover mover() {
        return this == SCALAR ? new ScalarMover() : new VectorMover();
    }

    PairMatcher matcher() {
        return this == LANES_16_BYTE_TABLES ? new LookupMatcher() : new LineMatcher(kernels());
    }

    /** Apart, so that nothing of the vector module is loaded before its presence is known. */
    private static final class PreferredWidth {
        static int intLanes() {
            return jdk.incubator.vector.IntVector.SPECIES_PREFERRED.length();
        }
    }
}
