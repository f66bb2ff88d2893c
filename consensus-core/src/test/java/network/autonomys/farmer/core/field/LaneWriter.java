package network.autonomys.farmer.core.field;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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

    protected final String or(String a, String b) {
        return op(a, "or", "|", b);
    }

    protected final String shl(String a, int bits) {
        return shift(a, "LSHL", "<<", bits);
    }

    protected final String shr(String a, int bits) {
        return shift(a, "LSHR", ">>>", bits);
    }

    /** Limb j of a number in words of 64 bits. */
    protected final String limbOfWords(List<String> words, int j) {
        int bit = j * bits % 64;
        int word = j * bits / 64;
        String limb = bit == 0 ? words.get(word) : shr(words.get(word), bit);
        if (bit + bits > 64 && word + 1 < words.size()) {
            limb = or(limb, shl(words.get(word + 1), 64 - bit));
        }
        return j < limbs - 1 ? and(limb, "M") : limb;
    }

    /** Word i of a number whose limbs have no bits above their own. */
    protected final String wordOfLimbs(int i, IntFunction<String> limb) {
        String word = "";
        for (int j = 64 * i / bits; j < limbs && j * bits < 64 * (i + 1); j++) {
            int bit = j * bits - 64 * i;
            String value = limb.apply(j);
            String part = bit == 0 ? value : bit > 0 ? shl(value, bit) : shr(value, -bit);
            word = word.isEmpty() ? part : or(word, part);
        }
        return word;
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

    /** t = t + x · b, limb by limb; nothing has come to the highest yet. */
    protected final void summands() {
        for (int j = 0; j < limbs - 1; j++) {
            line("t" + j + " = " + add("t" + j, mul("x", "b" + j)) + ";");
        }
        line("t" + (limbs - 1) + " = " + mul("x", "b" + (limbs - 1)) + ";");
    }

    /** The constants for {@link #transpose}. */
    protected final void transposition() {
        for (int distance = 1; distance < lanes; distance *= 2) {
            long upper = 0;
            for (int lane = 0; lane < lanes; lane++) {
                upper |= (lane & distance) == 0 ? 0 : 1L << lane;
            }
            line("    private static final VectorShuffle<Long> SWAP" + distance
                    + " = VectorShuffle.fromOp(S, lane -> lane ^ " + distance + ");");
            line("    private static final VectorMask<Long> UPPER" + distance + " = VectorMask.fromLong(S, " + upper
                    + "L);");
        }
    }

    /**
     * The names of the vectors that hold a square matrix turned over its diagonal; empty for those not wanted. Where there are fewer rows than lanes, neighbouring lanes
     * of all rows are a square each.
     */
    protected final List<String> transpose(List<String> rows, int wanted, String prefix) {
        List<String> from = rows;
        int size = rows.size();
        int name = 0;
        for (int distance = size / 2; distance > 0; distance /= 2) {
            List<String> to = new ArrayList<>(Collections.nCopies(size, ""));
            for (int i = 0; i < size; i++) {
                if ((i & distance) != 0 || (distance == 1 && i >= wanted)) {
                    continue;
                }
                String x = from.get(i);
                String y = from.get(i + distance);
                to.set(i, prefix + name++);
                line("LongVector " + to.get(i) + " = " + x + ".blend(" + y + ".rearrange(SWAP" + distance + "), UPPER"
                        + distance + ");");
                if (distance > 1 || i + 1 < wanted) {
                    to.set(i + distance, prefix + name++);
                    line("LongVector " + to.get(i + distance) + " = " + x + ".rearrange(SWAP" + distance + ").blend("
                            + y + ", UPPER" + distance + ");");
                }
            }
            from = to;
        }
        return from;
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
