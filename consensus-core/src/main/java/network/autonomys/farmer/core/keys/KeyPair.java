package network.autonomys.farmer.core.keys;

import cafe.cryptography.curve25519.Constants;
import cafe.cryptography.curve25519.Scalar;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import network.autonomys.farmer.core.types.Bytes;

/** An sr25519 key pair: Schnorr signatures over ristretto255, secret expanded the Ed25519 way (node-rpc §4.1). It never prints its secret. */
public final class KeyPair {
    /** Bytes of a mini secret, a chain code and a public key. */
    public static final int SIZE = 32;

    private static final int PBKDF2_ROUNDS = 2048;

    private final Scalar scalar;
    private final byte[] nonce;
    private final Bytes publicKey;

    private KeyPair(Scalar scalar, byte[] nonce) {
        this.scalar = scalar;
        this.nonce = nonce;
        this.publicKey = Bytes.of(
                Constants.RISTRETTO_GENERATOR_TABLE.multiply(scalar).compress().toByteArray());
    }

    /**
     * The pair of an entropy, as Substrate derives it: the entropy itself, not a mnemonic, is stretched.
     *
     * @param entropy 16, 20, 24, 28 or 32 bytes
     */
    public static KeyPair fromEntropy(byte[] entropy) {
        return fromMiniSecret(miniSecret(entropy));
    }

    /** The mini secret, 32 bytes, of an entropy of 16, 20, 24, 28 or 32 bytes. */
    static byte[] miniSecret(byte[] entropy) {
        if (entropy.length < 16 || entropy.length > 32 || entropy.length % 4 != 0) {
            throw new IllegalArgumentException("entropy of " + entropy.length + " bytes");
        }
        try {
            // The first block of PBKDF2. Java's own takes characters, not bytes, as password.
            Mac mac = Mac.getInstance("HmacSHA512");
            mac.init(new SecretKeySpec(entropy, "HmacSHA512"));
            mac.update(Transcript.ascii("mnemonic"));
            byte[] round = mac.doFinal(new byte[] {0, 0, 0, 1});
            byte[] sum = round.clone();
            for (int i = 1; i < PBKDF2_ROUNDS; i++) {
                round = mac.doFinal(round);
                for (int j = 0; j < sum.length; j++) {
                    sum[j] ^= round[j];
                }
            }
            return Arrays.copyOf(sum, SIZE);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform lacks HmacSHA512", e);
        }
    }

    /** The pair of a mini secret of 32 bytes. */
    public static KeyPair fromMiniSecret(byte[] miniSecret) {
        if (miniSecret.length != SIZE) {
            throw new IllegalArgumentException("mini secret of " + miniSecret.length + " bytes");
        }
        byte[] hash;
        try {
            hash = MessageDigest.getInstance("SHA-512").digest(miniSecret);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform lacks SHA-512", e);
        }
        byte[] key = Arrays.copyOf(hash, SIZE);
        key[0] &= (byte) 0xf8;
        key[31] &= 0x3f;
        key[31] |= 0x40;
        return new KeyPair(Scalar.fromBits(shiftRight3(key)), Arrays.copyOfRange(hash, SIZE, 64));
    }

    /** The pair derived from this one by a hard junction with a chain code of 32 bytes ({@code //Name} in Substrate's notation). */
    public KeyPair deriveHard(byte[] chainCode) {
        if (chainCode.length != SIZE) {
            throw new IllegalArgumentException("chain code of " + chainCode.length + " bytes");
        }
        Transcript transcript = new Transcript("SchnorrRistrettoHDKD");
        transcript.append("sign-bytes", new byte[0]);
        transcript.append("chain-code", chainCode);
        transcript.append("secret-key", scalar.toByteArray());
        return fromMiniSecret(transcript.challenge("HDKD-hard", SIZE));
    }

    /** The ristretto255 encoding of the public key, 32 bytes. */
    public Bytes publicKey() {
        return publicKey;
    }

    /** The secret in its Ed25519 form, 64 bytes: the scalar times 8, then the nonce. Its first half seeds the libp2p key (node-rpc §4.2). */
    public byte[] ed25519Bytes() {
        byte[] key = scalar.toByteArray();
        int carry = 0;
        byte[] bytes = new byte[64];
        for (int i = 0; i < SIZE; i++) {
            int shifted = ((key[i] & 0xff) << 3) | carry;
            bytes[i] = (byte) shifted;
            carry = shifted >>> 8;
        }
        System.arraycopy(nonce, 0, bytes, SIZE, SIZE);
        return bytes;
    }

    Scalar scalar() {
        return scalar;
    }

    byte[] nonce() {
        return nonce.clone();
    }

    private static byte[] shiftRight3(byte[] littleEndian) {
        byte[] shifted = new byte[SIZE];
        for (int i = 0; i < SIZE; i++) {
            int high = i + 1 < SIZE ? littleEndian[i + 1] & 0xff : 0;
            shifted[i] = (byte) (((littleEndian[i] & 0xff) | (high << 8)) >>> 3);
        }
        return shifted;
    }

    @Override
    public String toString() {
        return "KeyPair[" + publicKey + "]";
    }
}
