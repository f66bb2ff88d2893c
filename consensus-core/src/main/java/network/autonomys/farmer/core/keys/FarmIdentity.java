package network.autonomys.farmer.core.keys;

import java.security.SecureRandom;
import network.autonomys.farmer.core.scale.ScaleException;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.core.types.Bytes;

/** Who a farm is: 32 bytes of entropy and the sr25519 key pair that follows from them (node-rpc §4.1, sectors-farms §7.2). */
public final class FarmIdentity {
    /** Bytes of the entropy. */
    public static final int ENTROPY_SIZE = 32;

    private final byte[] entropy;
    private final KeyPair keyPair;

    private FarmIdentity(byte[] entropy) {
        if (entropy.length != ENTROPY_SIZE) {
            throw new IllegalArgumentException("entropy of " + entropy.length + " bytes");
        }
        this.entropy = entropy.clone();
        this.keyPair = KeyPair.fromEntropy(entropy);
    }

    /** The identity of an entropy of 32 bytes. */
    public static FarmIdentity of(byte[] entropy) {
        return new FarmIdentity(entropy);
    }

    /** A new identity. */
    public static FarmIdentity create(SecureRandom random) {
        byte[] entropy = new byte[ENTROPY_SIZE];
        random.nextBytes(entropy);
        return new FarmIdentity(entropy);
    }

    /**
     * The identity in an {@code identity.bin}: the entropy with its length in front; bytes after it are ignored.
     *
     * @throws ScaleException where the content is cut, or the entropy has another length than 32
     */
    public static FarmIdentity decode(byte[] file) {
        byte[] entropy = new ScaleReader(file).readVec(file.length);
        if (entropy.length != ENTROPY_SIZE) {
            throw new ScaleException("entropy of " + entropy.length + " bytes");
        }
        return new FarmIdentity(entropy);
    }

    /** The content of {@code identity.bin}, 33 bytes. */
    public byte[] encode() {
        return new ScaleWriter(ENTROPY_SIZE + 1).writeVec(entropy).toByteArray();
    }

    public KeyPair keyPair() {
        return keyPair;
    }

    /** The farm's public key, 32 bytes. */
    public Bytes publicKey() {
        return keyPair.publicKey();
    }

    @Override
    public String toString() {
        return "FarmIdentity[" + publicKey() + "]";
    }
}
