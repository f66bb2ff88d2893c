package network.autonomys.farmer.nodeproxy.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads JSON texts strictly: RFC 8259 in UTF-8, one value, at most 127 levels deep, strings up to 64 MiB. */
public final class JsonReader {
    private static final int MAX_DEPTH = 127;
    private static final int MAX_STRING = 64 * 1024 * 1024;
    private static final int MAX_NUMBER = 1000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_STRING)
                    .maxNumberLength(MAX_NUMBER)
                    .maxNameLength(MAX_STRING)
                    .build())
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private JsonReader() {}

    /**
     * The one value that the text holds.
     *
     * @param utf8 white space around the value is allowed, anything else is not
     * @throws JsonException where it is no JSON
     */
    public static Json parse(byte[] utf8) {
        // The parser would also take UTF-16, UTF-32 and byte order marks.
        for (int i = 0; i < Math.min(4, utf8.length); i++) {
            if (utf8[i] <= 0) {
                throw new JsonException("no JSON text in UTF-8");
            }
        }
        // From one array of characters a long string is taken as it is, without being copied in parts.
        try (JsonParser parser = FACTORY.createParser(new String(utf8, StandardCharsets.UTF_8).toCharArray())) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                throw new JsonException("no value");
            }
            Json value = value(parser, token);
            if (parser.nextToken() != null) {
                throw new JsonException("trailing characters");
            }
            return value;
        } catch (IOException e) {
            throw new JsonException(message(e));
        }
    }

    private static String message(IOException e) {
        String text = String.valueOf(e.getMessage());
        int end = text.indexOf('\n');
        String line = end < 0 ? text : text.substring(0, end);
        return line.length() <= 200 ? line : line.substring(0, 200);
    }

    private static Json value(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> new Json.Str(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Num(parser.getText());
            case VALUE_TRUE -> new Json.Bool(true);
            case VALUE_FALSE -> new Json.Bool(false);
            case VALUE_NULL -> Json.Null.NULL;
            default -> throw new JsonException("unexpected " + token);
        };
    }

    private static Json object(JsonParser parser) throws IOException {
        List<Json.Member> members = new ArrayList<>();
        for (JsonToken token = next(parser); token != JsonToken.END_OBJECT; token = next(parser)) {
            String name = parser.currentName();
            members.add(new Json.Member(name, value(parser, next(parser))));
        }
        return new Json.Obj(members);
    }

    private static Json array(JsonParser parser) throws IOException {
        List<Json> items = new ArrayList<>();
        for (JsonToken token = next(parser); token != JsonToken.END_ARRAY; token = next(parser)) {
            items.add(value(parser, token));
        }
        return new Json.Arr(items);
    }

    private static JsonToken next(JsonParser parser) throws IOException {
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw new JsonException("the text ends within a value");
        }
        return token;
    }
}
