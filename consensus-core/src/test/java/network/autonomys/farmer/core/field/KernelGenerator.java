package network.autonomys.farmer.core.field;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Writes the kernels of the package {@code generated}: the same arithmetic for 8 and 4 lanes of a vector and for plain numbers. They are
 * generated because HotSpot only keeps vectors in registers where operations stand in place, in one method of limited size.
 *
 * <p>The main method's argument is the folder of the package.
 */
public final class KernelGenerator extends LaneWriter {
    static final List<Integer> LANES = List.of(1, 4, 8);

    private static final int LIMBS = LaneKernel.LIMBS;
    private static final long MASK = (1L << LaneKernel.LIMB_BITS) - 1;

    /** The names of a number's words, the least significant first. */
    private static final List<String> WORDS = List.of("w0", "w1", "w2", "w3");

    private KernelGenerator(int lanes) {
        super(lanes, LIMBS, LaneKernel.LIMB_BITS);
    }

    /** Rewrites the sources. */
    public static void main(String[] args) throws IOException {
        for (int lanes : LANES) {
            Files.writeString(Path.of(args[0], fileName(lanes)), source(lanes));
        }
    }

    static String fileName(int lanes) {
        return "LaneKernel" + lanes + ".java";
    }

    /** The source of the kernel with so many lanes. */
    static String source(int lanes) {
        return new KernelGenerator(lanes).generate();
    }

    private String generate() {
        line("package network.autonomys.farmer.core.field.generated;");
        line("");
        if (vector()) {
            line("import jdk.incubator.vector.LongVector;");
            line("import jdk.incubator.vector.VectorMask;");
            line("import jdk.incubator.vector.VectorOperators;");
            line("import jdk.incubator.vector.VectorShuffle;");
            line("import jdk.incubator.vector.VectorSpecies;");
        }
        line("import network.autonomys.farmer.core.field.LaneKernel;");
        line("");
        line("/** Field arithmetic, " + lanes + " element" + (vector() ? "s" : "")
                + " at a time; written by KernelGenerator. */");
        line("public final class LaneKernel" + lanes + " extends LaneKernel {");
        if (vector()) {
            line("    private static final VectorSpecies<Long> S = LongVector.SPECIES_" + lanes * 64 + ";");
            line("    private static final VectorSpecies<Long> SCALAR = LongVector.SPECIES_" + Fr.WORDS * 64 + ";");
            line("    private static final long U = 0xffffffffL;");
            transposition();
        }
        line("    private static final long M = " + MASK + "L;");
        line("    /** floor(2^52 / (floor(r / 2^232) + 1)). */");
        line("    private static final long QUOTIENT = " + (1L << 52) / (LaneKernel.limbs(Fr.MODULUS)[8] + 1) + "L;");
        line("    /** The modulus. */");
        line(table("Q", LaneKernel.limbs(Fr.MODULUS)));
        line("    /** 4r with limbs so large that a tight value is subtracted without borrowing. */");
        line(table("PAD", LaneKernel.padded(Fr.MODULUS.shiftLeft(2))));
        line("    /** 4r, 8r, 16r. */");
        line(table(
                "PADS",
                IntStream.range(2, 5)
                        .boxed()
                        .flatMapToLong(i -> LongStream.of(LaneKernel.limbs(Fr.MODULUS.shiftLeft(i))))
                        .toArray()));
        line("");
        line("    @Override");
        line("    public int lanes() {");
        line("        return " + lanes + ";");
        line("    }");
        transforms();
        butterfly("butterfly", false);
        butterfly("carryingButterfly", true);
        plainButterfly();
        multiply();
        lookUp();
        multiplyWords();
        scaleEach();
        reduce();
        turn();
        unpack();
        pack();
        line("}");
        return text();
    }

    private void transforms() {
        int block = LIMBS * lanes;
        line("""

                    private static final int CARRYING = -1;
                    private static final int LAZY = -2;

                    @Override
                    public void toReversed(long[] a, int offset, int logSize, long[] roots) {
                        toReversed(a, offset, logSize, roots, 0, 0);
                    }

                    /** Two layers at a time, and then each quarter to its end: what is at hand is worked on while it is near. */
                    private static void toReversed(long[] a, int offset, int logSize, long[] roots, int node, int layer) {
                        if (logSize == 0) {
                            return;
                        }
                        int lazy = layer % 3 == 2 ? CARRYING : LAZY;
                        int kind = node == 0 && layer < 3 ? 9 * layer : lazy;
                        if (logSize == 1) {
                            butterfly(kind, a, offset, offset + BLOCK, roots, 9 * node);
                            return;
                        }
                        int quarter = BLOCK << (logSize - 2);
                        int nextLazy = layer % 3 == 1 ? CARRYING : LAZY;
                        int next = node == 0 && layer < 2 ? 9 * (layer + 1) : nextLazy;
                        for (int k = offset; k < offset + quarter; k += BLOCK) {
                            butterfly(kind, a, k, k + 2 * quarter, roots, 9 * node);
                            butterfly(kind, a, k + quarter, k + 3 * quarter, roots, 9 * node);
                            butterfly(next, a, k, k + quarter, roots, 18 * node);
                            butterfly(nextLazy, a, k + 2 * quarter, k + 3 * quarter, roots, 18 * node + 9);
                        }
                        for (int i = 0; i < 4; i++) {
                            toReversed(a, offset + i * quarter, logSize - 2, roots, 4 * node + i, layer + 2);
                        }
                    }

                    @Override
                    public void fromReversed(long[] a, int offset, int logSize, long[] powers, int logOrder) {
                        if (logSize == 0) {
                            return;
                        }
                        if (logSize == 1) {
                            plainButterfly(a, offset, offset + BLOCK, 0);
                            return;
                        }
                        int quarter = BLOCK << (logSize - 2);
                        for (int i = 0; i < 4; i++) {
                            fromReversed(a, offset + i * quarter, logSize - 2, powers, logOrder);
                        }
                        int layer = logSize - 2;
                        int lazy = layer % 3 == 2 ? CARRYING : LAZY;
                        int nextLazy = layer % 3 == 1 ? CARRYING : LAZY;
                        int kind = layer < 3 ? 9 * layer : lazy;
                        int next = layer < 2 ? 9 * (layer + 1) : nextLazy;
                        int step = 9 << (logOrder - 1 - layer);
                        int middle = 9 << (logOrder - 2);
                        int power = 0;
                        for (int k = offset; k < offset + quarter; k += BLOCK) {
                            butterfly(kind, a, k, k + quarter, powers, power);
                            butterfly(kind, a, k + 2 * quarter, k + 3 * quarter, powers, power);
                            butterfly(next, a, k, k + 2 * quarter, powers, power / 2);
                            butterfly(nextLazy, a, k + quarter, k + 3 * quarter, powers, middle + power / 2);
                            kind = lazy;
                            next = nextLazy;
                            power += step;
                        }
                    }

                    private static void butterfly(int kind, long[] a, int u, int v, long[] w, int wo) {
                        if (kind == LAZY) {
                            butterfly(a, u, v, w, wo);
                        } else if (kind == CARRYING) {
                            carryingButterfly(a, u, v, w, wo);
                        } else {
                            plainButterfly(a, u, v, kind);
                        }
                    }
                """.replace("BLOCK", Integer.toString(block)).stripTrailing());
    }

    /** Declares b0..b8 (one operand) and the modulus q1..q8 in registers. */
    private void operand(IntFunction<String> limb) {
        each(j -> type() + " b" + j + " = " + low(limb.apply(j)) + ";");
        for (int j = 1; j < LIMBS; j++) {
            line(type() + " q" + j + " = " + low(broadcast("Q[" + j + "]")) + ";");
        }
    }

    /** t0..t8 = the other operand, limb by limb from x, times b / R; not carried. The modulus is 1 modulo 2^29. */
    private void product(String array, String index) {
        each(j -> type() + " t" + j + " = " + zero() + ";");
        line("for (int i = 0; i < " + LIMBS * lanes + "; i += " + lanes + ") {");
        line(type() + " x = " + low(load(array, index + " + i")) + ";");
        summands();
        line(type() + " m = " + and(sub(zero(), "t0"), "M") + ";");
        line(type() + " c = " + lshr(add("t0", "m")) + ";");
        line("t0 = " + add(add("t1", mul("m", "q1")), "c") + ";");
        for (int j = 2; j < LIMBS; j++) {
            line("t" + (j - 1) + " = " + add("t" + j, mul("m", "q" + j)) + ";");
        }
        line("}");
        line("t8 = " + zero() + ";");
        line(type() + " c = " + zero() + ";");
    }

    /** Carries limb j of t. */
    private void carry(int j) {
        line("t" + j + " = " + add("t" + j, "c") + ";");
        if (j < LIMBS - 1) {
            line("c = " + lshr("t" + j) + ";");
            line("t" + j + " = " + and("t" + j, "M") + ";");
        }
    }

    private void butterfly(String name, boolean carrying) {
        line("");
        line("    /** (u, v) becomes (u + w v, u - w v). */");
        line("    private static void " + name + "(long[] a, int u, int v, long[] w, int wo) {");
        operand(j -> broadcast("w[wo" + (j == 0 ? "" : " + " + j) + "]"));
        product("a", "v");
        if (carrying) {
            line(type() + " cs = " + zero() + ";");
            line(type() + " cd = " + zero() + ";");
        }
        line(type() + " y;");
        if (carrying) {
            line(type() + " s;");
            line(type() + " d;");
        }
        for (int j = 0; j < LIMBS; j++) {
            carry(j);
            line("y = " + load("a", at("u", j)) + ";");
            String pad = broadcast("PAD[" + j + "]");
            if (!carrying) {
                line(store(add("y", "t" + j), "a", at("u", j)));
                line(store(add("y", sub(pad, "t" + j)), "a", at("v", j)));
                continue;
            }
            line("s = " + add(add("y", "t" + j), "cs") + ";");
            line("d = " + add(add("y", sub(pad, "t" + j)), "cd") + ";");
            if (j < LIMBS - 1) {
                line("cs = " + lshr("s") + ";");
                line("cd = " + lshr("d") + ";");
                line("s = " + and("s", "M") + ";");
                line("d = " + and("d", "M") + ";");
            }
            line(store("s", "a", at("u", j)));
            line(store("d", "a", at("v", j)));
        }
        line("    }");
    }

    private void plainButterfly() {
        line("");
        line("    /** (u, v) becomes (u + v, u - v + pad), carried. */");
        line("    private static void plainButterfly(long[] a, int u, int v, int pad) {");
        for (String name : List.of("x", "y", "s", "d")) {
            line(type() + " " + name + ";");
        }
        line(type() + " cs = " + zero() + ";");
        line(type() + " cd = " + zero() + ";");
        for (int j = 0; j < LIMBS; j++) {
            line("y = " + load("a", at("u", j)) + ";");
            line("x = " + load("a", at("v", j)) + ";");
            line("s = " + add(add("y", "x"), "cs") + ";");
            line("d = " + add(add(sub("y", "x"), broadcast("PADS[pad + " + j + "]")), "cd") + ";");
            if (j < LIMBS - 1) {
                line("cs = " + lshr("s") + ";");
                line("cd = " + ashr("d") + ";");
                line("s = " + and("s", "M") + ";");
                line("d = " + and("d", "M") + ";");
            }
            line(store("s", "a", at("u", j)));
            line(store("d", "a", at("v", j)));
        }
        line("    }");
    }

    private void multiply() {
        line("");
        line("    @Override");
        line("    public void multiply(long[] a, int ao, long[] b, int bo, long[] z, int zo, int blocks) {");
        line("        for (int k = 0; k < blocks * " + LIMBS * lanes + "; k += " + LIMBS * lanes + ") {");
        line("            multiply(a, ao + k, b, bo + k, z, zo + k);");
        line("        }");
        line("    }");
        line("");
        line("    private static void multiply(long[] a, int ao, long[] b, int bo, long[] z, int zo) {");
        operand(j -> load("b", at("bo", j)));
        product("a", "ao");
        storeCarried("z", "zo");
        line("    }");
    }

    private void lookUp() {
        line("");
        line("    @Override");
        line(
                "    public void lookUp(long[] table, int[] numbers, int from, int shift, int mask, long[] words, int blocks) {");
        line("        for (int k = 0; k < blocks; k++) {");
        line("            int e = from + k * " + lanes + ";");
        line("            int to = k * " + Fr.WORDS * lanes + ";");
        line("            int entry;");
        for (int lane = 0; lane < lanes; lane++) {
            line("            entry = (numbers[e + " + lane + "] >>> shift & mask) * " + Fr.WORDS + ";");
            for (int word = 0; word < Fr.WORDS; word++) {
                line("            words[to + " + (word * lanes + lane) + "] = table[entry + " + word + "];");
            }
        }
        line("        }");
        line("    }");
    }

    private void multiplyWords() {
        line("");
        line("    @Override");
        line("    public void multiplyWords(long[] a, int ao, long[] words, int wo, int blocks) {");
        line("        for (int k = 0; k < blocks; k++) {");
        line("            multiplyWords(a, ao + k * " + LIMBS * lanes + ", words, wo + k * " + Fr.WORDS * lanes + ");");
        line("        }");
        line("    }");
        line("");
        line("    private static void multiplyWords(long[] a, int ao, long[] words, int wo) {");
        for (int i = 0; i < Fr.WORDS; i++) {
            line(type() + " w" + i + " = " + load("words", at("wo", i)) + ";");
        }
        operand(j -> limbOfWords(WORDS, j));
        product("a", "ao");
        storeCarried("a", "ao");
        line("    }");
    }

    private void scaleEach() {
        line("");
        line("    @Override");
        line("    public void scaleEach(long[] a, int ao, long[] constants, int co, int step, int blocks) {");
        line("        for (int k = 0; k < blocks; k++) {");
        line("            scale(a, ao + k * " + LIMBS * lanes + ", constants, co + k * step);");
        line("        }");
        line("    }");
        line("");
        line("    private static void scale(long[] a, int ao, long[] w, int wo) {");
        operand(j -> broadcast("w[wo" + (j == 0 ? "" : " + " + j) + "]"));
        product("a", "ao");
        storeCarried("a", "ao");
        line("    }");
    }

    private void storeCarried(String array, String index) {
        for (int j = 0; j < LIMBS; j++) {
            carry(j);
            line(store("t" + j, array, at(index, j)));
        }
    }

    private void reduce() {
        line("");
        line("    @Override");
        line("    public void reduce(long[] a, int offset, int blocks) {");
        line("        for (int k = 0; k < blocks; k++) {");
        line("            reduce(a, offset + k * " + LIMBS * lanes + ");");
        line("        }");
        line("    }");
        line("");
        line(
                "    /** Carries, estimates the quotient from the ninth limb (at most one too small) and subtracts so many times r. */");
        line("    private static void reduce(long[] a, int o) {");
        line(type() + " c = " + zero() + ";");
        for (int j = 0; j < LIMBS; j++) {
            line(type() + " t" + j + " = " + load("a", at("o", j)) + ";");
            carry(j);
        }
        String quotient = mul(low("t8"), low(broadcast("QUOTIENT")));
        line(type() + " m = " + low(shift(quotient, "LSHR", ">>>", 52)) + ";");
        line("c = " + zero() + ";");
        for (int j = 0; j < LIMBS; j++) {
            line("t" + j + " = " + add(sub("t" + j, mul("m", low(broadcast("Q[" + j + "]")))), "c") + ";");
            if (j < LIMBS - 1) {
                line("c = " + ashr("t" + j) + ";");
                line("t" + j + " = " + and("t" + j, "M") + ";");
            }
            line(store("t" + j, "a", at("o", j)));
        }
        line("    }");
    }

    private void turn() {
        int block = LIMBS * lanes;
        line("");
        line("    @Override");
        line("    public void turn(long[] in, int from, long[] out, int to) {");
        line("        for (int limb = 0; limb < " + block + "; limb += " + lanes + ") {");
        List<String> rows = new ArrayList<>();
        for (int lane = 0; lane < lanes; lane++) {
            rows.add("row" + lane);
            line(type() + " row" + lane + " = " + load("in", "from + limb + " + lane * block) + ";");
        }
        List<String> columns = vector() ? transpose(rows, lanes, "s") : rows;
        for (int lane = 0; lane < lanes; lane++) {
            line(store(columns.get(lane), "out", "to + limb + " + lane * block));
        }
        line("        }");
        line("    }");
    }

    /** Loads the words of all lanes' scalars: a scalar is a row of a quarter, or half, of a vector. Gathering them lane by lane is no faster. */
    private void loadScalars() {
        if (!vector()) {
            for (int i = 0; i < Fr.WORDS; i++) {
                line("long w" + i + " = words[places[0] + from + " + (Fr.WORDS - 1 - i) + "];");
            }
            return;
        }
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < Fr.WORDS; i++) {
            line("LongVector row" + i + " = " + scalarAt(i) + ";");
            if (lanes > Fr.WORDS) {
                line("row" + i + " = row" + i + ".blend(" + scalarAt(i + Fr.WORDS) + ".rearrange(SWAP" + Fr.WORDS
                        + "), UPPER" + Fr.WORDS + ");");
            }
            rows.add("row" + i);
        }
        List<String> columns = transpose(rows, Fr.WORDS, "s");
        for (int i = 0; i < Fr.WORDS; i++) {
            line("LongVector w" + i + " = " + columns.get(Fr.WORDS - 1 - i) + ";");
        }
    }

    private String scalarAt(int lane) {
        String scalar = "LongVector.fromArray(SCALAR, words, places[" + lane + "] + from)";
        return lanes > Fr.WORDS ? "((LongVector) " + scalar + ".reinterpretShape(S, 0))" : scalar;
    }

    /** The inverse, of words w0 to w3. */
    private void storeScalars() {
        if (!vector()) {
            for (int i = 0; i < Fr.WORDS; i++) {
                line("words[places[0] + to + " + (Fr.WORDS - 1 - i) + "] = w" + i + ";");
            }
            return;
        }
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < Fr.WORDS; i++) {
            columns.add("w" + (Fr.WORDS - 1 - i));
        }
        List<String> rows = transpose(columns, Fr.WORDS, "r");
        for (int lane = 0; lane < lanes; lane++) {
            String row = rows.get(lane % Fr.WORDS) + (lane < Fr.WORDS ? "" : ".rearrange(SWAP" + Fr.WORDS + ")");
            String scalar = lanes > Fr.WORDS ? "((LongVector) " + row + ".reinterpretShape(SCALAR, 0))" : row;
            line(scalar + ".intoArray(words, places[" + lane + "] + to);");
        }
    }

    private void unpack() {
        line("");
        line("    @Override");
        line("    public boolean unpack(long[] words, int from, int[] places, long[] a, int o) {");
        loadScalars();
        for (int j = 0; j < LIMBS; j++) {
            line(store(limbOfWords(WORDS, j), "a", at("o", j)));
        }
        line("        return "
                + (vector()
                        ? "w3.compare(VectorOperators.ULT, " + Fr.Q3 + "L).allTrue();"
                        : "Long.compareUnsigned(w3, " + Fr.Q3 + "L) < 0;"));
        line("    }");
    }

    private void pack() {
        line("");
        line("    @Override");
        line("    public void pack(long[] a, int o, long[] words, int to, int[] places) {");
        line("reduce(a, o);");
        line(type() + " c = " + zero() + ";");
        for (int j = 0; j < LIMBS; j++) {
            line(type() + " t" + j + " = " + load("a", at("o", j)) + ";");
            line(type() + " s" + j + " = " + add(sub("t" + j, broadcast("Q[" + j + "]")), "c") + ";");
            if (j < LIMBS - 1) {
                line("c = " + ashr("s" + j) + ";");
                line("s" + j + " = " + and("s" + j, "M") + ";");
            }
        }
        // All ones where the value is below r already.
        line(type() + " keep = " + shift("s" + (LIMBS - 1), "ASHR", ">>", 63) + ";");
        for (int j = 0; j < LIMBS; j++) {
            line("t" + j + " = "
                    + or(
                            and("t" + j, "keep"),
                            vector() ? "s" + j + ".lanewise(VectorOperators.AND_NOT, keep)" : "(s" + j + " & ~keep)")
                    + ";");
        }
        for (int i = 0; i < Fr.WORDS; i++) {
            line(type() + " w" + i + " = " + wordOfLimbs(i, j -> "t" + j) + ";");
        }
        storeScalars();
        line("    }");
    }
}
