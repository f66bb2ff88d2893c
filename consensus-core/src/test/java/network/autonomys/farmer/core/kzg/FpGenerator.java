package network.autonomys.farmer.core.kzg;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import network.autonomys.farmer.core.field.LaneWriter;

/** Writes the kernels of {@link FpLanes} for 8 and 4 lanes of a vector and for plain numbers. The main method's argument is the folder. */
public final class FpGenerator extends LaneWriter {
    static final List<Integer> LANES = List.of(1, 4, 8);

    private static final int LIMBS = FpLanes.LIMBS;
    private static final int BITS = FpLanes.LIMB_BITS;
    /** Words of a coordinate of a point. */
    private static final int WORDS = FpLanes.WORDS;

    private static final long MASK = (1L << BITS) - 1;
    /** What is left out of the highest limb to estimate the quotient by p, so that 32 bits remain. */
    private static final int TOP_BITS = 12;
    /** Precision of the estimated quotient, which is at most one too small. */
    private static final int QUOTIENT_BITS = 50;
    /** Limbs of p are multiplied by the quotient in halves of less than 32 bits. */
    private static final int HALF_BITS = 24;

    private static final BigInteger BASE = BigInteger.ONE.shiftLeft(BITS);
    private static final BigInteger INVERSE = FpLanes.MODULUS.modInverse(BASE);

    // Near these numbers the last place of a double is 2^49, and 1.
    private static final String HIGH = "0x1.2p101";
    private static final String LOW = "0x1.8p52";

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
        long[] p = FpLanes.limbs(FpLanes.MODULUS);
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
            line("    private static final long U = 0xffffffffL;");
        }
        line("    private static final long M = " + MASK + "L;");
        line("    /** The modulus; its limbs' lower and upper halves. */");
        line(table("P", p));
        line(table(
                "P_LOW",
                LongStream.of(p).map(limb -> limb & ((1L << HALF_BITS) - 1)).toArray()));
        line(table("P_HIGH", LongStream.of(p).map(limb -> limb >>> HALF_BITS).toArray()));
        line("    private static final long QUOTIENT = " + (1L << QUOTIENT_BITS) / ((p[LIMBS - 1] >>> TOP_BITS) + 1)
                + "L;");
        line("    /** 4p, 8p and 16p with limbs that nothing has to be borrowed for; and 4p with one more. */");
        long[] four = FpLanes.padded(FpLanes.MODULUS.shiftLeft(2), 1);
        line(table("FOUR", four));
        line(table("EIGHT", FpLanes.padded(FpLanes.MODULUS.shiftLeft(3), 2)));
        line(table("SIXTEEN", FpLanes.padded(FpLanes.MODULUS.shiftLeft(4), 2)));
        line(table("NEGATOR", LongStream.of(four).map(limb -> limb + 1).toArray()));
        if (vector()) {
            productConstants(p);
            line("    private static final VectorMask<Long> REST = VectorMask.fromLong(S, " + ((1 << WORDS % lanes) - 1)
                    + "L);");
            transposition();
        } else {
            line("    /** Minus the inverse of p modulo 2^49. */");
            line("    private static final long INVERSE = " + BASE.subtract(INVERSE) + "L;");
        }
        line("");
        line("    @Override");
        line("    public int lanes() {");
        line("        return " + lanes + ";");
        line("    }");
        if (vector()) {
            multiplyVectors(p);
        } else {
            multiplyNumbers();
        }
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

    /**
     * The products of limbs in parts: with h = fma(x, y, HIGH), HIGH being so large that the last place of h is 2^49, the digits of h are those of
     * x y / 2^49, rounded, after those of HIGH; and fma(x, y, HIGH + LOW - h) is LOW and the rest, from -2^48 to 2^48. Both are exact for products
     * above -2^98 and below 7 · 2^98. As longs the parts are added up to columns, from which the digits of HIGH and LOW are taken off in advance.
     */
    private void productConstants(long[] p) {
        // 1/p modulo 2^49 is small, and p/p = 1 + 2^49 K: K does the work of p where the lowest limb is to become 0.
        BigInteger k = FpLanes.MODULUS.multiply(INVERSE).shiftRight(BITS);
        line("    /** -K and -p: what a multiple of p's inverse modulo 2^49, and of p itself, takes off. */");
        line(doubles("MINUS_K", FpLanes.limbs(k)));
        line(doubles("MINUS_P", p));
        line("    private static final double INVERSE = " + INVERSE + ".0;");
        line("    private static final double HIGH = " + HIGH + ";");
        line("    private static final double LOW = " + LOW + ";");
        line("    private static final double BOTH = HIGH + LOW;");
        line("    /** The bits of 2^52, which a limb is put into to become a double. */");
        line("    private static final double TWO52 = 0x1p52;");
        line("    private static final long BITS52 = " + Double.doubleToRawLongBits(0x1p52) + "L;");
        line("    /** What each column begins with. */");
        line(table("COLUMNS", columns()));
    }

    private static String doubles(String name, long[] values) {
        return "    private static final double[] " + name + " = {"
                + LongStream.of(values).mapToObj(v -> "-" + v + ".0").collect(Collectors.joining(", ")) + "};";
    }

    /** Minus the digits of HIGH and LOW as often as they will be added to a column. */
    private static long[] columns() {
        long high = Double.doubleToRawLongBits(Double.parseDouble(HIGH));
        long low = Double.doubleToRawLongBits(Double.parseDouble(LOW));
        long[] columns = new long[2 * LIMBS + 1];
        for (int i = 0; i < LIMBS; i++) {
            // A multiple of K is added after the lowest limb has gone, the last multiple of p before.
            int reduced = i < LIMBS - 1 ? i + 1 : i;
            for (int j = 0; j < LIMBS; j++) {
                columns[i + j] -= low;
                columns[i + j + 1] -= high;
                columns[reduced + j] -= low;
                columns[reduced + j + 1] -= high;
            }
        }
        return columns;
    }

    private static String toDouble(String limb) {
        return limb + ".or(BITS52).reinterpretAsDoubles().sub(TWO52)";
    }

    private static String added(int j, String part) {
        return "t" + j + " = t" + j + ".add(" + part + ".reinterpretAsLongs());";
    }

    /** t = t + factor · limbs. */
    private void products(String factor, IntFunction<String> limb) {
        for (int j = 0; j < LIMBS; j++) {
            String y = limb.apply(j);
            line("h = " + factor + ".fma(" + y + ", high);");
            line(added(j + 1, "h"));
            line(added(j, factor + ".fma(" + y + ", both.sub(h))"));
        }
    }

    private void multiplyVectors(long[] p) {
        line("");
        line("    @Override");
        line("    public void multiply(long[] a, int ao, long[] b, int bo, long[] z, int zo) {");
        each(j -> "DoubleVector b" + j + " = " + toDouble(load("b", at("bo", j))) + ";");
        each(j -> "DoubleVector k" + j + " = DoubleVector.broadcast(D, MINUS_K[" + j + "]);");
        line("DoubleVector high = DoubleVector.broadcast(D, HIGH);");
        line("DoubleVector both = DoubleVector.broadcast(D, BOTH);");
        for (int j = 0; j <= LIMBS; j++) {
            line("LongVector t" + j + " = " + broadcast("COLUMNS[" + j + "]") + ";");
        }
        line("DoubleVector h;");
        line("for (int i = 0; i < " + (LIMBS - 1) + "; i++) {");
        line("DoubleVector x = " + toDouble(load("a", "ao + " + lanes + " * i")) + ";");
        products("x", j -> "b" + j);
        line("DoubleVector m = " + toDouble(and("t0", "M")) + ";");
        line("t0 = " + add("t1", ashr("t0")) + ";");
        for (int j = 1; j < LIMBS; j++) {
            line("t" + j + " = t" + (j + 1) + ";");
        }
        line("t" + LIMBS + " = " + broadcast("COLUMNS[" + (LIMBS + 1) + " + i]") + ";");
        products("m", j -> "k" + j);
        line("}");
        line("DoubleVector x = " + toDouble(load("a", at("ao", LIMBS - 1))) + ";");
        products("x", j -> "b" + j);
        // The last multiplier is of p itself and lies between -2^48 and 2^48, so that the result is less than p/2 away
        // from a b / R; p more makes
        // it positive.
        line("DoubleVector u = " + toDouble(and("t0", "M")) + ";");
        line("DoubleVector inverse = DoubleVector.broadcast(D, INVERSE);");
        line("DoubleVector m = u.fma(inverse, both.sub(u.fma(inverse, high))).sub(LOW);");
        products("m", j -> "DoubleVector.broadcast(D, MINUS_P[" + j + "])");
        line("LongVector c = " + ashr("t0") + ";");
        for (int j = 0; j < LIMBS; j++) {
            String t = "t" + (j + 1);
            line(t + " = " + add(add(t, p[j] + "L"), "c") + ";");
            if (j < LIMBS - 1) {
                line("c = " + ashr(t) + ";");
                line(t + " = " + and(t, "M") + ";");
            }
            line(store(t, "z", at("zo", j)));
        }
        line("    }");
    }

    private void multiplyNumbers() {
        line("");
        line("    @Override");
        line("    public void multiply(long[] a, int ao, long[] b, int bo, long[] z, int zo) {");
        for (int j = 0; j <= LIMBS; j++) {
            line("long t" + j + " = 0;");
        }
        line("long low;");
        line("for (int i = 0; i < " + LIMBS + "; i++) {");
        line("long x = a[ao + i];");
        for (int j = 0; j < LIMBS; j++) {
            productOfNumbers("x", at("bo", j), "b", j);
        }
        line("long m = t0 * INVERSE & M;");
        for (int j = 0; j < LIMBS; j++) {
            productOfNumbers("m", "" + j, "P", j);
        }
        line("t0 = t1 + (t0 >>> " + BITS + ");");
        for (int j = 1; j < LIMBS; j++) {
            line("t" + j + " = t" + (j + 1) + ";");
        }
        line("t" + LIMBS + " = 0;");
        line("}");
        line("long c = 0;");
        for (int j = 0; j < LIMBS; j++) {
            line("c += t" + j + ";");
            line("z[" + at("zo", j) + "] = " + (j < LIMBS - 1 ? "c & M" : "c") + ";");
            if (j < LIMBS - 1) {
                line("c >>>= " + BITS + ";");
            }
        }
        line("    }");
    }

    private void productOfNumbers(String factor, String index, String array, int j) {
        String y = array + "[" + index + "]";
        line("low = " + factor + " * " + y + ";");
        line("t" + j + " += low & M;");
        line("t" + (j + 1) + " += Math.multiplyHigh(" + factor + ", " + y + ") << " + (64 - BITS) + " | low >>> " + BITS
                + ";");
    }

    private void load() {
        line("");
        line("    @Override");
        line("    public void load(long[] points, int[] references, int from, long[] z, int zo) {");
        line("loadX(points, references, from, z, zo);");
        line("loadY(points, references, from, z, zo + " + LIMBS * lanes + ");");
        line("    }");
        for (int coordinate = 0; coordinate < 2; coordinate++) {
            line("");
            line("    private static void load" + (coordinate == 0 ? "X" : "Y")
                    + "(long[] points, int[] references, int from, long[] z, int zo) {");
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
                                ? "LongVector n = LongVector.zero(S).sub((LongVector) IntVector.fromArray(I, references, from)"
                                        + ".and(1).convertShape(VectorOperators.I2L, S, 0));"
                                : "long n = -(long) (references[from] & 1);");
            }
            for (int j = 0; j < LIMBS; j++) {
                String value = limbOfWords(words, j);
                if (coordinate == 1) {
                    String flipped = vector() ? value + ".lanewise(VectorOperators.XOR, n)" : "(" + value + " ^ n)";
                    value = add(flipped, and(broadcast("NEGATOR[" + j + "]"), "n"));
                }
                line(store(value, "z", at("zo", j)));
            }
            line("    }");
        }
    }

    private void write() {
        line("");
        line("    @Override");
        line("    public void store(long[] x, long[] y, long[] points, int[] targets, int from, int width) {");
        line("store(x, points, targets, from, width, 0);");
        line("store(y, points, targets, from, width, " + WORDS + ");");
        line("    }");
        line("");
        line(
                "    private static void store(long[] a, long[] points, int[] targets, int from, int width, int coordinate) {");
        for (int k = 0; k < WORDS; k++) {
            line(type() + " v" + k + " = " + wordOfLimbs(k, j -> load("a", at("0", j))) + ";");
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
        line("    public void difference(long[] b, int bo, long[] a, int ao, long[] z, int zo) {");
        for (int j = 0; j < LIMBS; j++) {
            String value = add(load("b", at("bo", j)), broadcast("SIXTEEN[" + j + "]"));
            line(store(sub(value, load("a", at("ao", j))), "z", at("zo", j)));
        }
        line("    }");
    }

    private void subtractBoth() {
        line("");
        line("    @Override");
        line("    public void subtractBoth(long[] a, long[] b, int bo, long[] o, int oo, long[] z) {");
        reduced(
                j -> sub(
                        sub(add(load("a", at("0", j)), broadcast("EIGHT[" + j + "]")), load("b", at("bo", j))),
                        load("o", at("oo", j))),
                "z",
                "0");
        line("    }");
    }

    private void subtractFrom() {
        line("");
        line("    @Override");
        line("    public void subtractFrom(long[] a, int ao, long[] b, long[] z) {");
        for (int j = 0; j < LIMBS; j++) {
            String value = add(load("a", at("ao", j)), broadcast("FOUR[" + j + "]"));
            line(store(sub(value, load("b", at("0", j))), "z", at("0", j)));
        }
        line("    }");
    }

    private void subtract() {
        line("");
        line("    @Override");
        line("    public void subtract(long[] a, long[] b, int bo) {");
        reduced(
                j -> sub(add(load("a", at("0", j)), broadcast("SIXTEEN[" + j + "]")), load("b", at("bo", j))),
                "a",
                "0");
        line("    }");
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
        String top = low(shift("t" + (LIMBS - 1), "LSHR", ">>>", TOP_BITS));
        String quotient = mul(top, low(broadcast("QUOTIENT")));
        line(type() + " m = " + low(shift(quotient, "LSHR", ">>>", QUOTIENT_BITS)) + ";");
        line("c = " + zero() + ";");
        for (int j = 0; j < LIMBS; j++) {
            String lower = mul("m", low(broadcast("P_LOW[" + j + "]")));
            String upper = shift(mul("m", low(broadcast("P_HIGH[" + j + "]"))), "LSHL", "<<", HALF_BITS);
            line("t" + j + " = " + add(sub(sub("t" + j, lower), upper), "c") + ";");
            if (j < LIMBS - 1) {
                line("c = " + ashr("t" + j) + ";");
                line("t" + j + " = " + and("t" + j, "M") + ";");
            }
            line(store("t" + j, array, at(index, j)));
        }
    }
}
