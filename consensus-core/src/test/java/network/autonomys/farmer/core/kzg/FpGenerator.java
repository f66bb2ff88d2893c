package network.autonomys.farmer.core.kzg;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.LongStream;
import network.autonomys.farmer.core.field.LaneWriter;

/** Writes the kernels of {@link FpLanes} for 8 and 4 lanes of a vector and for plain numbers. The main method's argument is the folder. */
public final class FpGenerator extends LaneWriter {
    static final List<Integer> LANES = List.of(1, 4, 8);

    private static final int LIMBS = FpLanes.LIMBS;
    private static final int BITS = FpLanes.LIMB_BITS;
    /** Longs of a packed coordinate. */
    private static final int PAIRS = LIMBS / 2;

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
            line("import jdk.incubator.vector.VectorMask;");
            line("import jdk.incubator.vector.VectorOperators;");
            line("import jdk.incubator.vector.VectorShuffle;");
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
        line("    private static final long HALF = 0xffffffffL;");
        line("    /** 4p, 8p and 16p packed, with limbs that nothing has to be borrowed for; and 4p with one more. */");
        long[] four = FpLanes.packed(FpLanes.padded(FpLanes.MODULUS.shiftLeft(2), 1));
        line(table("FOUR", four));
        line(table("EIGHT", FpLanes.packed(FpLanes.padded(FpLanes.MODULUS.shiftLeft(3), 2))));
        line(table("SIXTEEN", FpLanes.packed(FpLanes.padded(FpLanes.MODULUS.shiftLeft(4), 4))));
        line(table("NEGATOR", LongStream.of(four).map(pair -> pair + 1).toArray()));
        if (vector()) {
            line("    private static final VectorMask<Long> REST = VectorMask.fromLong(S, " + ((1 << PAIRS % lanes) - 1)
                    + "L);");
            transposition();
        }
        line("");
        line("    @Override");
        line("    public int lanes() {");
        line("        return " + lanes + ";");
        line("    }");
        multiply();
        load();
        write();
        difference();
        subtractBoth();
        subtractFrom();
        subtract();
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
        line("t" + (LIMBS - 1) + " = " + zero() + ";");
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

    private void load() {
        line("");
        line("    @Override");
        line("    public void load(long[] points, int[] references, int from, long[] packed, int offset) {");
        if (vector()) {
            line("LongVector n = LongVector.zero(S).sub((LongVector) IntVector.fromArray(I, references, from)"
                    + ".and(1).convertShape(VectorOperators.I2L, S, 0));");
            for (int lane = 0; lane < lanes; lane++) {
                line("int r" + lane + " = (references[from + " + lane + "] >>> 1) * " + 2 * PAIRS + ";");
            }
        } else {
            line("long n = -(long) (references[from] & 1);");
            line("int r0 = (references[from] >>> 1) * " + 2 * PAIRS + ";");
        }
        for (int coordinate = 0; coordinate < 2; coordinate++) {
            for (int first = 0; first < PAIRS; first += lanes) {
                int wanted = Math.min(lanes, PAIRS - first);
                line("{");
                List<String> rows = new ArrayList<>();
                for (int lane = 0; lane < lanes; lane++) {
                    rows.add("row" + lane);
                    int at = coordinate * PAIRS + first;
                    line(type() + " row" + lane + " = " + load("points", "r" + lane + (at == 0 ? "" : " + " + at))
                            + ";");
                }
                List<String> columns = vector() ? transpose(rows, wanted, "s") : rows;
                for (int j = 0; j < wanted; j++) {
                    String value = columns.get(j);
                    if (coordinate == 1) {
                        String flipped = vector() ? value + ".lanewise(VectorOperators.XOR, n)" : "(" + value + " ^ n)";
                        value = add(flipped, and(broadcast("NEGATOR[" + (first + j) + "]"), "n"));
                    }
                    line(store(value, "packed", at("offset", coordinate * PAIRS + first + j)));
                }
                line("}");
            }
        }
        line("    }");
    }

    private void write() {
        line("");
        line("    @Override");
        line("    public void store(long[] x, long[] y, long[] points, int[] targets, int from, int width) {");
        line("store(x, points, targets, from, width, 0);");
        line("store(y, points, targets, from, width, " + PAIRS + ");");
        line("    }");
        line("");
        line(
                "    private static void store(long[] a, long[] points, int[] targets, int from, int width, int coordinate) {");
        for (int j = 0; j < PAIRS; j++) {
            line(type() + " v" + j + " = " + or(load("a", at("0", 2 * j)), shl(load("a", at("0", 2 * j + 1)))) + ";");
        }
        for (int first = 0; first < PAIRS; first += lanes) {
            int wanted = Math.min(lanes, PAIRS - first);
            List<String> columns = new ArrayList<>();
            for (int j = 0; j < lanes; j++) {
                columns.add(j < wanted ? "v" + (first + j) : zero());
            }
            List<String> rows = vector() ? transpose(columns, lanes, "s" + first + "x") : columns;
            for (int lane = 0; lane < lanes; lane++) {
                if (lane > 0) {
                    line("if (width > " + lane + ")");
                }
                String to = "targets[from + " + lane + "] * " + 2 * PAIRS + " + coordinate"
                        + (first == 0 ? "" : " + " + first);
                line(
                        wanted < lanes
                                ? rows.get(lane) + ".intoArray(points, " + to + ", REST);"
                                : store(rows.get(lane), "points", to));
            }
        }
        line("    }");
    }

    /** Stores the limbs of a packed vector. */
    private void unpacked(int pair, String value, String array, String index) {
        line("v = " + value + ";");
        line(store(and("v", "HALF"), array, at(index, 2 * pair)));
        line(store(shift("v", "LSHR", ">>>", 32), array, at(index, 2 * pair + 1)));
    }

    private void difference() {
        line("");
        line("    @Override");
        line("    public void difference(long[] packed, int b, long[] less, int a, long[] z, int zo) {");
        line(type() + " v;");
        for (int j = 0; j < PAIRS; j++) {
            String value = add(load("packed", at("b", j)), broadcast("SIXTEEN[" + j + "]"));
            unpacked(j, sub(value, load("less", at("a", j))), "z", "zo");
        }
        line("    }");
    }

    private void subtractBoth() {
        line("");
        line("    @Override");
        line("    public void subtractBoth(long[] a, long[] packed, int b, long[] others, int o, long[] z) {");
        for (int j = 0; j < PAIRS; j++) {
            line(type() + " v" + j + " = "
                    + sub(sub(broadcast("EIGHT[" + j + "]"), load("packed", at("b", j))), load("others", at("o", j)))
                    + ";");
        }
        reduced(i -> add(load("a", at("0", i)), unpack("v" + i / 2, i)), "z", "0");
        line("    }");
    }

    private String unpack(String packed, int limb) {
        return limb % 2 == 0 ? and(packed, "HALF") : shift(packed, "LSHR", ">>>", 32);
    }

    private void subtractFrom() {
        line("");
        line("    @Override");
        line("    public void subtractFrom(long[] packed, int a, long[] b, long[] z) {");
        line(type() + " v;");
        for (int j = 0; j < PAIRS; j++) {
            line("v = " + add(load("packed", at("a", j)), broadcast("FOUR[" + j + "]")) + ";");
            line(store(sub(unpack("v", 2 * j), load("b", at("0", 2 * j))), "z", at("0", 2 * j)));
            line(store(sub(unpack("v", 2 * j + 1), load("b", at("0", 2 * j + 1))), "z", at("0", 2 * j + 1)));
        }
        line("    }");
    }

    private void subtract() {
        line("");
        line("    @Override");
        line("    public void subtract(long[] a, long[] packed, int b) {");
        for (int j = 0; j < PAIRS; j++) {
            line(type() + " v" + j + " = " + sub(broadcast("SIXTEEN[" + j + "]"), load("packed", at("b", j))) + ";");
        }
        reduced(i -> add(load("a", at("0", i)), unpack("v" + i / 2, i)), "a", "0");
        line("    }");
    }

    /** t = (t + limb of a · b + m p) / 2^28. */
    private void round(String index) {
        line("{");
        line(type() + " x = " + low(load("a", index)) + ";");
        summands();
        line(type() + " m = " + and(mul(low("t0"), "pn"), "M") + ";");
        line(type() + " c = " + lshr(add("t0", mul("m", "p0"))) + ";");
        line("t0 = " + add(add("t1", mul("m", "p1")), "c") + ";");
        for (int j = 2; j < LIMBS; j++) {
            line("t" + (j - 1) + " = " + add("t" + j, mul("m", "p" + j)) + ";");
        }
        line("}");
    }

    private void reduce() {
        line("");
        line("    @Override");
        line("    public void reduce(long[] a, int o) {");
        reduced(j -> load("a", at("o", j)), "a", "o");
        line("    }");
    }

    /** Carries limbs, estimates the quotient by p from the highest (at most one too small) and stores the rest. */
    private void reduced(IntFunction<String> limb, String array, String index) {
        line(type() + " c = " + zero() + ";");
        for (int j = 0; j < LIMBS; j++) {
            line(type() + " t" + j + " = " + add(limb.apply(j), "c") + ";");
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
            line(store("t" + j, array, at(index, j)));
        }
    }

    private String or(String a, String b) {
        return op(a, "or", "|", b);
    }

    private String shl(String a) {
        return shift(a, "LSHL", "<<", 32);
    }
}
