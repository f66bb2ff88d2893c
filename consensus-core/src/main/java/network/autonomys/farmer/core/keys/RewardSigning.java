package network.autonomys.farmer.core.keys;

import cafe.cryptography.curve25519.CompressedRistretto;
import cafe.cryptography.curve25519.Constants;
import cafe.cryptography.curve25519.InvalidEncodingException;
import cafe.cryptography.curve25519.RistrettoElement;
import cafe.cryptography.curve25519.Scalar;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Checks;

/** Reward signatures: sr25519 as in schnorrkel, with the context of the network (primitives-archiving-kzg §4.9, node-rpc §4.3). */
public final class RewardSigning {
    /** Set in the last byte of a signature, to tell it from an Ed25519 one. */
    private static final int MARK = 0x80;
    /** Order of the group, 2^252 + 27742317777372353535851937790883648493. */
    private static final BigInteger ORDER =
            BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private static final int HASH_SIZE = network.autonomys.farmer.core.types.Constants.HASH_SIZE;
    private static final int SIGNATURE_SIZE = network.autonomys.farmer.core.types.Constants.SIGNATURE_SIZE;

    private RewardSigning() {}

    /**
     * Signs a message: 32 bytes where the network asks. Signatures are randomised: two of the same message differ.
     *
     * @return 64 bytes
     */
    public static Bytes sign(KeyPair key, Bytes message, SecureRandom random) {
        Transcript transcript = transcript(message, key.publicKey());
        Scalar r = Scalar.fromBytesModOrderWide(transcript.witness("signing", key.nonce(), random, 64));
        byte[] commitment =
                Constants.RISTRETTO_GENERATOR_TABLE.multiply(r).compress().toByteArray();
        transcript.append("sign:R", commitment);
        Scalar challenge = Scalar.fromBytesModOrderWide(transcript.challenge("sign:c", 64));
        byte[] signature = Arrays.copyOf(commitment, SIGNATURE_SIZE);
        System.arraycopy(challenge.multiplyAndAdd(key.scalar(), r).toByteArray(), 0, signature, 32, 32);
        signature[63] |= (byte) MARK;
        return Bytes.of(signature);
    }

    /**
     * True where a signature is good. Whatever the bytes are, the answer is true or false.
     *
     * @param publicKey 32 bytes
     * @param message 32 bytes where the network asks
     * @param signature 64 bytes
     */
    public static boolean verify(Bytes publicKey, Bytes message, Bytes signature) {
        Checks.length(publicKey, HASH_SIZE, "publicKey");
        byte[] commitment = Checks.length(signature, SIGNATURE_SIZE, "signature")
                .slice(0, 32)
                .toArray();
        byte[] s = signature.slice(32, 64).toArray();
        if ((s[31] & MARK) == 0) {
            return false;
        }
        s[31] &= (byte) ~MARK;
        if (!isCanonical(s)) {
            return false;
        }
        RistrettoElement key;
        try {
            key = new CompressedRistretto(publicKey.toArray()).decompress();
        } catch (InvalidEncodingException e) {
            return false;
        }
        Transcript transcript = transcript(message, publicKey);
        transcript.append("sign:R", commitment);
        Scalar challenge = Scalar.fromBytesModOrderWide(transcript.challenge("sign:c", 64));
        RistrettoElement expected =
                Constants.RISTRETTO_GENERATOR_TABLE.multiply(Scalar.fromBits(s)).subtract(key.multiply(challenge));
        return Arrays.equals(expected.compress().toByteArray(), commitment);
    }

    private static Transcript transcript(Bytes message, Bytes publicKey) {
        Transcript transcript = new Transcript("SigningContext");
        transcript.append("", Transcript.ascii(network.autonomys.farmer.core.types.Constants.REWARD_SIGNING_CONTEXT));
        transcript.append("sign-bytes", message.toArray());
        transcript.append("proto-name", Transcript.ascii("Schnorr-sig"));
        transcript.append("sign:pk", publicKey.toArray());
        return transcript;
    }

    private static boolean isCanonical(byte[] littleEndian) {
        byte[] bigEndian = new byte[32];
        for (int i = 0; i < 32; i++) {
            bigEndian[i] = littleEndian[31 - i];
        }
        return new BigInteger(1, bigEndian).compareTo(ORDER) < 0;
    }
}
