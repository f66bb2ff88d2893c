package network.autonomys.farmer.core.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.scale.ScaleException;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.testkit.VectorCase;
import network.autonomys.farmer.testkit.VectorSuite;
import org.junit.jupiter.api.Test;

/** Identities, signatures and addresses against the reference's values (vectors/keys). */
class KeysVectorsTest {
    private final SecureRandom random = new SecureRandom();

    @Test
    void referenceValues() {
        new VectorSuite("keys")
                .on("identity.json", "identity", this::identity)
                .on("identity.json", "identity-reject", this::identityReject)
                .on("identity.json", "identity-trailing", this::identityTrailing)
                .on("identity.json", "mini-secret", this::miniSecret)
                .on("identity.json", "dev-key", this::devKey)
                .on("signatures.json", "reward-signature", this::rewardSignature)
                .on("ss58.json", "ss58-encode", this::ss58Encode)
                .on("ss58.json", "ss58-decode", this::ss58Decode)
                .run();
    }

    private void identity(VectorCase v) {
        FarmIdentity identity = FarmIdentity.decode(v.bytes("file"));
        assertThat(FarmIdentity.of(v.bytes("entropy")).encode()).isEqualTo(v.bytes("file"));
        assertThat(KeyPair.miniSecret(v.bytes("entropy"))).isEqualTo(v.bytes("miniSecret"));
        assertThat(identity.keyPair().scalar().toByteArray()).isEqualTo(v.bytes("scalar"));
        assertThat(identity.keyPair().nonce()).isEqualTo(v.bytes("nonce"));
        assertThat(identity.keyPair().ed25519Bytes()).isEqualTo(v.bytes("ed25519Bytes"));
        assertThat(identity.publicKey()).isEqualTo(bytes(v, "publicKey"));
        assertThat(Blake3.hash(identity.publicKey())).isEqualTo(bytes(v, "publicKeyBlake3"));
        Bytes hash = Blake3.hash(identity.publicKey());
        Bytes signature = RewardSigning.sign(identity.keyPair(), hash, random);
        assertThat(RewardSigning.verify(identity.publicKey(), hash, signature)).isTrue();
        assertThat(RewardSigning.sign(identity.keyPair(), hash, random)).isNotEqualTo(signature);
        assertThat(RewardSigning.verify(identity.publicKey(), Blake3.hash(hash), signature))
                .isFalse();
    }

    private void identityReject(VectorCase v) {
        assertThatThrownBy(() -> FarmIdentity.decode(v.bytes("file"))).isInstanceOf(ScaleException.class);
    }

    private void identityTrailing(VectorCase v) {
        if (v.bool("accepted")) {
            assertThat(FarmIdentity.decode(v.bytes("file")).publicKey()).isEqualTo(bytes(v, "publicKey"));
        } else {
            identityReject(v);
        }
    }

    private void miniSecret(VectorCase v) {
        KeyPair pair = KeyPair.fromMiniSecret(v.bytes("miniSecret"));
        assertThat(pair.scalar().toByteArray()).isEqualTo(v.bytes("scalar"));
        assertThat(pair.nonce()).isEqualTo(v.bytes("nonce"));
        assertThat(pair.publicKey()).isEqualTo(bytes(v, "publicKey")).isNotEqualTo(bytes(v, "uniformPublicKey"));
    }

    private void devKey(VectorCase v) {
        KeyPair root = KeyPair.fromEntropy(v.bytes("phraseEntropy"));
        assertThat(root.publicKey()).isEqualTo(bytes(v, "rootPublicKey"));
        KeyPair derived = root.deriveHard(v.bytes("chainCode"));
        assertThat(derived.publicKey()).isEqualTo(bytes(v, "publicKey"));
        assertThat(KeyPair.fromMiniSecret(v.bytes("miniSecret")).publicKey()).isEqualTo(derived.publicKey());
    }

    private void rewardSignature(VectorCase v) {
        assertThat(RewardSigning.verify(bytes(v, "publicKey"), bytes(v, "message"), bytes(v, "signature")))
                .isEqualTo(v.bool("valid"));
    }

    private void ss58Encode(VectorCase v) {
        assertThat(new Ss58(v.i32("prefix"), bytes(v, "publicKey")).encode()).isEqualTo(v.text("address"));
    }

    private void ss58Decode(VectorCase v) {
        if (v.has("publicKey")) {
            Ss58 decoded = Ss58.decode(v.text("address"));
            assertThat(decoded.account()).isEqualTo(bytes(v, "publicKey"));
        } else {
            assertThatThrownBy(() -> Ss58.decode(v.text("address"))).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static Bytes bytes(VectorCase v, String field) {
        return Bytes.of(v.bytes(field));
    }
}
