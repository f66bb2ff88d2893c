package network.autonomys.farmer.core.hash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes the kernels of the package {@code hash.generated}: BLAKE3 of 8 and of 16 inputs at once, one in each lane of a vector. They are generated because HotSpot
 * only keeps vectors in registers where operations stand in place, in one method of limited size.
 *
 * <p>The main method's argument is the folder of the package.
 */
public final class Blake3KernelGenerator {
    static final List<Integer> LANES = List.of(8, 16);

    private static final int ROUNDS = 7;
    /** Rounds in the first of the two methods for items. */
    private static final int ITEM_SPLIT = 4;

    private static final String STEP = "        ";
    private static final String STEP_IN_LOOP = "            ";

    /** The state words of the eight mixing steps of a round. */
    private static final int[][] STEPS = {
        {0, 4, 8, 12},
        {1, 5, 9, 13},
        {2, 6, 10, 14},
        {3, 7, 11, 15},
        {0, 5, 10, 15},
        {1, 6, 11, 12},
        {2, 7, 8, 13},
        {3, 4, 9, 14}
    };

    private final int lanes;
    private final StringBuilder out = new StringBuilder();

    private Blake3KernelGenerator(int lanes) {
        this.lanes = lanes;
    }

    /** Rewrites the sources. */
    public static void main(String[] args) throws IOException {
        for (int lanes : LANES) {
            Files.writeString(Path.of(args[0], fileName(lanes)), source(lanes));
        }
    }

    static String fileName(int lanes) {
        return "Blake3Kernel" + lanes + ".java";
    }

    /** The source of the kernel with so many lanes. */
    static String source(int lanes) {
        return new Blake3KernelGenerator(lanes).generate();
    }

    @SuppressWarnings("AnnotateFormatMethod") // Only this class calls it.
    private void line(String text, Object... args) {
        out.append(args.length == 0 ? text : String.format(text, args)).append('\n');
    }

    private String generate() {
        int bits = 32 * lanes;
        line("package network.autonomys.farmer.core.hash.generated;");
        line("");
        line("import jdk.incubator.vector.ByteVector;");
        line("import jdk.incubator.vector.IntVector;");
        line("import jdk.incubator.vector.VectorOperators;");
        line("import jdk.incubator.vector.VectorSpecies;");
        line("import network.autonomys.farmer.core.hash.Blake3Kernel;");
        line("");
        line("/** BLAKE3 of %d inputs at once; written by Blake3KernelGenerator. */", lanes);
        line("public final class Blake3Kernel%d extends Blake3Kernel {", lanes);
        line("    private static final VectorSpecies<Integer> S = IntVector.SPECIES_%d;", bits);
        line("    private static final VectorSpecies<Byte> B = ByteVector.SPECIES_%d;", bits);
        line("    /** Where the message words of each step stand, for all rounds. */");
        line(
                "    private static final int[] SCHEDULE = {%s};",
                IntStream.range(0, 112)
                        .map(i -> Blake3Compression.schedule()[i] * lanes)
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining(", ")));
        for (int distance = lanes / 2; distance > 0; distance /= 2) {
            int d = distance;
            line(
                    "    private static final IntVector LOW%d = IntVector.fromArray(S, new int[] {%s}, 0);",
                    d, lanesOf(c -> (c & d) == 0 ? c : lanes + c - d));
            line(
                    "    private static final IntVector HIGH%d = IntVector.fromArray(S, new int[] {%s}, 0);",
                    d, lanesOf(c -> (c & d) == 0 ? c + d : lanes + c));
        }
        line("");
        line("    @Override");
        line("    public int lanes() {");
        line("        return %d;", lanes);
        line("    }");
        line("");
        line("    @Override");
        line("    protected void transpose(byte[] data, int offset, int stride, int last, int[] m, int upper) {");
        if (lanes == 16) {
            transpose("");
        } else {
            transposeCall();
        }
        line("    }");
        if (lanes == 8) {
            line("");
            line(
                    "    private static void transposeHalf(byte[] data, int offset, int stride, int last, int[] m, int at) {");
            transpose("at + ");
            line("    }");
        }
        line("");
        line("    @Override");
        line("    protected void compress(int[] state, int[] m, int at, int[] counters, int length, int flags) {");
        compress();
        line("    }");
        line("");
        line("    @Override");
        line("    protected void compressItems(int[] key, int[] m, int at, int flags, int[] state) {");
        line("        firstRounds(key, m, at, flags, state);");
        line("        lastRounds(m, at, state);");
        line("    }");
        line("");
        line("    private static void firstRounds(int[] key, int[] m, int at, int flags, int[] state) {");
        firstRounds();
        line("    }");
        line("");
        line("    private static void lastRounds(int[] m, int at, int[] state) {");
        lastRounds();
        line("    }");
        line("}");
        return out.toString();
    }

    private String lanesOf(IntUnaryOperator index) {
        return IntStream.range(0, lanes).map(index).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    }

    private void transposeCall() {
        line("        transposeHalf(data, offset, stride, last, m, 0);");
        line("        transposeHalf(data, offset + 32, stride, last, m, upper * 8);");
    }

    /** Rows of a square become its columns: halves of pairs of rows change places, at half the size each time. */
    private void transpose(String base) {
        for (int i = 0; i < lanes; i++) {
            line(
                    "        IntVector r%d = ByteVector.fromArray(B, data, offset + Math.min(%d, last) * stride).reinterpretAsInts();",
                    i, i);
        }
        line("        IntVector t;");
        for (int distance = lanes / 2; distance > 0; distance /= 2) {
            for (int i = 0; i < lanes; i++) {
                if ((i & distance) == 0) {
                    int j = i + distance;
                    line("        t = LOW%d.selectFrom(r%d, r%d);", distance, i, j);
                    line("        r%d = HIGH%d.selectFrom(r%d, r%d);", j, distance, i, j);
                    line("        r%d = t;", i);
                }
            }
        }
        for (int i = 0; i < lanes; i++) {
            if (lanes == 16 && i >= 8) {
                line("        r%d.intoArray(m, (upper + %d) * 16);", i, i - 8);
            } else {
                line("        r%d.intoArray(m, %s%d);", i, base, i * lanes);
            }
        }
    }

    private void compress() {
        for (int i = 0; i < 8; i++) {
            line("        IntVector v%d = IntVector.fromArray(S, state, %d);", i, i * lanes);
        }
        for (int i = 0; i < 4; i++) {
            line("        IntVector v%d = IntVector.broadcast(S, 0x%08X);", 8 + i, Blake3Compression.iv()[i]);
        }
        line("        IntVector v12 = IntVector.fromArray(S, counters, 0);");
        line("        IntVector v13 = IntVector.fromArray(S, counters, %d);", lanes);
        line("        IntVector v14 = IntVector.broadcast(S, length);");
        line("        IntVector v15 = IntVector.broadcast(S, flags);");
        line("        for (int r = 0; r < 112; r += 16) {");
        for (int i = 0; i < STEPS.length; i++) {
            half(STEP_IN_LOOP, STEPS[i], scheduled(2 * i), 16, 12);
            half(STEP_IN_LOOP, STEPS[i], scheduled(2 * i + 1), 8, 7);
        }
        line("        }");
        for (int i = 0; i < 8; i++) {
            line("        v%d.lanewise(VectorOperators.XOR, v%d).intoArray(state, %d);", i, i + 8, i * lanes);
        }
    }

    /**
     * The rounds of items one after the other, without the message words that are zero. In two methods, since the first compiler gives up a method of seven thousand bytes, and the second
     * one does then not begin with it.
     */
    private void firstRounds() {
        messageWords();
        for (int i = 0; i < 8; i++) {
            line("        IntVector v%d = IntVector.broadcast(S, key[%d]);", i, i);
        }
        for (int i = 0; i < 4; i++) {
            line("        IntVector v%d = IntVector.broadcast(S, 0x%08X);", 8 + i, Blake3Compression.iv()[i]);
        }
        line("        IntVector v12 = IntVector.zero(S);");
        line("        IntVector v13 = v12;");
        line("        IntVector v14 = IntVector.broadcast(S, 32);");
        line("        IntVector v15 = IntVector.broadcast(S, flags);");
        rounds(0, ITEM_SPLIT);
        for (int i = 0; i < 16; i++) {
            line("        v%d.intoArray(state, %d);", i, i * lanes);
        }
    }

    /** What of the last round the first two words do not need is left out by the compiler. */
    private void lastRounds() {
        messageWords();
        for (int i = 0; i < 16; i++) {
            line("        IntVector v%d = IntVector.fromArray(S, state, %d);", i, i * lanes);
        }
        rounds(ITEM_SPLIT, ROUNDS);
        line("        v0.lanewise(VectorOperators.XOR, v8).intoArray(state, 0);");
        line("        v1.lanewise(VectorOperators.XOR, v9).intoArray(state, %d);", lanes);
    }

    private void messageWords() {
        for (int i = 0; i < 8; i++) {
            line("        IntVector m%d = IntVector.fromArray(S, m, at + %d);", i, i * lanes);
        }
    }

    private void rounds(int from, int to) {
        for (int r = 16 * from; r < 16 * to; r += 16) {
            for (int i = 0; i < STEPS.length; i++) {
                half(STEP, STEPS[i], word(r + 2 * i), 16, 12);
                half(STEP, STEPS[i], word(r + 2 * i + 1), 8, 7);
            }
        }
    }

    /** A message word out of memory, by its number in the round at hand. */
    private static String scheduled(int number) {
        return ".add(IntVector.fromArray(S, m, at + SCHEDULE[r + " + number + "]))";
    }

    /** A message word of an item, by its number in all rounds; nothing where it is zero. */
    private static String word(int number) {
        int word = Blake3Compression.schedule()[number];
        return word < 8 ? ".add(m" + word + ")" : "";
    }

    /** Half of a mixing step; {@code message} is what is added to it of the message, as source. */
    private void half(String indent, int[] s, String message, int first, int second) {
        line("%sv%d = v%d.add(v%d)%s;", indent, s[0], s[0], s[1], message);
        rotate(indent, s[3], s[0], first);
        line("%sv%d = v%d.add(v%d);", indent, s[2], s[2], s[3]);
        rotate(indent, s[1], s[2], second);
    }

    private void rotate(String indent, int target, int with, int bits) {
        line(
                "%sv%d = v%d.lanewise(VectorOperators.XOR, v%d).lanewise(VectorOperators.ROR, %d);",
                indent, target, target, with, bits);
    }
}
