package network.autonomys.farmer.core.types;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import network.autonomys.farmer.core.scale.ScaleException;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;

/** The protocols of a {@link Multiaddr}: all that the piece network uses. */
enum MultiaddrProtocol {
    IP4("ip4", 4, Value.IP4),
    TCP("tcp", 6, Value.PORT),
    DCCP("dccp", 33, Value.PORT),
    IP6("ip6", 41, Value.IP6),
    IP6ZONE("ip6zone", 42, Value.NAME),
    DNS("dns", 53, Value.NAME),
    DNS4("dns4", 54, Value.NAME),
    DNS6("dns6", 55, Value.NAME),
    DNSADDR("dnsaddr", 56, Value.NAME),
    SCTP("sctp", 132, Value.PORT),
    UDP("udp", 273, Value.PORT),
    WEBRTC_STAR("p2p-webrtc-star", 275, Value.NONE),
    P2P_WEBRTC_DIRECT("p2p-webrtc-direct", 276, Value.NONE),
    WEBRTC_DIRECT("webrtc-direct", 280, Value.NONE),
    WEBRTC("webrtc", 281, Value.NONE),
    CIRCUIT("p2p-circuit", 290, Value.NONE),
    UDT("udt", 301, Value.NONE),
    UTP("utp", 302, Value.NONE),
    P2P("p2p", 421, Value.PEER),
    HTTPS("https", 443, Value.NONE),
    TLS("tls", 448, Value.NONE),
    SNI("sni", 449, Value.NAME),
    NOISE("noise", 454, Value.NONE),
    QUIC("quic", 460, Value.NONE),
    QUIC_V1("quic-v1", 461, Value.NONE),
    WEBTRANSPORT("webtransport", 465, Value.NONE),
    WS("ws", 477, Value.NONE),
    WSS("wss", 478, Value.NONE),
    WEBSOCKET_STAR("p2p-websocket-star", 479, Value.NONE),
    HTTP("http", 480, Value.NONE),
    MEMORY("memory", 777, Value.NUMBER);

    private enum Value {
        NONE,
        PORT,
        NUMBER,
        IP4,
        IP6,
        NAME,
        PEER
    }

    private static final Pattern OCTETS = Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
    private static final Pattern GROUPS = Pattern.compile("[0-9a-fA-F:.]{2,45}");
    private static final int MULTIHASH_IDENTITY = 0;
    private static final int MULTIHASH_SHA256 = 0x12;
    private static final int MAX_INLINE_KEY = 42;

    private final String text;
    private final int code;
    private final Value value;

    MultiaddrProtocol(String text, int code, Value value) {
        this.text = text;
        this.code = code;
        this.value = value;
    }

    static MultiaddrProtocol named(String name) {
        return Arrays.stream(values())
                .filter(p -> p.text.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown protocol " + name));
    }

    static MultiaddrProtocol ofCode(long code) {
        return Arrays.stream(values())
                .filter(p -> p.code == code)
                .findFirst()
                .orElseThrow(() -> new ScaleException("unknown protocol " + code));
    }

    String text() {
        return text;
    }

    int code() {
        return code;
    }

    boolean hasValue() {
        return value != Value.NONE;
    }

    /** Unsigned LEB128 of at most 32 bits, in its shortest form. */
    static long readVarint(ScaleReader in) {
        long result = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int next = in.readU8();
            result |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                if (next == 0 && shift > 0) {
                    throw new ScaleException("varint in a longer form than necessary");
                }
                return result;
            }
        }
        throw new ScaleException("varint too long");
    }

    static void writeVarint(ScaleWriter out, int number) {
        int rest = number;
        while (rest >= 0x80) {
            out.writeU8((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.writeU8(rest);
    }

    /** The text of the value that comes next. */
    String readValue(ScaleReader in) {
        return switch (value) {
            case NONE -> "";
            case PORT -> Integer.toString((in.readU8() << 8) | in.readU8());
            case NUMBER -> Long.toUnsignedString(Long.reverseBytes(in.readU64()));
            case IP4 -> in.readU8() + "." + in.readU8() + "." + in.readU8() + "." + in.readU8();
            case IP6 -> ip6Text(in.readByteArray(16));
            case NAME -> name(readPrefixed(in));
            case PEER -> peer(readPrefixed(in));
        };
    }

    private static byte[] readPrefixed(ScaleReader in) {
        long length = readVarint(in);
        if (length > in.remaining()) {
            throw new ScaleException("value of " + length + " bytes, " + in.remaining() + " left");
        }
        return in.readByteArray((int) length);
    }

    private static String name(byte[] utf8) {
        try {
            String name = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
            if (name.isEmpty() || name.indexOf('/') >= 0) {
                throw new ScaleException("name that has no text form");
            }
            return name;
        } catch (CharacterCodingException e) {
            throw new ScaleException("name is not UTF-8");
        }
    }

    private static String peer(byte[] multihash) {
        ScaleReader in = new ScaleReader(multihash);
        long kind = readVarint(in);
        long length = readVarint(in);
        boolean known =
                kind == MULTIHASH_SHA256 ? length == 32 : kind == MULTIHASH_IDENTITY && length <= MAX_INLINE_KEY;
        if (!known || in.remaining() != length) {
            throw new ScaleException("no peer id");
        }
        return Base58.encode(multihash);
    }

    /** RFC 5952: lower case, the longest run of two and more zero groups as {@code ::}. */
    private static String ip6Text(byte[] address) {
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = ((address[2 * i] & 0xff) << 8) | (address[2 * i + 1] & 0xff);
        }
        boolean mapped = groups[5] == 0xffff;
        for (int i = 0; i < 5; i++) {
            mapped &= groups[i] == 0;
        }
        if (mapped) {
            return String.format(
                    Locale.ROOT,
                    "::ffff:%d.%d.%d.%d",
                    address[12] & 0xff,
                    address[13] & 0xff,
                    address[14] & 0xff,
                    address[15] & 0xff);
        }
        int from = -1;
        int longest = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - i > longest) {
                from = i;
                longest = end - i;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == from) {
                text.append("::");
                i += longest - 1;
            } else {
                text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":")
                        .append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }

    /** Appends the value that a text stands for, or throws {@link IllegalArgumentException}. */
    void writeValue(String part, ScaleWriter out) {
        switch (value) {
            case NONE -> throw new IllegalStateException(text + " has no value");
            case PORT -> {
                int port = Checks.u16(parseNumber(part, 5), "port");
                out.writeU8(port >>> 8).writeU8(port & 0xff);
            }
            case NUMBER -> out.writeU64(Long.reverseBytes(Long.parseUnsignedLong(part)));
            case IP4 -> {
                if (!OCTETS.matcher(part).matches()) {
                    throw new IllegalArgumentException("no IPv4 address: " + part);
                }
                for (String octet : part.split("\\.", -1)) {
                    out.writeU8(parseNumber(octet, 3));
                }
            }
            case IP6 -> out.writeBytes(parseIp6(part));
            case NAME -> writePrefixed(out, part.getBytes(StandardCharsets.UTF_8));
            case PEER -> writePrefixed(out, Base58.decode(part));
        }
    }

    private static void writePrefixed(ScaleWriter out, byte[] bytes) {
        writeVarint(out, bytes.length);
        out.writeBytes(bytes);
    }

    private static int parseNumber(String digits, int maxDigits) {
        if (digits.isEmpty() || digits.length() > maxDigits || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("no number: " + digits);
        }
        return Integer.parseInt(digits);
    }

    private static byte[] parseIp6(String part) {
        if (!GROUPS.matcher(part).matches() || part.indexOf(':') < 0) {
            throw new IllegalArgumentException("no IPv6 address: " + part);
        }
        try {
            // Literal addresses are parsed, never looked up: the pattern lets nothing else through.
            byte[] address = InetAddress.ofLiteral(part).getAddress();
            if (address.length == 16) {
                return address;
            }
            byte[] mapped = new byte[16];
            mapped[10] = (byte) 0xff;
            mapped[11] = (byte) 0xff;
            System.arraycopy(address, 0, mapped, 12, 4);
            return mapped;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("no IPv6 address: " + part, e);
        }
    }
}
