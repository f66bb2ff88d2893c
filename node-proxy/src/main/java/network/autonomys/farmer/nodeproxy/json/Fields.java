package network.autonomys.farmer.nodeproxy.json;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import network.autonomys.farmer.core.types.Bytes;

/**
 * The fields of a struct, given as an object or as an array in the order of declaration, as serde reads them; unknown members of an object
 * are ignored. Also the readers of the simple types. All throw {@link JsonException}.
 */
public final class Fields {
    private final Json source;
    private final List<String> names;

    private Fields(Json source, List<String> names) {
        this.source = source;
        this.names = names;
    }

    /** A struct with the given fields in order of declaration. */
    public static Fields of(Json json, String... names) {
        List<String> declared = List.of(names);
        switch (json) {
            case Json.Obj object -> {
                // Duplicates of known fields are an error even where the field is not used.
                declared.forEach(object::find);
            }
            case Json.Arr array -> {
                if (array.items().size() != declared.size()) {
                    throw new JsonException(array.items().size() + " elements where " + declared.size() + " are due");
                }
            }
            default -> throw new JsonException("invalid type: " + kind(json) + ", expected a struct");
        }
        return new Fields(json, declared);
    }

    private Optional<Json> find(String name) {
        return switch (source) {
            case Json.Obj object -> object.find(name);
            case Json.Arr array -> Optional.of(array.items().get(names.indexOf(name)));
            default -> throw new IllegalStateException("checked on construction");
        };
    }

    /** A field that must be there. */
    public <T> T get(String name, Function<Json, T> type) {
        Json value = find(name).orElseThrow(() -> new JsonException("missing field `" + name + "`"));
        return type.apply(value);
    }

    /** A field that may be absent or null. */
    public <T> Optional<T> optional(String name, Function<Json, T> type) {
        return find(name).flatMap(value -> option(value, type));
    }

    /** A value or null. */
    public static <T> Optional<T> option(Json json, Function<Json, T> type) {
        return json instanceof Json.Null ? Optional.empty() : Optional.of(type.apply(json));
    }

    /** An integer from 0 to 2^64 - 1. */
    public static long u64(Json json) {
        if (!(json instanceof Json.Num number)) {
            throw new JsonException("invalid type: " + kind(json) + ", expected u64");
        }
        String text = number.text();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                throw new JsonException("invalid value: `" + text + "`, expected u64");
            }
        }
        try {
            return Long.parseUnsignedLong(text);
        } catch (NumberFormatException e) {
            throw new JsonException("invalid value: `" + text + "`, expected u64");
        }
    }

    /** An integer from 1 to 2^64 - 1. */
    public static long nonZeroU64(Json json) {
        long value = u64(json);
        if (value == 0) {
            throw new JsonException("invalid value: integer `0`, expected a nonzero u64");
        }
        return value;
    }

    /** An integer from 0 to 2^32 - 1. */
    public static long u32(Json json) {
        return bounded(json, 32);
    }

    /** An integer from 0 to 65535. */
    public static int u16(Json json) {
        return (int) bounded(json, 16);
    }

    /** An integer from 0 to 255. */
    public static int u8(Json json) {
        return (int) bounded(json, 8);
    }

    private static long bounded(Json json, int bits) {
        long value = u64(json);
        if (value >>> bits != 0) {
            throw new JsonException("invalid value: integer `" + Long.toUnsignedString(value) + "`, expected u" + bits);
        }
        return value;
    }

    /** A truth value. */
    public static boolean bool(Json json) {
        if (json instanceof Json.Bool bool) {
            return bool.value();
        }
        throw new JsonException("invalid type: " + kind(json) + ", expected a boolean");
    }

    /** A string. */
    public static String text(Json json) {
        if (json instanceof Json.Str string) {
            return string.text();
        }
        throw new JsonException("invalid type: " + kind(json) + ", expected a string");
    }

    /** An array of any length. */
    public static <T> List<T> list(Json json, Function<Json, T> type) {
        return items(json).stream().map(type).toList();
    }

    /** The items of an array. */
    public static List<Json> items(Json json) {
        if (json instanceof Json.Arr array) {
            return array.items();
        }
        throw new JsonException("invalid type: " + kind(json) + ", expected a sequence");
    }

    /** The items of an array of known length. */
    public static List<Json> tuple(Json json, int length) {
        List<Json> items = items(json);
        if (items.size() != length) {
            throw new JsonException("invalid length " + items.size() + ", expected an array of length " + length);
        }
        return items;
    }

    /** Bytes as hexadecimal digits of either case, no prefix. */
    public static Bytes hex(Json json, int length) {
        String text = text(json);
        if (text.length() != 2 * length) {
            throw new JsonException("invalid string length " + text.length() + ", expected " + 2 * length);
        }
        return Bytes.fromHex(digits(text));
    }

    /** Bytes as an array of numbers. */
    public static Bytes numbers(Json json, int length) {
        List<Json> items = tuple(json, length);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) u8(items.get(i));
        }
        return Bytes.of(bytes);
    }

    /** Bytes of any length as hexadecimal digits after {@code 0x}, as Substrate's methods write them. */
    public static byte[] prefixedHex(Json json) {
        String text = text(json);
        if (!text.startsWith("0x") || text.length() % 2 != 0) {
            throw new JsonException("bytes in hexadecimal start with 0x and have two digits each");
        }
        return HexFormat.of().parseHex(digits(text.substring(2)));
    }

    /** The text, if it consists of hexadecimal digits only. */
    static String digits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!HexFormat.isHexDigit(text.charAt(i))) {
                throw new JsonException("invalid character at position " + i + " of hexadecimal digits");
            }
        }
        return text;
    }

    private static String kind(Json json) {
        return switch (json) {
            case Json.Obj object -> "map";
            case Json.Arr array -> "sequence";
            case Json.Str string -> "string";
            case Json.Num number -> "number `" + number.text() + "`";
            case Json.Bool bool -> "boolean";
            case Json.Null none -> "null";
        };
    }
}
