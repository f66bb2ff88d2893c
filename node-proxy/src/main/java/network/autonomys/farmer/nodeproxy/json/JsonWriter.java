package network.autonomys.farmer.nodeproxy.json;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes JSON the way serde_json does: no white space, and only what must be escaped is. */
final class JsonWriter {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private JsonWriter() {}

    static void write(Json value, ByteArrayOutputStream out) {
        switch (value) {
            case Json.Null none -> raw("null", out);
            case Json.Bool bool -> raw(bool.value() ? "true" : "false", out);
            case Json.Num number -> raw(number.text(), out);
            case Json.Str string -> string(string.text(), out);
            case Json.Arr array -> array(array.items(), out);
            case Json.Obj object -> object(object.members(), out);
        }
    }

    private static void array(List<Json> items, ByteArrayOutputStream out) {
        out.write('[');
        for (int i = 0; i < items.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            write(items.get(i), out);
        }
        out.write(']');
    }

    private static void object(List<Json.Member> members, ByteArrayOutputStream out) {
        out.write('{');
        for (int i = 0; i < members.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            string(members.get(i).name(), out);
            out.write(':');
            write(members.get(i).value(), out);
        }
        out.write('}');
    }

    private static void raw(String text, ByteArrayOutputStream out) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void string(String text, ByteArrayOutputStream out) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.write('"');
        int from = 0;
        for (int i = 0; i < utf8.length; i++) {
            int c = utf8[i];
            if ((c >= 0 && c < 0x20) || c == '"' || c == '\\') {
                out.write(utf8, from, i - from);
                escape(c, out);
                from = i + 1;
            }
        }
        out.write(utf8, from, utf8.length - from);
        out.write('"');
    }

    private static void escape(int c, ByteArrayOutputStream out) {
        out.write('\\');
        switch (c) {
            case '"', '\\' -> out.write(c);
            case '\b' -> out.write('b');
            case '\t' -> out.write('t');
            case '\n' -> out.write('n');
            case '\f' -> out.write('f');
            case '\r' -> out.write('r');
            default -> {
                raw("u00", out);
                out.write(HEX[c >> 4]);
                out.write(HEX[c & 15]);
            }
        }
    }
}
