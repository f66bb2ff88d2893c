package network.autonomys.farmer.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import network.autonomys.farmer.controller.ControllerCounters.Signing;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.RewardSignatureResponse;
import network.autonomys.farmer.core.types.RewardSigningInfo;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.ReasonCode;
import network.autonomys.farmer.protocol.message.SignAnswer;
import network.autonomys.farmer.protocol.message.SolutionOutcome;
import org.junit.jupiter.api.Test;

class SignRelayTest {
    private static final Bytes HASH = Bytes.fromHex("11".repeat(32));
    private static final Bytes KEY = Bytes.fromHex("22".repeat(32));
    private static final Bytes GOOD = Bytes.fromHex("33".repeat(64));

    private final FakeNode node = new FakeNode();
    private final List<Signing> counted = new ArrayList<>();

    @Test
    void validSignatureReachesTheNode() throws Exception {
        relay((request, limit) -> {
                    assertThat(request.hash()).isEqualTo(HASH);
                    assertThat(request.publicKey()).isEqualTo(KEY);
                    assertThat(limit).isEqualTo(Duration.ofMillis(400));
                    return Optional.of(SignAnswer.signed(GOOD));
                })
                .sign(new RewardSigningInfo(HASH, KEY));
        assertThat(node.signatures).containsExactly(new RewardSignatureResponse(HASH, Optional.of(GOOD)));
        assertThat(counted).containsExactly(Signing.SIGNED);
    }

    @Test
    void wrongSignatureDoesNotUseUpTheWaitingPlace() throws Exception {
        sign((request, limit) -> Optional.of(SignAnswer.signed(Bytes.zeros(64))));
        assertThat(node.signatures).isEmpty();
        assertThat(counted).containsExactly(Signing.INVALID);
    }

    @Test
    void everyOtherEndIsCountedForItself() throws Exception {
        sign((request, limit) -> Optional.empty());
        sign((request, limit) -> Optional.of(SignAnswer.refused(ReasonCode.SIGN_REFUSED, "no such solution")));
        sign((request, limit) -> {
            throw new InterruptedIOException("400 ms");
        });
        node.trouble = new NodeRefusal("not connected");
        sign((request, limit) -> Optional.of(SignAnswer.signed(GOOD)));
        assertThat(node.signatures).isEmpty();
        assertThat(counted).containsExactly(Signing.NOT_OURS, Signing.REFUSED, Signing.LATE, Signing.NODE_ERROR);
    }

    private void sign(SignRelay.KeyOwners owners) throws InterruptedException {
        relay(owners).sign(new RewardSigningInfo(HASH, KEY));
    }

    private SignRelay relay(SignRelay.KeyOwners owners) {
        ControllerCounters counters = new ControllerCounters() {
            @Override
            public void solution(SolutionOutcome outcome) {}

            @Override
            public void signing(Signing outcome, long micros) {
                counted.add(outcome);
            }
        };
        return new SignRelay(
                new InstanceId(1, 2),
                owners,
                node,
                (key, hash, signature) -> signature.equals(GOOD),
                counters,
                Duration.ofMillis(400));
    }
}
