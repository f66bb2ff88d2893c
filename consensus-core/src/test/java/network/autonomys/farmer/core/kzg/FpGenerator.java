package network.autonomys.farmer.core.kzg;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import network.autonomys.farmer.core.field.LaneWriter;

/** Writes the kernels of {@link FpLanes} for 8 and 4 lanes of a vector and for plain numbers. The main method's argument is the folder. */
public final class FpGenerator extends LaneWriter {
    static final List<Integer> LANES = List.of(1, 4, 8);

    private static final int LIMBS = FpLanes.LIMBS;
    private static final int BITS = FpLanes.LIMB_BITS;
    private static final long MASK = (1L << BITS) - 1;
    /** Precision of the estimated quotient, which is at most one too small. */
    private static final int QUOTIENT_BITS = 40;

    private FpGenerator(int lanes) {
        super(lanes, LIMBS, BITS);
    }

    /** Rewrites the sources. */
    public static void main(String[] args) throws IOException {
        for (int lanes : LANES) {
            Files.writeString(Path.of(args[0], fileName(lanes)), source(lanes));
        }
    }

    static String fileName(int lanes) {
        return "FpLanes" + lanes + ".java";
    }

    /** The source of the kernel with so many lanes. */
    static String source(int lanes) {
        return new FpGenerator(lanes).generate();
    }

    private String generate() {
        BigInteger two28 = BigInteger.ONE.shiftLeft(BITS);
        long negativeInverse = two28.subtract(FpLanes.MODULUS.modInverse(two28)).longValueExact();
        long[] p = FpLanes.limbs(FpLanes.MODULUS);
        line("package network.autonomys.farmer.core.kzg.generated;");
        line("");
        if (vector()) {
            line("import jdk.incubator.vector.IntVector;");
            line("import jdk.incubator.vector.LongVector;");
            line("import jdk.incubator.vector.VectorOperators;");
            line("import jdk.incubator.vector.VectorSpecies;");
        }
        line("import network.autonomys.farmer.core.kzg.FpLanes;");
        line("");
        line("/** Base field arithmetic, " + lanes + " at a time; written by FpGenerator. */");
        line("public final class FpLanes" + lanes + " extends FpLanes {");
        if (vector()) {
            line("    private static final VectorSpecies<Long> S = LongVector.SPECIES_" + lanes * 64 + ";");
            line("    private static final VectorSpecies<Integer> I = IntVector.SPECIES_" + lanes * 32 + ";");
            line("    private static final long U = 0xffffffffL;");
        }
        line("    private static final long M = " + MASK + "L;");
        line("    /** The modulus, and then minus its inverse modulo 2^28. */");
        long[] constants = java.util.Arrays.copyOf(p, LIMBS + 1);
        constants[LIMBS] = negativeInverse;
        line(table("P", constants));
        line("    private static final long QUOTIENT = " + (1L << QUOTIENT_BITS) / (p[LIMBS - 1] + 1) + "L;");
        line("    /** 4p, to subtract a tight value from. */");
        line(table("PAD", FpLanes.padded(FpLanes.MODULUS.shiftLeft(2), 1)));
        line("");
        line("    @Override");
        line("    public int lanes() {");
        line("        return " + lanes + ";");
        line("    }");
        multiply();
        gather();
        reduce();
        line("}");
        return text();
    }

    private void multiply() {
        line("");
        line("    @Override");
        line("    public void multiply(long[] a, int ao, long[] b, int bo, long[] z, int zo) {");
        each(j -> type() + " b" + j + " = " + low(load("b", at("bo", j))) + ";");
        each(j -> type() + " p" + j + " = " + low(broadcast("P[" + j + "]")) + ";");
        line(type() + " pn = " + low(broadcast("P[" + LIMBS + "]")) + ";");
        each(j -> type() + " t" + j + " = " + zero() + ";");
        // Two rounds per turn: fewer moves between registers. More would spill more.
        line("for (int i = 0; i < " + LIMBS * lanes + "; i += " + 2 * lanes + ") {");
        round("ao + i");
        round("ao + i + " + lanes);
        line("}");
        line(type() + " c = " + zero() + ";");
        for (int j = 0; j < LIMBS; j++) {
            line("t" + j + " = " + add("t" + j, "c") + ";");
            if (j < LIMBS - 1) {
                line("c = " + lshr("t" + j) + ";");
                line("t" + j + " = " + and("t" + j, "M") + ";");
            }
            line(store("t" + j, "z", at("zo", j)));
        }
        line("    }");
    }

    private void gather() {
        line("");
        line("    @Override");
        line("    public void gather(int[] points, int[] places, long[] negate, long[] a, int offset) {");
        line(type() + " n = " + load("negate", "0") + ";");
        if (!vector()) {
            line("int place = places[0];");
        }
        for (int j = 0; j < LIMBS; j++) {
            String loaded = vector()
                    ? "((LongVector) IntVector.fromArray(I, points, " + j
                            + ", places, 0).convertShape(VectorOperators.ZERO_EXTEND_I2L, S, 0))"
                    : "points[place + " + j + "]";
            String negated = vector() ? loaded + ".lanewise(VectorOperators.XOR, n)" : "(" + loaded + " ^ n)";
            line(store(add(sub(negated, "n"), and(broadcast("PAD[" + j + "]"), "n")), "a", at("offset", j)));
        }
        line("    }");
    }

    /** t = (t + limb of a · b + m p) / 2^28. */
    private void round(String index) {
        line("{");
        line(type() + " x = " + low(load("a", index)) + ";");
        each(j -> "t" + j + " = " + add("t" + j, mul("x", "b" + j)) + ";");
        line(type() + " m = " + and(mul(low("t0"), "pn"), "M") + ";");
        line(type() + " c = " + lshr(add("t0", mul("m", "p0"))) + ";");
        line("t0 = " + add(add("t1", mul("m", "p1")), "c") + ";");
        for (int j = 2; j < LIMBS; j++) {
            line("t" + (j - 1) + " = " + add("t" + j, mul("m", "p" + j)) + ";");
        }
        line("t" + (LIMBS - 1) + " = " + zero() + ";");
        line("}");
    }

    private void reduce() {
        line("");
        line("    @Override");
        line("    public void reduce(long[] a, int o) {");
        line(type() + " c = " + zero() + ";");
        for (int j = 0; j < LIMBS; j++) {
            line(type() + " t" + j + " = " + add(load("a", at("o", j)), "c") + ";");
            if (j < LIMBS - 1) {
                line("c = " + lshr("t" + j) + ";");
                line("t" + j + " = " + and("t" + j, "M") + ";");
            }
        }
        String quotient = mul(low("t" + (LIMBS - 1)), low(broadcast("QUOTIENT")));
        line(type() + " m = " + low(shift(quotient, "LSHR", ">>>", QUOTIENT_BITS)) + ";");
        line("c = " + zero() + ";");
        for (int j = 0; j < LIMBS; j++) {
            line("t" + j + " = " + add(sub("t" + j, mul("m", low(broadcast("P[" + j + "]")))), "c") + ";");
            if (j < LIMBS - 1) {
                line("c = " + ashr("t" + j) + ";");
                line("t" + j + " = " + and("t" + j, "M") + ";");
            }
            line(store("t" + j, "a", at("o", j)));
        }
        line("    }");
    }
}
