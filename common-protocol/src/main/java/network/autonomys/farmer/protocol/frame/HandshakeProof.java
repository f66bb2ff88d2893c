package network.autonomys.farmer.protocol.frame;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.core.types.Bytes;

/**
 * Proof of the cluster secret: HMAC-SHA-256 over the side's name, the cluster and both sides' ids and nonces (cluster-and-cli §3.9).
 * The side's name in it keeps a proof from being sent back to its author.
 */
public final class HandshakeProof {
    /** Bytes of a proof. */
    public static final int SIZE = 32;

    /** Who proves. */
    public enum Side {
        CLIENT,
        SERVER
    }

    private final SecretKeySpec key;

    /**
     * @param secret the cluster secret, at least 16 bytes
     */
    public HandshakeProof(byte[] secret) {
        if (secret.length < 16) {
            throw new IllegalArgumentException("a cluster secret has at least 16 bytes");
        }
        key = new SecretKeySpec(secret, "HmacSHA256");
    }

    /** The proof of one side. */
    public Bytes of(Side side, Hello client, Hello server) {
        ScaleWriter out = new ScaleWriter();
        out.writeString(side.name()).writeString(server.cluster());
        client.id().write(out);
        server.id().write(out);
        out.writeBytes(client.nonce()).writeBytes(server.nonce());
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return Bytes.of(mac.doFinal(out.toByteArray()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    /** Checks the proof of a side in constant time. */
    public boolean matches(Bytes proof, Side side, Hello client, Hello server) {
        return MessageDigest.isEqual(proof.toArray(), of(side, client, server).toArray());
    }
}
