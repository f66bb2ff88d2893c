package network.autonomys.farmer.protocol;

import java.time.InstantSource;
import java.util.random.RandomGenerator;
import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;

/**
 * A 128-bit identifier of a process, farm or job, written as a ULID: 26 characters of Crockford's base 32, of which the first ten are
 * the milliseconds since 1970 at its making (cluster-and-cli §3.3). On the wire it is a little-endian u128.
 *
 * @param high the upper 64 bits: 48 bits of time, 16 of randomness
 * @param low the lower 64 bits
 */
public record InstanceId(long high, long low) implements ScaleEncodable, Comparable<InstanceId> {
    /** Characters of the text form. */
    public static final int TEXT_LENGTH = 26;
    /** Bytes on the wire. */
    public static final int SIZE = 16;

    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /** A new identifier of the present moment. */
    public static InstanceId random(InstantSource clock, RandomGenerator random) {
        return new InstanceId((clock.millis() << 16) | (random.nextLong() & 0xffff), random.nextLong());
    }

    /**
     * Reads the text form; lower case is accepted.
     *
     * @throws IllegalArgumentException for anything that is not a ULID
     */
    public static InstanceId parse(String text) {
        if (text.length() != TEXT_LENGTH) {
            throw new IllegalArgumentException("a ULID has 26 characters: " + text);
        }
        long high = 0;
        long low = 0;
        for (int i = 0; i < TEXT_LENGTH; i++) {
            char c = text.charAt(i);
            int digit = DIGITS.indexOf(c >= 'a' && c <= 'z' ? c - 32 : c);
            if (digit < 0 || (i == 0 && digit > 7)) {
                throw new IllegalArgumentException("not a ULID: " + text);
            }
            high = (high << 5) | (low >>> 59);
            low = (low << 5) | digit;
        }
        return new InstanceId(high, low);
    }

    public static InstanceId read(ScaleReader in) {
        long low = in.readU64();
        return new InstanceId(in.readU64(), low);
    }

    @Override
    public void write(ScaleWriter out) {
        out.writeU64(low).writeU64(high);
    }

    /** Milliseconds since 1970 at which it was made. */
    public long timeMillis() {
        return high >>> 16;
    }

    @Override
    public int compareTo(InstanceId other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    @Override
    public String toString() {
        char[] text = new char[TEXT_LENGTH];
        long upper = high;
        long lower = low;
        for (int i = TEXT_LENGTH - 1; i >= 0; i--) {
            text[i] = DIGITS.charAt((int) (lower & 31));
            lower = (lower >>> 5) | (upper << 59);
            upper >>>= 5;
        }
        return new String(text);
    }
}
