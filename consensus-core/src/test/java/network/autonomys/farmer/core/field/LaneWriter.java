package network.autonomys.farmer.core.field;

import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Writes arithmetic on limbs as source text, for the lanes of a vector of longs or, with one lane, for plain longs. */
public class LaneWriter {
    /** Lanes of the kernel being written. */
    protected final int lanes;

    private final int limbs;
    private final int bits;
    private final StringBuilder out = new StringBuilder();

    /** A writer for elements of so many limbs with so many bits each. */
    protected LaneWriter(int lanes, int limbs, int bits) {
        this.lanes = lanes;
        this.limbs = limbs;
        this.bits = bits;
    }

    /** What has been written. */
    protected final String text() {
        return out.toString();
    }

    protected final boolean vector() {
        return lanes > 1;
    }

    protected final String type() {
        return vector() ? "LongVector" : "long";
    }

    protected final String load(String array, String index) {
        return vector() ? "LongVector.fromArray(S, " + array + ", " + index + ")" : array + "[" + index + "]";
    }

    protected final String store(String value, String array, String index) {
        return vector()
                ? value + ".intoArray(" + array + ", " + index + ");"
                : array + "[" + index + "] = " + value + ";";
    }

    protected final String broadcast(String value) {
        return vector() ? "LongVector.broadcast(S, " + value + ")" : value;
    }

    protected final String zero() {
        return vector() ? "LongVector.zero(S)" : "0L";
    }

    protected final String op(String a, String name, String sign, String b) {
        return vector() ? a + "." + name + "(" + b + ")" : "(" + a + " " + sign + " " + b + ")";
    }

    protected final String add(String a, String b) {
        return op(a, "add", "+", b);
    }

    protected final String sub(String a, String b) {
        return op(a, "sub", "-", b);
    }

    protected final String mul(String a, String b) {
        return op(a, "mul", "*", b);
    }

    protected final String and(String a, String b) {
        return op(a, "and", "&", b);
    }

    protected final String shift(String a, String vectorName, String sign, int bits) {
        return vector()
                ? a + ".lanewise(VectorOperators." + vectorName + ", " + bits + ")"
                : "(" + a + " " + sign + " " + bits + ")";
    }

    protected final String lshr(String a) {
        return shift(a, "LSHR", ">>>", bits);
    }

    protected final String ashr(String a) {
        return shift(a, "ASHR", ">>", bits);
    }

    /** Only the low 32 bits count: lets the compiler use the 32-bit multiplication. */
    protected final String low(String a) {
        return vector() ? and(a, "U") : a;
    }

    protected final void line(String text) {
        out.append(text).append('\n');
    }

    protected final void each(IntFunction<String> text) {
        for (int j = 0; j < limbs; j++) {
            line(text.apply(j));
        }
    }

    protected final String at(String base, int limb) {
        return limb == 0 ? base : base + " + " + limb * lanes;
    }

    protected static String table(String name, long[] values) {
        return "    private static final long[] " + name + " = {"
                + LongStream.of(values).mapToObj(v -> v + "L").collect(Collectors.joining(", ")) + "};";
    }
}
