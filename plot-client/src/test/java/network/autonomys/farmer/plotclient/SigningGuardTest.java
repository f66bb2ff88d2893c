package network.autonomys.farmer.plotclient;

import static network.autonomys.farmer.plotclient.SigningGuard.Decision.NO_SOLUTION;
import static network.autonomys.farmer.plotclient.SigningGuard.Decision.SIGN;
import static network.autonomys.farmer.plotclient.SigningGuard.Decision.TOO_MANY_HASHES;
import static org.assertj.core.api.Assertions.assertThat;

import network.autonomys.farmer.core.types.Bytes;
import org.junit.jupiter.api.Test;

class SigningGuardTest {
    private static final Bytes KEY = filled(1);
    private static final Bytes OTHER_KEY = filled(2);

    private final SigningGuard guard = new SigningGuard();

    @Test
    void signsOneHashForEachSolution() {
        guard.submitting("a", KEY, 100);
        assertThat(guard.request("a", KEY, filled(9), 100)).isEqualTo(SIGN);
        assertThat(guard.request("a", KEY, filled(9), 101))
                .as("the same hash again")
                .isEqualTo(SIGN);
        assertThat(guard.request("a", KEY, filled(8), 101)).isEqualTo(TOO_MANY_HASHES);
        guard.submitting("a", KEY, 102);
        assertThat(guard.request("a", KEY, filled(8), 102)).isEqualTo(SIGN);
    }

    @Test
    void refusesOtherControllersAndKeys() {
        guard.submitting("a", KEY, 100);
        assertThat(guard.request("b", KEY, filled(9), 100)).isEqualTo(NO_SOLUTION);
        assertThat(guard.request("a", OTHER_KEY, filled(9), 100)).isEqualTo(NO_SOLUTION);
    }

    @Test
    void forgetsAfterTheWindow() {
        guard.submitting("a", KEY, 100);
        assertThat(guard.request("a", KEY, filled(9), 100 + SigningGuard.WINDOW_SLOTS))
                .isEqualTo(SIGN);
        guard.submitting("a", OTHER_KEY, 100);
        assertThat(guard.request("a", OTHER_KEY, filled(9), 101 + SigningGuard.WINDOW_SLOTS))
                .isEqualTo(NO_SOLUTION);
    }

    @Test
    void anIgnoredSolutionAllowsNothing() {
        guard.submitting("a", KEY, 100);
        guard.withdrawn("a", KEY, 100);
        assertThat(guard.request("a", KEY, filled(9), 100)).isEqualTo(NO_SOLUTION);
    }

    private static Bytes filled(int value) {
        byte[] bytes = new byte[32];
        java.util.Arrays.fill(bytes, (byte) value);
        return Bytes.of(bytes);
    }
}
