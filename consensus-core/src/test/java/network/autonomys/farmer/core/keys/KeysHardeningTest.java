package network.autonomys.farmer.core.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import network.autonomys.farmer.core.scale.ScaleException;
import network.autonomys.farmer.core.types.Base58;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Multiaddr;
import network.autonomys.farmer.testkit.Mutator;
import network.autonomys.farmer.testkit.Recipe;
import network.autonomys.farmer.testkit.VectorCase;
import network.autonomys.farmer.testkit.Vectors;
import org.junit.jupiter.api.Test;

/** Bad addresses, identities and signatures: the documented exception or the answer false, and nothing else. */
class KeysHardeningTest {
    private static final Set<Class<? extends Exception>> ARGUMENT = Set.of(IllegalArgumentException.class);

    @Test
    void ss58Addresses() {
        List<String> samples = Vectors.cases("keys", "ss58.json", "ss58-decode").stream()
                .filter(v -> v.has("publicKey"))
                .map(v -> v.text("address"))
                .toList();
        Mutator.Result result = Mutator.feedText("ss58", 1, 60_000, samples, Ss58::decode, ARGUMENT);
        // A checksum of 16 bits lets one change in 65 536 pass; the rest of the accepted ones are changed beyond the
        // text or not at all.
        assertThat(result.refused()).isGreaterThan(50_000);
    }

    @Test
    void base58() {
        Mutator.feedText(
                "base58",
                2,
                20_000,
                List.of("12D3KooWPyxZvDpBUrqm9vLBHqQ5tDAnnPgnTXNAyXFgDpLMkFMH", "1111z"),
                text -> {
                    if (!Base58.encode(Base58.decode(text)).equals(text)) {
                        throw new AssertionError("another text for the same bytes");
                    }
                },
                ARGUMENT);
        assertThat(Base58.decode("z".repeat(Base58.MAX_LENGTH))).hasSize(188);
    }

    @Test
    void hexadecimal() {
        Mutator.Result result = Mutator.feedText(
                "hex", 3, 20_000, List.of("00ff10", "ABCDEF0123456789".repeat(8)), Bytes::fromHex, ARGUMENT);
        assertThat(result.accepted()).isPositive();
    }

    @Test
    void multiaddressText() {
        List<String> samples = List.of(
                "/ip4/127.0.0.1/tcp/30433",
                "/dns/bootstrap-0.example.org/tcp/30533/p2p/12D3KooWPyxZvDpBUrqm9vLBHqQ5tDAnnPgnTXNAyXFgDpLMkFMH",
                "/ip6/2001:db8::1/udp/30533/quic-v1",
                "/ip6/::ffff:1.2.3.4/tcp/1/ws",
                "/memory/18446744073709551615/p2p-circuit/noise",
                "/dns4/a.example.org/tcp/443/wss");
        for (String sample : samples) {
            assertThat(Multiaddr.parse(sample).text()).isEqualTo(sample);
        }
        Mutator.Result result = Mutator.feedText(
                "multiaddress",
                4,
                60_000,
                samples,
                text -> {
                    Multiaddr address = Multiaddr.parse(text);
                    if (!Multiaddr.parse(address.text()).equals(address)) {
                        throw new AssertionError("the text of the address is another address: " + address.text());
                    }
                },
                ARGUMENT);
        assertThat(result.accepted()).isPositive();
    }

    @Test
    void multiaddressesOfEveryKind() {
        for (String text : List.of(
                "/ip6/::",
                "/ip6/::1",
                "/ip6/1::",
                "/ip6/1:0:0:2::3",
                "/ip6/0:1:2:3:4:5:6:7",
                "/ip6/1:2:3:4:5:6:7:8",
                "/ip4/0.0.0.0/udp/0/utp",
                "/ip6zone/eth0/ip6/fe80::1",
                "/dnsaddr/x/tls/sni/y/http",
                "/sctp/65535")) {
            assertThat(Multiaddr.parse(text).text()).isEqualTo(text);
        }
        for (String text : List.of(
                "",
                "ip4/1.2.3.4",
                "/ip4/256.1.1.1",
                "/ip4/1.2.3",
                "/ip4/01.2.3.4",
                "/ip6/1.2.3.4",
                "/ip6/:::",
                "/ip6/fe80::1%eth0",
                "/ip6/localhost",
                "/tcp/65536",
                "/tcp/-1",
                "/tcp/",
                "/dns//tcp/1",
                "/p2p/12D3",
                "/no-such",
                "//tcp/1")) {
            assertThatThrownBy(() -> Multiaddr.parse(text)).as(text).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void identityFiles() {
        byte[] valid = FarmIdentity.of(Recipe.xof("hardening/identity", 32)).encode();
        Mutator.Result result = Mutator.feed(
                "identity.bin", 5, 2_000, List.of(valid), FarmIdentity::decode, Set.of(ScaleException.class));
        assertThat(result.accepted()).isPositive();
    }

    @Test
    void signatures() {
        KeyPair key = KeyPair.fromEntropy(Recipe.xof("hardening/key", 32));
        Bytes message = Bytes.of(Recipe.xof("hardening/message", 32));
        byte[] good = RewardSigning.sign(key, message, new SecureRandom()).toArray();
        assertThat(RewardSigning.verify(key.publicKey(), message, Bytes.of(good)))
                .isTrue();
        byte[] whole = Arrays.copyOf(good, 96);
        key.publicKey().copyTo(whole, 64);
        Mutator.feed(
                "signature",
                6,
                3_000,
                List.of(whole),
                in -> {
                    Bytes bytes = Bytes.of(in);
                    boolean same = Arrays.equals(in, whole);
                    Bytes signature = bytes.slice(0, Math.min(64, in.length));
                    Bytes publicKey = bytes.slice(Math.min(64, in.length), in.length);
                    if (RewardSigning.verify(publicKey, message, signature) != same) {
                        throw new AssertionError("wrong answer");
                    }
                },
                ARGUMENT);
        for (VectorCase v : Vectors.cases("keys", "signatures.json", "reward-signature")) {
            byte[] cut = Arrays.copyOf(v.bytes("signature"), 63);
            assertThatThrownBy(() -> RewardSigning.verify(Bytes.of(v.bytes("publicKey")), message, Bytes.of(cut)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
