package network.autonomys.farmer.core.kzg;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import network.autonomys.farmer.core.engine.MsmEngine;
import network.autonomys.farmer.core.field.Fr;
import network.autonomys.farmer.core.field.Scalars;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.types.Bytes;

/**
 * The secret of the dev chain's parameters, which everybody knows: τ is BLAKE3 of "autonomys dev kzg parameters", read big-endian with its top
 * byte cleared. Whoever knows τ can prove anything, so these parameters are for the dev chain alone and never chosen silently.
 */
public final class DevSecret {
    /** SHA-256 of {@link #parameterFile}. */
    public static final Bytes PARAMETERS_DIGEST =
            Bytes.fromHex("041aeae87ce699318efc0f01f8a9441f139c5aff6c315f59e96716e22b9c5e1c");

    private static final String LABEL = "autonomys dev kzg parameters";
    private static final int WINDOW_BITS = 8;

    private DevSecret() {}

    /** τ, in the form of {@link Fr}. */
    public static long[] tau() {
        byte[] tau = Blake3.hash(LABEL.getBytes(StandardCharsets.UTF_8));
        tau[0] = 0;
        return Scalars.element(tau);
    }

    /**
     * Makes the file of the dev chain's parameters ({@link KzgParameters#parse} reads it). This takes about a second; its result never changes.
     *
     * @return 1 579 104 bytes
     */
    public static byte[] parameterFile() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment file = arena.allocate(KzgParameters.FILE_BYTES);
            long[] tau = tau();
            long[] power = Fr.element(1);
            MemorySegment scalar = arena.allocate(Blst.SCALAR, Blst.ALIGN);
            MemorySegment point = arena.allocate(Blst.P2, Blst.ALIGN);
            GeneratorTable generator = new GeneratorTable(arena);
            MemorySegment second = arena.allocate(Blst.P2, Blst.ALIGN);
            Blst.fromAffineG2(second, Blst.generatorG2());
            long secondStart = (long) Blst.G1_COMPRESSED * KzgParameters.G1_POINTS;
            for (int i = 0; i < KzgParameters.G1_POINTS; i++) {
                G1.scalar(power, scalar, 0);
                generator.multiply(point, scalar);
                Blst.compressG1(file.asSlice((long) Blst.G1_COMPRESSED * i, Blst.G1_COMPRESSED), point);
                if (i < KzgParameters.G2_POINTS) {
                    Blst.multiplyG2(point, second, scalar);
                    long at = secondStart + (long) Blst.G2_COMPRESSED * i;
                    Blst.compressG2(file.asSlice(at, Blst.G2_COMPRESSED), point);
                }
                Fr.mul(power, 0, tau, 0, power, 0);
            }
            return file.toArray(ValueLayout.JAVA_BYTE);
        }
    }

    /**
     * Commitments over the dev chain's parameters, made by evaluating polynomials at τ: the same bytes as from any other engine, for one
     * multiplication in place of 32 768. For the dev node, so that it can archive on a small machine.
     */
    public static MsmEngine engine() {
        return new DevMsmEngine(tau());
    }

    /** Multiples of the generator from a table of b · 2^8w for each byte b and each position w. */
    static final class GeneratorTable {
        private static final int ENTRIES = (1 << WINDOW_BITS) - 1;

        private final MemorySegment table;

        GeneratorTable(Arena arena) {
            int windows = Blst.SCALAR;
            MemorySegment points = arena.allocate((long) Blst.P1 * ENTRIES * windows, Blst.ALIGN);
            table = arena.allocate((long) Blst.P1_AFFINE * ENTRIES * windows, Blst.ALIGN);
            MemorySegment base = arena.allocate(Blst.P1, Blst.ALIGN);
            Blst.fromAffineG1(base, Blst.generatorG1());
            for (int window = 0; window < windows; window++) {
                long at = (long) Blst.P1 * ENTRIES * window;
                MemorySegment previous = points.asSlice(at, Blst.P1).copyFrom(base);
                for (int b = 2; b <= ENTRIES; b++) {
                    MemorySegment next = points.asSlice(at + (long) Blst.P1 * (b - 1), Blst.P1);
                    Blst.addG1(next, previous, base);
                    previous = next;
                }
                Blst.addG1(base, previous, base);
            }
            Blst.toAffinesG1(table, points, ENTRIES * windows);
        }

        /** point = scalar · g1; the scalar is little-endian. */
        void multiply(MemorySegment point, MemorySegment scalar) {
            point.asSlice(0, Blst.P1).fill((byte) 0);
            for (int window = 0; window < Blst.SCALAR; window++) {
                int b = scalar.get(ValueLayout.JAVA_BYTE, window) & 0xff;
                if (b != 0) {
                    long entry = (long) ENTRIES * window + b - 1;
                    Blst.addAffineG1(point, point, table.asSlice(Blst.P1_AFFINE * entry, Blst.P1_AFFINE));
                }
            }
        }
    }
}
