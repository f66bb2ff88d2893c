package network.autonomys.farmer.core.keys;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/** A Merlin transcript (version 1.0): what both sides of a proof have said so far, and challenges that follow from it. */
final class Transcript {
    private final Strobe strobe;

    Transcript(String label) {
        strobe = new Strobe(ascii("Merlin v1.0"));
        append("dom-sep", ascii(label));
    }

    void append(String label, byte[] message) {
        strobe.metaAd(ascii(label), false);
        strobe.metaAd(le32(message.length), true);
        strobe.ad(message);
    }

    byte[] challenge(String label, int length) {
        strobe.metaAd(ascii(label), false);
        strobe.metaAd(le32(length), true);
        return strobe.prf(length);
    }

    /**
     * Secret bytes that depend on the transcript, on a witness and on fresh randomness: a failing random source alone does not reveal the key. The transcript
     * stays as it is.
     */
    byte[] witness(String label, byte[] secret, SecureRandom random, int length) {
        Strobe rng = strobe.copy();
        rng.metaAd(ascii(label), false);
        rng.metaAd(le32(secret.length), true);
        rng.key(secret);
        byte[] fresh = new byte[32];
        random.nextBytes(fresh);
        rng.metaAd(ascii("rng"), false);
        rng.key(fresh);
        rng.metaAd(le32(length), false);
        return rng.prf(length);
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] le32(int value) {
        return new byte[] {(byte) value, (byte) (value >>> 8), (byte) (value >>> 16), (byte) (value >>> 24)};
    }
}
