package network.autonomys.farmer.core.field;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the kernels for residues of the package {@code generated}, for 8 and 4 lanes of a vector and for plain numbers.
 *
 * <p>The main method's argument is the folder of the package.
 */
public final class ResidueGenerator extends LaneWriter {
    private static final String PARAMETERS = "long prime, long inverse";

    private ResidueGenerator(int lanes) {
        super(lanes, 1, ResidueKernel.SHIFT);
    }

    /** Rewrites the sources. */
    public static void main(String[] args) throws IOException {
        for (int lanes : KernelGenerator.LANES) {
            Files.writeString(Path.of(args[0], fileName(lanes)), source(lanes));
        }
    }

    static String fileName(int lanes) {
        return "ResidueKernel" + lanes + ".java";
    }

    /** The source of the kernel with so many lanes. */
    static String source(int lanes) {
        return new ResidueGenerator(lanes).generate();
    }

    private String generate() {
        line("package network.autonomys.farmer.core.field.generated;");
        line("");
        if (vector()) {
            line("import jdk.incubator.vector.LongVector;");
            line("import jdk.incubator.vector.VectorOperators;");
            line("import jdk.incubator.vector.VectorSpecies;");
        }
        line("import network.autonomys.farmer.core.field.ResidueKernel;");
        line("");
        line("/** Convolution modulo a small prime, " + lanes + " element" + (vector() ? "s" : "")
                + " at a time; written by ResidueGenerator. */");
        line("public final class ResidueKernel" + lanes + " extends ResidueKernel {");
        if (vector()) {
            line("    private static final VectorSpecies<Long> S = LongVector.SPECIES_" + lanes * 64 + ";");
        }
        line("    private static final long U = 0xffffffffL;");
        line("");
        line("    @Override");
        line("    public int lanes() {");
        line("        return " + lanes + ";");
        line("    }");
        toReversed();
        fromReversed();
        multiply();
        finish();
        line("}");
        return text();
    }

    private void constants(boolean padded) {
        line(type() + " p = " + and(broadcast("prime"), "U") + ";");
        line(type() + " n = " + and(broadcast("inverse"), "U") + ";");
        if (padded) {
            line(type() + " pad = " + broadcast("2 * prime") + ";");
        }
    }

    private void factor(String name, String value) {
        line(type() + " " + name + " = " + and(broadcast(value), "U") + ";");
    }

    private void value(String name, String index) {
        line(type() + " " + name + " = " + load("a", index) + ";");
    }

    /** Declares name = x · factor / 2^32, below 2p. */
    private void product(String name, String x, String factor) {
        line(type() + " " + name + " = " + mul(low(x), factor) + ";");
        reduce(name);
    }

    private void reduce(String name) {
        String quotient = and(mul(vector() ? and(name, "U") : name, "n"), "U");
        line(name + " = " + lshr(add(name, mul(quotient, "p"))) + ";");
    }

    private String minus(String x, String y) {
        return sub(add(x, "pad"), y);
    }

    /** The layer without a multiplication that is left where the number of layers is odd: distance in longs, step from pair to pair. */
    private void plainLayer(String count, String distance, String step) {
        line("if (logSize % 2 == 1) {");
        line("for (int k = 0; k < " + count + "; k += " + step + ") {");
        value("x", "k");
        value("y", "k + " + distance);
        line(store(add("x", "y"), "a", "k"));
        line(store(minus("x", "y"), "a", "k + " + distance));
        line("}");
        line("}");
    }

    private void toReversed() {
        line("");
        line("    @Override");
        line("    public void toReversed(long[] a, int logSize, long[] roots, " + PARAMETERS + ") {");
        constants(true);
        line("int size = " + lanes + " << logSize;");
        plainLayer("size / 2", "size / 2", Integer.toString(lanes));
        line("for (int quarter = size >> (2 + logSize % 2); quarter >= " + lanes + "; quarter /= 4) {");
        line("for (int node = 0; node < size / 4 / quarter; node++) {");
        factor("w", "roots[node]");
        factor("w0", "roots[2 * node]");
        factor("w1", "roots[2 * node + 1]");
        line("int from = 4 * quarter * node;");
        line("for (int k = from; k < from + quarter; k += " + lanes + ") {");
        for (int i = 0; i < 4; i++) {
            value("x" + i, at(i));
        }
        product("t2", "x2", "w");
        product("t3", "x3", "w");
        line("x2 = " + minus("x0", "t2") + ";");
        line("x0 = " + add("x0", "t2") + ";");
        line("x3 = " + minus("x1", "t3") + ";");
        line("x1 = " + add("x1", "t3") + ";");
        product("s1", "x1", "w0");
        product("s3", "x3", "w1");
        line(store(add("x0", "s1"), "a", at(0)));
        line(store(minus("x0", "s1"), "a", at(1)));
        line(store(add("x2", "s3"), "a", at(2)));
        line(store(minus("x2", "s3"), "a", at(3)));
        line("}");
        line("}");
        line("}");
        line("    }");
    }

    private static String at(int quarters) {
        return switch (quarters) {
            case 0 -> "k";
            case 1 -> "k + quarter";
            default -> "k + " + quarters + " * quarter";
        };
    }

    private void fromReversed() {
        line("");
        line("    @Override");
        line("    public void fromReversed(long[] a, int logSize, long[] powers, " + PARAMETERS + ") {");
        constants(true);
        line("int size = " + lanes + " << logSize;");
        plainLayer("size", Integer.toString(lanes), Integer.toString(2 * lanes));
        line("for (int quarter = " + lanes + " << (logSize % 2); quarter < size; quarter *= 4) {");
        line("int step = size / 4 / quarter;");
        line("for (int from = 0; from < size; from += 4 * quarter) {");
        line("int power = 0;");
        line("for (int k = from; k < from + quarter; k += " + lanes + ") {");
        factor("w", "powers[2 * power]");
        factor("w0", "powers[power]");
        factor("w1", "powers[power + " + "(1 << (logSize - 2))]");
        line("power += step;");
        for (int i = 0; i < 4; i++) {
            value("x" + i, at(i));
        }
        product("t1", "x1", "w");
        product("t3", "x3", "w");
        line("x1 = " + minus("x0", "t1") + ";");
        line("x0 = " + add("x0", "t1") + ";");
        line("x3 = " + minus("x2", "t3") + ";");
        line("x2 = " + add("x2", "t3") + ";");
        product("s2", "x2", "w0");
        product("s3", "x3", "w1");
        line(store(add("x0", "s2"), "a", at(0)));
        line(store(minus("x0", "s2"), "a", at(2)));
        line(store(add("x1", "s3"), "a", at(1)));
        line(store(minus("x1", "s3"), "a", at(3)));
        line("}");
        line("}");
        line("}");
        line("    }");
    }

    private void multiply() {
        line("");
        line("    @Override");
        line("    public void multiply(long[] a, int blocks, long[] factors, " + PARAMETERS + ", long unit) {");
        constants(false);
        factor("one", "unit");
        line("for (int k = 0; k < " + lanes + " * blocks; k += " + lanes + ") {");
        value("x", "k");
        product("t", "x", "one");
        line(store("t", "a", "k"));
        for (int lane = 0; lane < lanes; lane++) {
            String index = lane == 0 ? "k" : "k + " + lane;
            String term = mul(
                    and(broadcast("a[" + index + "]"), "U"), and(load("factors", "2 * k + " + (lanes - lane)), "U"));
            line((lane == 0 ? type() + " s = " + term : "s = " + add("s", term)) + ";");
        }
        reduce("s");
        line(store("s", "a", "k"));
        line("}");
        line("    }");
    }

    private void finish() {
        line("");
        line("    @Override");
        line("    public void finish(long[] a, int blocks, " + PARAMETERS + ", long unit, long share, long[] sums) {");
        constants(false);
        factor("one", "unit");
        factor("part", "share");
        line("for (int k = 0; k < " + lanes + " * blocks; k += " + lanes + ") {");
        value("x", "k");
        product("t", "x", "one");
        line("t = " + sub("t", "p") + ";");
        line("t = " + add("t", op("p", "and", "&", shift("t", "ASHR", ">>", 63))) + ";");
        line(store("t", "a", "k"));
        line(store(add(load("sums", "k"), mul(and("t", "U"), "part")), "sums", "k"));
        line("}");
        line("    }");
    }
}
