package network.autonomys.farmer.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimersTest {
    @Test
    void demoIsNeverLonger() {
        for (Timer timer : Timer.values()) {
            assertThat(Timers.demo().get(timer))
                    .isLessThanOrEqualTo(Timers.normal().get(timer));
            assertThat(Timers.demo().get(timer)).isPositive();
            assertThat(Timer.ofLabel(timer.label())).contains(timer);
        }
        assertThat(Timers.normal().get(Timer.MEMBER_LOSS)).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void bothSetsKeepTheOrderOfWhatBelongsTogether() {
        for (Timers timers : new Timers[] {Timers.normal(), Timers.demo()}) {
            assertThat(timers.get(Timer.PRESENCE_SUSPECT))
                    .isGreaterThan(timers.get(Timer.PRESENCE_BEAT).multipliedBy(2));
            assertThat(timers.get(Timer.PRESENCE_GONE)).isGreaterThan(timers.get(Timer.PRESENCE_SUSPECT));
            assertThat(timers.get(Timer.LEASE))
                    .isGreaterThan(timers.get(Timer.LEASE_RENEWAL).multipliedBy(2));
            assertThat(timers.get(Timer.JOB_REDELIVERY))
                    .isGreaterThan(timers.get(Timer.JOB_PROGRESS).multipliedBy(2));
            assertThat(timers.get(Timer.REPLOT_DELAY_MAX)).isGreaterThan(timers.get(Timer.REPLOT_DELAY_MIN));
            assertThat(timers.get(Timer.BULK_DEAD))
                    .isGreaterThan(timers.get(Timer.BULK_PING).multipliedBy(2));
        }
    }

    @Test
    void valuesAreChangedByName() {
        Timers timers = Timers.ofName("demo").with(Map.of("ring-epoch", "250ms", "lease", "9"));
        assertThat(timers.get(Timer.RING_EPOCH)).isEqualTo(Duration.ofMillis(250));
        assertThat(timers.get(Timer.LEASE)).isEqualTo(Duration.ofSeconds(9));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> timers.with(Map.of("ring", "1s")))
                .withMessageContaining("ring-epoch");
        assertThatIllegalArgumentException().isThrownBy(() -> timers.with(Map.of("lease", "0s")));
        assertThatIllegalArgumentException().isThrownBy(() -> Timers.ofName("fast"));
    }

    @Test
    void durationsAreReadWithTheirUnits() {
        assertThat(Durations.parse("14d")).isEqualTo(Duration.ofDays(14));
        assertThat(Durations.parse("2h")).isEqualTo(Duration.ofHours(2));
        assertThat(Durations.parse(" 3m ")).isEqualTo(Duration.ofMinutes(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1s", "1.5s", "s", "1y", "12345678901s"})
    void otherTextsAreNoDurations(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Durations.parse(text));
    }
}
