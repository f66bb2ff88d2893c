package network.autonomys.farmer.protocol.message;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import network.autonomys.farmer.core.scale.ScaleException;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.core.types.Bytes;

/** Bounded forms of what the messages are made of. */
final class Wire {
    private static final int MAX_NAME = 64;
    private static final int MAX_TEXT = 1024;

    private Wire() {}

    static String text(ScaleReader in, int maxLength) {
        String text = in.readString();
        if (text.length() > maxLength) {
            throw new ScaleException("text of " + text.length() + " characters, at most " + maxLength + " are allowed");
        }
        return text;
    }

    static <T> List<T> list(ScaleReader in, int maxCount, int minSize, Function<ScaleReader, T> element) {
        List<T> list = in.readList(minSize, element);
        if (list.size() > maxCount) {
            throw new ScaleException("list of " + list.size() + ", at most " + maxCount + " are allowed");
        }
        return list;
    }

    static <E extends Enum<E>> E constant(ScaleReader in, E[] values) {
        return values[in.readVariant(values[0].getDeclaringClass().getSimpleName(), values.length)];
    }

    /** The number of an enum constant; the enums of this package say that it is their ordinal. */
    @SuppressWarnings("EnumOrdinal")
    static int number(Enum<?> constant) {
        return constant.ordinal();
    }

    static Map<String, String> texts(ScaleReader in, int maxCount) {
        return map(in, maxCount, r -> text(r, MAX_TEXT));
    }

    static Map<String, Long> figures(ScaleReader in, int maxCount) {
        return map(in, maxCount, ScaleReader::readU64);
    }

    private static <V> Map<String, V> map(ScaleReader in, int maxCount, Function<ScaleReader, V> value) {
        long count = in.readCompactU32();
        if (count > maxCount) {
            throw new ScaleException("map of " + count + ", at most " + maxCount + " are allowed");
        }
        Map<String, V> map = new LinkedHashMap<>();
        for (long i = 0; i < count; i++) {
            String name = text(in, MAX_NAME);
            if (map.put(name, value.apply(in)) != null) {
                throw new ScaleException("\"" + name + "\" twice in a map");
            }
        }
        return map;
    }

    static void writeTexts(ScaleWriter out, Map<String, String> map) {
        out.writeCompact(map.size());
        map.forEach((name, value) -> out.writeString(name).writeString(value));
    }

    static void writeFigures(ScaleWriter out, Map<String, Long> map) {
        out.writeCompact(map.size());
        map.forEach((name, value) -> out.writeString(name).writeU64(value));
    }

    static void requireLength(Bytes bytes, int length) {
        if (bytes.length() != length) {
            throw new IllegalArgumentException(bytes.length() + " bytes where " + length + " are due");
        }
    }

    static void requireText(String text, int maxLength) {
        if (text.length() > maxLength) {
            throw new IllegalArgumentException("text longer than " + maxLength + " characters");
        }
    }

    /** The beginning of a text for people: too long is not worth a failure. */
    static String clip(String text, int maxLength) {
        return text.length() <= maxLength ? text : text.substring(0, maxLength);
    }

    static <T> List<T> copy(List<T> list, int maxCount) {
        if (list.size() > maxCount) {
            throw new IllegalArgumentException("list of " + list.size() + ", at most " + maxCount + " are allowed");
        }
        return List.copyOf(list);
    }

    /** An unmodifiable copy that keeps the order, so that equal messages have equal bytes. */
    static <V> Map<String, V> copy(Map<String, V> map, int maxCount) {
        if (map.size() > maxCount) {
            throw new IllegalArgumentException("map of " + map.size() + ", at most " + maxCount + " are allowed");
        }
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
