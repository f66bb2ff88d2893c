package network.autonomys.farmer.core.types;

import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.core.scale.ScaleException;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;

/**
 * Address of a node of the piece network, as passed on by nodes (node-rpc §1.3). Protocols beyond those of {@link MultiaddrProtocol} are refused.
 *
 * @param bytes the binary form: per protocol its code as a varint and its value
 */
public record Multiaddr(Bytes bytes) implements ScaleEncodable {
    /** Longest binary form that is taken; real addresses have less than a hundred bytes. */
    public static final int MAX_LENGTH = 1024;

    private static final int MAX_TEXT = 4 * MAX_LENGTH;

    /** Checks the form; {@link IllegalArgumentException} for what is no address. */
    public Multiaddr {
        toText(bytes);
    }

    /**
     * An address from its text, such as {@code /ip4/127.0.0.1/tcp/30433}.
     *
     * @throws IllegalArgumentException where the text is no address, or has a protocol that is not known here
     */
    public static Multiaddr parse(String text) {
        if (text.length() > MAX_TEXT || text.isEmpty() || text.charAt(0) != '/') {
            throw new IllegalArgumentException("no address: " + text.substring(0, Math.min(60, text.length())));
        }
        String trimmed = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        String[] parts = trimmed.split("/", -1);
        ScaleWriter out = new ScaleWriter(64);
        for (int i = 1; i < parts.length; i++) {
            MultiaddrProtocol protocol = MultiaddrProtocol.named(parts[i]);
            MultiaddrProtocol.writeVarint(out, protocol.code());
            if (protocol.hasValue()) {
                i++;
                if (i == parts.length) {
                    throw new IllegalArgumentException("the value of " + parts[i - 1] + " is missing");
                }
                protocol.writeValue(parts[i], out);
            }
        }
        return new Multiaddr(Bytes.of(out.toByteArray()));
    }

    /** The text of the address. */
    public String text() {
        return toText(bytes);
    }

    private static String toText(Bytes bytes) {
        if (bytes.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("address of " + bytes.length() + " bytes");
        }
        ScaleReader in = new ScaleReader(bytes.toArray());
        StringBuilder text = new StringBuilder();
        try {
            while (in.remaining() > 0) {
                MultiaddrProtocol protocol = MultiaddrProtocol.ofCode(MultiaddrProtocol.readVarint(in));
                text.append('/').append(protocol.text());
                if (protocol.hasValue()) {
                    text.append('/').append(protocol.readValue(in));
                }
            }
        } catch (ScaleException e) {
            throw new IllegalArgumentException("no address: " + e.getMessage(), e);
        }
        return text.toString();
    }

    /** Decodes one value, or throws {@link ScaleException}. */
    public static Multiaddr read(ScaleReader in) {
        Bytes bytes = Bytes.of(in.readVec(MAX_LENGTH));
        try {
            return new Multiaddr(bytes);
        } catch (IllegalArgumentException e) {
            throw new ScaleException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void write(ScaleWriter out) {
        out.writeVec(bytes);
    }
}
