package network.autonomys.farmer.core.kzg;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import network.autonomys.farmer.core.field.LaneWriter;

/** Writes the kernels of {@link FpLanes} for 8 and 4 lanes of a vector and for plain numbers. The main method's argument is the folder. */
public final class FpGenerator extends LaneWriter {
    static final List<Integer> LANES = List.of(1, 4, 8);

    private static final int LIMBS = FpLanes.LIMBS;
    private static final int BITS = FpLanes.LIMB_BITS;
    /** Words of a coordinate of a point. */
    private static final int WORDS = FpLanes.WORDS;

    private static final long MASK = (1L << BITS) - 1;
    private static final BigInteger BASE = BigInteger.ONE.shiftLeft(BITS);
    private static final BigInteger INVERSE = FpLanes.MODULUS.modInverse(BASE);

    /** Between 2^100 and 2^101 the last place of a double is 2^48. */
    private static final double HIGH = 0x1.8p100;

    /** Between 2^52 and 2^53 it is 1. */
    private static final double WHOLE = 0x1.8p52;

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
        double[] p = FpLanes.limbs(FpLanes.MODULUS);
        line("package network.autonomys.farmer.core.kzg.generated;");
        line("");
        if (vector()) {
            line("import jdk.incubator.vector.DoubleVector;");
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
            line("    private static final VectorSpecies<Double> D = DoubleVector.SPECIES_" + lanes * 64 + ";");
            line("    private static final VectorSpecies<Integer> I = IntVector.SPECIES_" + lanes * 32 + ";");
        }
        line("    private static final long M = " + MASK + "L;");
        line("    private static final double HIGH = " + HIGH + ";");
        line("    private static final double DOWN = 0x1p-" + BITS + ";");
        line("    private static final double WHOLE = " + WHOLE + ";");
        line("    /** Makes digits, from 0 on, of the bits of WHOLE and a limb. */");
        line("    private static final long DIGIT = " + ((1L << (BITS - 1)) - Double.doubleToRawLongBits(WHOLE))
                + "L;");
        line(
                "    /** The bits of 2^52, which a digit is put into to become a double, and what that is more than its limb. */");
        line("    private static final long BITS52 = " + Double.doubleToRawLongBits(0x1p52) + "L;");
        line("    private static final double LIMB = " + (0x1p52 + (1L << (BITS - 1))) + ";");
        // 1/p modulo 2^48 is small, and p/p = 1 + 2^48 K: K does the work of p where the lowest limb is to become 0.
        line("    /** -K and -p: what a multiple of p's inverse modulo 2^48, and of p itself, takes off. */");
        line(negated("MINUS_K", FpLanes.limbs(FpLanes.MODULUS.multiply(INVERSE).shiftRight(BITS))));
        line(negated("MINUS_P", p));
        line("    private static final double INVERSE = " + INVERSE.doubleValue() + ";");
        line("    private static final double QUOTIENT = " + 1 / p[LIMBS - 1] + ";");
        if (vector()) {
            line("    private static final VectorMask<Long> REST = VectorMask.fromLong(S, " + ((1 << WORDS % lanes) - 1)
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
        subtract();
        line("}");
        return text();
    }

    private static String negated(String name, double[] values) {
        return "    private static final double[] " + name + " = {"
                + DoubleStream.of(values).mapToObj(v -> Double.toString(-v)).collect(Collectors.joining(", ")) + "};";
    }

    private String real() {
        return vector() ? "DoubleVector" : "double";
    }

    private String read(String array, String index) {
        return vector() ? "DoubleVector.fromArray(D, " + array + ", " + index + ")" : array + "[" + index + "]";
    }

    private String all(String value) {
        return vector() ? "DoubleVector.broadcast(D, " + value + ")" : value;
    }

    private String fma(String a, String b, String c) {
        return vector() ? a + ".fma(" + b + ", " + c + ")" : "Math.fma(" + a + ", " + b + ", " + c + ")";
    }

    /**
     * Adds x y to column j, whose value is L plus H - HIGH. The last place of H is 2^48: what it takes of the product and what is left of that, from -2^47 to 2^47,
     * are both exact as long as H stays between 2^100 and 2^101.
     */
    private void product(String x, String y, int j) {
        line("t = h" + j + ";");
        line("h" + j + " = " + fma(x, y, "h" + j) + ";");
        line("l" + j + " = " + add("l" + j, fma(x, y, sub("t", "h" + j))) + ";");
    }

    /** The multiple of 2^48 next to a whole number. */
    private String rounded(String value) {
        return sub(add(value, "high"), "high");
    }

    /** What is in H of column j moves up to L of the next one, which has no H of its own yet, or none that counts here. */
    private void moveUp(int j) {
        line("l" + (j + 1) + " = " + fma(sub("h" + j, "high"), "down", "l" + (j + 1)) + ";");
    }

    /**
     * Multiplies row by row and takes off the multiple that clears the lowest column. That column is complete but for the last of its parts when its
     * turn comes: bringing it between -2^47 and 2^47 before that part is added leaves but two fused multiplications and two additions from one row's multiplier to the
     * next, and a multiplier up to 2^48.
     */
    private void multiply() {
        line("");
        line("    @Override");
        line("    public void multiply(double[] a, int ao, double[] b, int bo, double[] z, int zo) {");
        line(real() + " high = " + all("HIGH") + ";");
        line(real() + " down = " + all("DOWN") + ";");
        for (int j = 0; j < LIMBS; j++) {
            line(real() + " b" + j + " = " + read("b", at("bo", j)) + ";");
            line(real() + " k" + j + " = " + all("MINUS_K[" + j + "]") + ";");
        }
        for (int j = 0; j <= LIMBS; j++) {
            line(real() + " h" + j + " = high;");
            line(real() + " l" + j + " = " + all("0.0") + ";");
        }
        line(real() + " t;");
        line(real() + " x = " + read("a", "ao") + ";");
        for (int j = 0; j < LIMBS; j++) {
            product("x", "b" + j, j);
        }
        line(real() + " m = l0;");
        line("for (int i = 1; i < " + LIMBS + "; i++) {");
        line("x = " + read("a", "ao + " + (vector() ? lanes + " * i" : "i")) + ";");
        product("x", "b0", 1);
        moveUp(0);
        line(real() + " c = " + rounded("l1") + ";");
        line("l1 = " + sub("l1", "c") + ";");
        line("l2 = " + fma("c", "down", "l2") + ";");
        product("m", "k0", 1);
        for (int j = 1; j < LIMBS; j++) {
            product("m", "k" + j, j + 1);
            product("x", "b" + j, j + 1);
        }
        line("m = l1;");
        for (int j = 0; j < LIMBS; j++) {
            line("h" + j + " = h" + (j + 1) + ";");
            if (j > 0) {
                line("l" + j + " = l" + (j + 1) + ";");
            }
        }
        line("h" + LIMBS + " = high;");
        line("l" + LIMBS + " = " + all("0.0") + ";");
        line("}");
        // The last multiplier is of p itself and lies between -2^47 and 2^47: the result is less than p/2 away from a b
        // / R.
        line("l0 = m;");
        line(real() + " inverse = " + all("INVERSE") + ";");
        line("m = " + fma("m", "inverse", sub("high", fma("m", "inverse", "high"))) + ";");
        for (int j = 0; j < LIMBS; j++) {
            product("m", all("MINUS_P[" + j + "]"), j);
        }
        for (int j = 0; j < LIMBS; j++) {
            moveUp(j);
        }
        line("l1 = " + fma("l0", "down", "l1") + ";");
        tighten("l", 1, "z", "zo");
        line("    }");
    }

    /** Stores limbs after a carry from each to the next. It need not go further: what carries are is far less than a limb. */
    private void tighten(String limb, int first, String array, String index) {
        for (int j = 0; j < LIMBS - 1; j++) {
            line(real() + " c" + j + " = " + rounded(limb + (first + j)) + ";");
        }
        for (int j = 0; j < LIMBS; j++) {
            String value = limb + (first + j);
            String rest = j < LIMBS - 1 ? sub(value, "c" + j) : value;
            line(store(j == 0 ? rest : fma("c" + (j - 1), "down", rest), array, at(index, j)));
        }
    }

    private void load() {
        line("");
        line("    @Override");
        line("    public void load(long[] points, int[] references, int from, double[] z, int zo) {");
        line("loadX(points, references, from, z, zo);");
        line("loadY(points, references, from, z, zo + " + LIMBS * lanes + ");");
        line("    }");
        for (int coordinate = 0; coordinate < 2; coordinate++) {
            line("");
            line("    private static void load" + (coordinate == 0 ? "X" : "Y")
                    + "(long[] points, int[] references, int from, double[] z, int zo) {");
            for (int lane = 0; lane < lanes; lane++) {
                line("int r" + lane + " = (references[from + " + lane + "] >>> 1) * " + 2 * WORDS
                        + (coordinate == 0 ? "" : " + " + WORDS) + ";");
            }
            List<String> words = new ArrayList<>();
            for (int first = 0; first < WORDS; first += lanes) {
                List<String> rows = new ArrayList<>();
                for (int lane = 0; lane < lanes; lane++) {
                    String row = "row" + first + "x" + lane;
                    rows.add(row);
                    line(type() + " " + row + " = " + load("points", "r" + lane + (first == 0 ? "" : " + " + first))
                            + ";");
                }
                int wanted = Math.min(lanes, WORDS - first);
                words.addAll(
                        vector() ? transpose(rows, wanted, "s" + first + "x").subList(0, wanted) : rows);
            }
            if (coordinate == 1) {
                line(
                        vector()
                                ? "LongVector n = ((LongVector) IntVector.fromArray(I, references, from)"
                                        + ".convertShape(VectorOperators.I2L, S, 0)).lanewise(VectorOperators.LSHL, 63);"
                                : "double n = 1 - 2 * (references[from] & 1);");
            }
            line(real() + " limb = " + all("LIMB") + ";");
            for (int j = 0; j < LIMBS; j++) {
                String value = sub(toReal(or(limbOfWords(words, j), "BITS52")), "limb");
                if (coordinate == 1) {
                    value = vector()
                            ? value + ".reinterpretAsLongs().lanewise(VectorOperators.XOR, n).reinterpretAsDoubles()"
                            : "n * " + value;
                }
                line(store(value, "z", at("zo", j)));
            }
            line("    }");
        }
    }

    private String toReal(String bits) {
        return vector() ? bits + ".reinterpretAsDoubles()" : "Double.longBitsToDouble" + bits;
    }

    private String toBits(String value) {
        return vector() ? value + ".reinterpretAsLongs()" : "Double.doubleToRawLongBits" + value;
    }

    private void write() {
        line("");
        line("    @Override");
        line("    public void store(double[] x, double[] y, long[] points, int[] targets, int from, int width) {");
        line("store(x, points, targets, from, width, 0);");
        line("store(y, points, targets, from, width, " + WORDS + ");");
        line("    }");
        line("");
        line(
                "    private static void store(double[] a, long[] points, int[] targets, int from, int width, int coordinate) {");
        line(real() + " whole = " + all("WHOLE") + ";");
        line(type() + " c = " + zero() + ";");
        for (int j = 0; j < LIMBS; j++) {
            String value = add(toBits(add(read("a", at("0", j)), "whole")), "DIGIT");
            line(type() + " d" + j + " = " + add(value, "c") + ";");
            if (j < LIMBS - 1) {
                line("c = " + ashr("d" + j) + ";");
                line("d" + j + " = " + and("d" + j, "M") + ";");
            }
        }
        for (int k = 0; k < WORDS; k++) {
            line(type() + " v" + k + " = " + wordOfLimbs(k, j -> "d" + j) + ";");
        }
        for (int first = 0; first < WORDS; first += lanes) {
            int wanted = Math.min(lanes, WORDS - first);
            List<String> columns = new ArrayList<>();
            for (int k = 0; k < lanes; k++) {
                columns.add(k < wanted ? "v" + (first + k) : zero());
            }
            List<String> rows = vector() ? transpose(columns, lanes, "s" + first + "x") : columns;
            for (int lane = 0; lane < lanes; lane++) {
                if (lane > 0) {
                    line("if (width > " + lane + ")");
                }
                String to = "targets[from + " + lane + "] * " + 2 * WORDS + " + coordinate"
                        + (first == 0 ? "" : " + " + first);
                line(
                        wanted < lanes
                                ? rows.get(lane) + ".intoArray(points, " + to + ", REST);"
                                : store(rows.get(lane), "points", to));
            }
        }
        line("    }");
    }

    private void difference() {
        line("");
        line("    @Override");
        line("    public void difference(double[] b, int bo, double[] a, int ao, double[] z, int zo) {");
        each(j -> store(sub(read("b", at("bo", j)), read("a", at("ao", j))), "z", at("zo", j)));
        line("    }");
    }

    private void subtractBoth() {
        line("");
        line("    @Override");
        line("    public void subtractBoth(double[] a, double[] b, int bo, double[] o, int oo, double[] z) {");
        reduce(j -> sub(sub(read("a", at("0", j)), read("b", at("bo", j))), read("o", at("oo", j))), "z");
        line("    }");
    }

    private void subtract() {
        line("");
        line("    @Override");
        line("    public void subtract(double[] a, double[] b, int bo) {");
        reduce(j -> sub(read("a", at("0", j)), read("b", at("bo", j))), "a");
        line("    }");
    }

    /** Takes off the multiple of p that the highest limb tells, which leaves little more than half of p, and stores the rest tight. */
    private void reduce(IntFunction<String> limb, String array) {
        line(real() + " high = " + all("HIGH") + ";");
        line(real() + " down = " + all("DOWN") + ";");
        line(real() + " whole = " + all("WHOLE") + ";");
        each(j -> real() + " t" + j + " = " + limb.apply(j) + ";");
        String quotient = fma("t" + (LIMBS - 1), all("QUOTIENT"), "whole");
        line(real() + " m = " + sub(quotient, "whole") + ";");
        each(j -> "t" + j + " = " + fma("m", all("MINUS_P[" + j + "]"), "t" + j) + ";");
        tighten("t", 0, array, "0");
    }
}
