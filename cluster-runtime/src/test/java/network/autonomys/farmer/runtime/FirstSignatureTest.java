package network.autonomys.farmer.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.security.SecureRandom;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.junit.jupiter.api.Test;

class FirstSignatureTest {
    @Test
    void signsAndVerifiesAsForAReward() {
        assertThat(FirstSignature.signAndVerify(new SecureRandom())).isEqualTo(50);
    }

    @Test
    void doesSoOnAThreadOfItsOwn() {
        Set<String> askers = new CopyOnWriteArraySet<>();
        FirstSignature.inBackground(new SecureRandom() {
            @Override
            public void nextBytes(byte[] bytes) {
                askers.add(Thread.currentThread().getName());
                super.nextBytes(bytes);
            }
        });
        await().untilAsserted(() -> assertThat(askers).containsExactly("first-signature-0"));
    }
}
