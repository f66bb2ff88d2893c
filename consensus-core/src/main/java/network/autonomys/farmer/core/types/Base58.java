package network.autonomys.farmer.core.types;

import java.math.BigInteger;

/** Base58 with the Bitcoin alphabet, for addresses and peer ids: short strings only, since the cost grows with the square of the length. */
public final class Base58 {
    /** Longest text and byte string that are taken. */
    public static final int MAX_LENGTH = 256;

    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(58);

    private Base58() {}

    /** The text of a byte string of at most {@link #MAX_LENGTH} bytes. */
    public static String encode(byte[] bytes) {
        checkLength(bytes.length);
        StringBuilder reversed = new StringBuilder();
        for (BigInteger rest = new BigInteger(1, bytes); rest.signum() != 0; ) {
            BigInteger[] parts = rest.divideAndRemainder(BASE);
            reversed.append(ALPHABET.charAt(parts[1].intValue()));
            rest = parts[0];
        }
        for (int i = 0; i < bytes.length && bytes[i] == 0; i++) {
            reversed.append(ALPHABET.charAt(0));
        }
        return reversed.reverse().toString();
    }

    /**
     * The bytes of a text.
     *
     * @throws IllegalArgumentException for other characters, and for more than {@link #MAX_LENGTH} of them
     */
    public static byte[] decode(String text) {
        checkLength(text.length());
        BigInteger value = BigInteger.ZERO;
        int zeros = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = ALPHABET.indexOf(text.charAt(i));
            if (digit < 0) {
                throw new IllegalArgumentException("not base58: character " + i);
            }
            value = value.multiply(BASE).add(BigInteger.valueOf(digit));
            zeros += zeros == i && digit == 0 ? 1 : 0;
        }
        byte[] magnitude = value.toByteArray();
        int from = magnitude[0] == 0 ? 1 : 0;
        byte[] bytes = new byte[zeros + magnitude.length - from];
        System.arraycopy(magnitude, from, bytes, zeros, magnitude.length - from);
        return bytes;
    }

    private static void checkLength(int length) {
        if (length > MAX_LENGTH) {
            throw new IllegalArgumentException("base58 of length " + length);
        }
    }
}
