package network.autonomys.farmer.core.keys;

import java.util.Arrays;
import network.autonomys.farmer.core.hash.Blake2b;
import network.autonomys.farmer.core.types.Base58;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Checks;

/**
 * Addresses of accounts in SS58 (node-rpc §4.4).
 *
 * @param prefix the network that the text names, 0 to 16 383 but for 46 and 47; every network's addresses are taken
 * @param account 32 bytes, not checked to be a key
 */
public record Ss58(int prefix, Bytes account) {
    /** The prefix of Autonomys networks: their addresses start with "su". */
    public static final int AUTONOMYS_PREFIX = 6094;

    private static final int MAX_PREFIX = 16383;
    private static final int ACCOUNT_SIZE = 32;
    private static final int CHECKSUM_SIZE = 2;
    private static final byte[] CHECKSUM_CONTEXT = Transcript.ascii("SS58PRE");

    /** Checks prefix and length; {@link IllegalArgumentException} for what has no address. */
    public Ss58 {
        Checks.length(account, ACCOUNT_SIZE, "account");
        if (prefix < 0 || prefix > MAX_PREFIX || prefix == 46 || prefix == 47) {
            throw new IllegalArgumentException("address prefix " + prefix + " is reserved");
        }
    }

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException with a message for the operator where the text is no address of 32 bytes
     */
    public static Ss58 decode(String text) {
        byte[] data = Base58.decode(text);
        if (data.length < 2) {
            throw new IllegalArgumentException("address too short");
        }
        int first = data[0] & 0xff;
        int second = data[1] & 0xff;
        if (first >= 128) {
            throw new IllegalArgumentException("address with an unknown kind of prefix");
        }
        int prefixLength = first < 64 ? 1 : 2;
        int prefix = first < 64 ? first : ((first & 0x3f) << 2) | (second >>> 6) | ((second & 0x3f) << 8);
        int checked = prefixLength + ACCOUNT_SIZE;
        if (data.length != checked + CHECKSUM_SIZE) {
            throw new IllegalArgumentException("address of " + data.length + " bytes");
        }
        if (!Arrays.equals(checksum(Arrays.copyOf(data, checked)), Arrays.copyOfRange(data, checked, data.length))) {
            throw new IllegalArgumentException("address with a wrong checksum: a typing error?");
        }
        return new Ss58(prefix, Bytes.copyOf(data, prefixLength, checked));
    }

    /** The text of the address. */
    public String encode() {
        byte[] prefixBytes = prefix < 64
                ? new byte[] {(byte) prefix}
                : new byte[] {(byte) (0x40 | ((prefix & 0xfc) >>> 2)), (byte) ((prefix >>> 8) | ((prefix & 3) << 6))};
        byte[] data = Arrays.copyOf(prefixBytes, prefixBytes.length + ACCOUNT_SIZE);
        account.copyTo(data, prefixBytes.length);
        byte[] whole = Arrays.copyOf(data, data.length + CHECKSUM_SIZE);
        System.arraycopy(checksum(data), 0, whole, data.length, CHECKSUM_SIZE);
        return Base58.encode(whole);
    }

    private static byte[] checksum(byte[] data) {
        return Arrays.copyOf(Blake2b.hash512(CHECKSUM_CONTEXT, data), CHECKSUM_SIZE);
    }
}
