package network.autonomys.farmer.nodeproxy.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.testkit.VectorCase;
import network.autonomys.farmer.testkit.VectorSuite;
import network.autonomys.farmer.testkit.Vectors;
import org.junit.jupiter.api.Test;

class NodeTypesTest {
    /** How a type is read and written, and its SCALE form where the vectors give one. */
    private record Codec<T>(Function<Json, T> read, Function<T, Json> write, boolean scale) {
        String canonical(byte[] text) {
            return write.apply(read.apply(JsonReader.parse(text))).toText();
        }

        byte[] scale(byte[] text) {
            return ((ScaleEncodable) read.apply(JsonReader.parse(text))).encode();
        }
    }

    private static final String LETTERS = "{}[]\",:0123456789-+.eEtfn\\u \n";

    private static final Map<String, Codec<?>> CODECS = Map.ofEntries(
            Map.entry("FarmerAppInfo", new Codec<>(NodeTypes::farmerAppInfo, NodeTypes::json, true)),
            Map.entry("SlotInfo", new Codec<>(NodeTypes::slotInfo, NodeTypes::json, true)),
            Map.entry("SolutionResponse", new Codec<>(NodeTypes::solutionResponse, NodeTypes::json, true)),
            Map.entry("RewardSigningInfo", new Codec<>(NodeTypes::rewardSigningInfo, NodeTypes::json, true)),
            Map.entry(
                    "RewardSignatureResponse", new Codec<>(NodeTypes::rewardSignatureResponse, NodeTypes::json, true)),
            Map.entry("SegmentHeader", new Codec<>(NodeTypes::segmentHeader, NodeTypes::json, true)),
            Map.entry(
                    "Vec<Option<SegmentHeader>>",
                    new Codec<>(NodeTypes::segmentHeaders, NodeTypes::segmentHeaders, false)),
            Map.entry("ObjectMappingResponse", new Codec<>(NodeTypes::objectMapping, NodeTypes::json, false)),
            Map.entry(
                    "Vec<SegmentIndex>",
                    new Codec<>(
                            json -> Fields.list(json, Fields::u64),
                            list -> new Json.Arr(list.stream().map(Json::u64).toList()),
                            false)),
            Map.entry("PieceIndex", new Codec<>(Fields::u64, Json::u64, false)),
            Map.entry("Option<Piece>", new Codec<>(NodeTypesTest::optionalPiece, NodeTypesTest::json, false)));

    private static Optional<byte[]> optionalPiece(Json json) {
        return Fields.option(json, NodeTypesTest::piece);
    }

    private static byte[] piece(Json json) {
        byte[] piece = new byte[Constants.PIECE_SIZE];
        PieceJson.read(json, MemorySegment.ofArray(piece));
        return piece;
    }

    private static Json json(Optional<byte[]> piece) {
        return piece.map(p -> PieceJson.of(MemorySegment.ofArray(p))).orElse(Json.Null.NULL);
    }

    private static Codec<?> codec(VectorCase vector) {
        return Optional.<Codec<?>>ofNullable(CODECS.get(vector.text("type"))).orElseThrow();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void referenceVectors() {
        new VectorSuite("rpc")
                .on("json.json", "rpc-json", NodeTypesTest::exact)
                .on(
                        "json.json",
                        "rpc-json-accept",
                        vector -> assertThat(codec(vector).canonical(utf8(vector.text("json"))))
                                .isEqualTo(vector.text("canonical")))
                .on(
                        "json.json",
                        "rpc-json-reject",
                        vector -> assertThatExceptionOfType(JsonException.class)
                                .isThrownBy(() -> codec(vector).canonical(utf8(vector.text("json")))))
                .on("json.json", "rpc-piece", NodeTypesTest::pieceText)
                .on("json.json", "rpc-piece-reject", NodeTypesTest::noPiece)
                .run();
    }

    private static void exact(VectorCase vector) {
        byte[] text = utf8(vector.text("json"));
        assertThat(codec(vector).canonical(text)).isEqualTo(vector.text("json"));
        if (codec(vector).scale()) {
            assertThat(HexFormat.of().formatHex(codec(vector).scale(text))).isEqualTo(vector.text("scale"));
        } else {
            assertThat(vector.has("scale")).isFalse();
        }
    }

    private static void pieceText(VectorCase vector) {
        byte[] piece = vector.bytes("piece");
        byte[] text = PieceJson.of(MemorySegment.ofArray(piece)).toUtf8();
        assertThat(text).hasSize(vector.i32("jsonLen"));
        assertThat(new String(text, StandardCharsets.UTF_8)).startsWith(vector.text("jsonHead"));
        assertThat(HexFormat.of().formatHex(Blake3.hash(text))).isEqualTo(vector.text("jsonBlake3"));
        assertThat(piece(JsonReader.parse(text))).isEqualTo(piece);
    }

    private static void noPiece(VectorCase vector) {
        int zeros = vector.i32("zeroDigits");
        String prefix = vector.text("prefix");
        String text = '"' + prefix + "0".repeat(zeros - (prefix.isEmpty() ? 0 : 1)) + '"';
        assertThat(text).hasSize(vector.i32("jsonLen"));
        assertThatExceptionOfType(JsonException.class).isThrownBy(() -> piece(JsonReader.parse(utf8(text))));
    }

    @Test
    void aPieceWithAWrongDigitIsRefusedWithItsPlace() {
        for (char wrong : new char[] {'g', '/', ':', '\u0130', '\u00e6'}) {
            StringBuilder digits = new StringBuilder("aB".repeat(Constants.PIECE_SIZE));
            assertThat(piece(Json.string(digits.toString()))).containsOnly(0xab);
            digits.setCharAt(2_000_001, wrong);
            assertThatExceptionOfType(JsonException.class)
                    .isThrownBy(() -> piece(Json.string(digits.toString())))
                    .withMessageContaining("2000001");
        }
    }

    @Test
    void anyBytesGiveAValueOrTheOneException() {
        List<VectorCase> seeds = Vectors.cases("rpc", "json.json", "rpc-json");
        Random random = new Random(4711);
        int values = 0;
        for (int i = 0; i < 100_000; i++) {
            VectorCase seed = seeds.get(i % seeds.size());
            byte[] text = mutated(utf8(seed.text("json")), random);
            try {
                String canonical = codec(seed).canonical(text);
                assertThat(codec(seed).canonical(utf8(canonical))).isEqualTo(canonical);
                values++;
            } catch (JsonException e) {
                assertThat(e.getMessage()).isNotNull();
            }
        }
        assertThat(values).isPositive();
    }

    private static byte[] mutated(byte[] seed, Random random) {
        byte[] text = seed.clone();
        for (int n = random.nextInt(4); n >= 0; n--) {
            int at = random.nextInt(text.length);
            switch (random.nextInt(5)) {
                case 0 -> text[at] = (byte) random.nextInt(256);
                case 1 -> text[at] = (byte) LETTERS.charAt(random.nextInt(LETTERS.length()));
                case 2 -> text = Arrays.copyOf(text, Math.max(1, at));
                case 3 -> {
                    byte[] longer = Arrays.copyOf(text, text.length + 1);
                    System.arraycopy(text, at, longer, at + 1, text.length - at);
                    text = longer;
                }
                default -> {
                    int from = random.nextInt(text.length);
                    int length = Math.min(text.length - from, text.length - at);
                    System.arraycopy(text.clone(), from, text, at, Math.min(length, 20));
                }
            }
        }
        return text;
    }

    @Test
    void parserLimits() {
        assertThat(JsonReader.parse(utf8("[".repeat(127) + "]".repeat(127)))).isInstanceOf(Json.Arr.class);
        for (String bad : new String[] {
            "",
            " ",
            "[".repeat(128) + "]".repeat(128),
            "[".repeat(1_000_000),
            "{\"a\"",
            "{\"a\":1,}",
            "[1,]",
            "01",
            "+1",
            ".5",
            "NaN",
            "'a'",
            "\"\u0001\"",
            "\uFEFF1",
            "// x\n1",
            "1 2",
            "nul"
        }) {
            assertThatExceptionOfType(JsonException.class)
                    .as(bad.substring(0, Math.min(20, bad.length())))
                    .isThrownBy(() -> JsonReader.parse(utf8(bad)));
        }
        // UTF-16 and UTF-32 are not looked for.
        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> JsonReader.parse("[1]".getBytes(StandardCharsets.UTF_16LE)));
        assertThat(Json.string("a\"\\\n\u0001\u00e9").toText()).isEqualTo("\"a\\\"\\\\\\n\\u0001\u00e9\"");
    }
}
