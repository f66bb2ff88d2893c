package network.autonomys.farmer.core.types;

/** Range checks of the value types. Each returns its argument or throws {@link IllegalArgumentException}. */
public final class Checks {
    private Checks() {}

    /** 0 to 65 535. */
    public static int u16(int value, String name) {
        if (value >>> 16 != 0) {
            throw new IllegalArgumentException(name + " " + value + " is no 16-bit number");
        }
        return value;
    }

    /** 0 to 2^32 - 1. */
    public static long u32(long value, String name) {
        if (value >>> 32 != 0) {
            throw new IllegalArgumentException(name + " " + Long.toUnsignedString(value) + " is no 32-bit number");
        }
        return value;
    }

    /** Any 64-bit number but 0. */
    public static long nonZero(long value, String name) {
        if (value == 0) {
            throw new IllegalArgumentException(name + " is 0");
        }
        return value;
    }

    /** A byte string of exactly this length. */
    public static Bytes length(Bytes bytes, int length, String name) {
        if (bytes.length() != length) {
            throw new IllegalArgumentException(name + " has " + bytes.length() + " bytes, not " + length);
        }
        return bytes;
    }

    /** An array of exactly this length. */
    public static byte[] length(byte[] bytes, int length, String name) {
        if (bytes.length != length) {
            throw new IllegalArgumentException(name + " has " + bytes.length + " bytes, not " + length);
        }
        return bytes;
    }
}
