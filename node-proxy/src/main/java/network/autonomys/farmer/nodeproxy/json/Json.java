package network.autonomys.farmer.nodeproxy.json;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A JSON value. Objects keep the order of their members, and members of the same name: whether those are an error is for the reader of the
 * type to say. Numbers keep their text, so that no 64-bit integer goes through a double.
 */
public sealed interface Json {
    /** An object. */
    record Obj(List<Member> members) implements Json {
        public Obj {
            members = List.copyOf(members);
        }

        /**
         * The member of a name.
         *
         * @throws JsonException where there is more than one
         */
        public Optional<Json> find(String name) {
            Json found = null;
            for (Member member : members) {
                if (member.name().equals(name)) {
                    if (found != null) {
                        throw new JsonException("duplicate field `" + name + "`");
                    }
                    found = member.value();
                }
            }
            return Optional.ofNullable(found);
        }
    }

    /** One name and value of an object. */
    record Member(String name, Json value) {}

    /** An array. */
    record Arr(List<Json> items) implements Json {
        public Arr {
            items = List.copyOf(items);
        }
    }

    /** A string. */
    record Str(String text) implements Json {}

    /** A number, as written. */
    record Num(String text) implements Json {}

    /** {@code true} or {@code false}. */
    record Bool(boolean value) implements Json {}

    /** {@code null}. */
    enum Null implements Json {
        NULL
    }

    /** An object of names and values in turns. */
    static Obj object(Object... namesAndValues) {
        List<Member> members = new ArrayList<>(namesAndValues.length / 2);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            members.add(new Member((String) namesAndValues[i], (Json) namesAndValues[i + 1]));
        }
        return new Obj(members);
    }

    /** An array. */
    static Arr array(Json... items) {
        return new Arr(List.of(items));
    }

    /** A string. */
    static Json string(String text) {
        return new Str(text);
    }

    /** An unsigned 64-bit integer. */
    static Json u64(long value) {
        return new Num(Long.toUnsignedString(value));
    }

    /** A truth value. */
    static Json bool(boolean value) {
        return new Bool(value);
    }

    /** The text of the value in UTF-8, without white space; characters beyond ASCII stand for themselves. */
    default byte[] toUtf8() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        JsonWriter.write(this, out);
        return out.toByteArray();
    }

    /** The text of the value. */
    default String toText() {
        return new String(toUtf8(), StandardCharsets.UTF_8);
    }
}
