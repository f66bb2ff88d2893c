package network.autonomys.farmer.plotclient;

import static org.assertj.core.api.Assertions.assertThat;

import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.plotclient.SlotWindow.Arrival;
import org.junit.jupiter.api.Test;

class SlotWindowTest {
    private static final Bytes ONE = Bytes.of(new byte[] {1});
    private static final Bytes TWO = Bytes.of(new byte[] {2});

    private final SlotWindow window = new SlotWindow();

    @Test
    void theFirstAnnouncementStartsTheAudit() {
        assertThat(window.announced(10, ONE, "a", 4)).isEqualTo(Arrival.NEW);
        assertThat(window.announced(10, ONE, "b", 4)).isEqualTo(Arrival.REPEATED);
        assertThat(window.controllers(10, ONE)).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void anotherChallengeOfTheSlotIsAFork() {
        window.announced(10, ONE, "a", 4);
        assertThat(window.announced(10, TWO, "b", 4)).isEqualTo(Arrival.FORK);
        assertThat(window.controllers(10, TWO)).containsExactly("b");
        assertThat(window.controllers(10, ONE)).containsExactly("a");
    }

    @Test
    void oldSlotsAreStale() {
        window.announced(10, ONE, "a", 4);
        assertThat(window.announced(6, ONE, "a", 4)).isEqualTo(Arrival.NEW);
        assertThat(window.announced(5, ONE, "a", 4)).isEqualTo(Arrival.STALE);
        assertThat(window.highest()).isEqualTo(10);
    }

    @Test
    void rememberedSlotsAreBounded() {
        for (int slot = 0; slot < 1000; slot++) {
            window.announced(slot, ONE, "a", 4);
        }
        assertThat(window.controllers(0, ONE)).isEmpty();
        assertThat(window.controllers(999, ONE)).containsExactly("a");
    }
}
