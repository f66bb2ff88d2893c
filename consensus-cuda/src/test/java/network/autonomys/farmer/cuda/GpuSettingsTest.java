package network.autonomys.farmer.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GpuSettingsTest {
    @Test
    void readsCardsAndConcurrency() throws GpuUnavailableException {
        assertThat(GpuSettings.of("", Map.of())).isEqualTo(GpuSettings.usual());
        assertThat(GpuSettings.of("", Map.of("GPU_CONCURRENCY", " "))).isEqualTo(GpuSettings.usual());
        GpuSettings settings = GpuSettings.of("2, 0", Map.of("GPU_CONCURRENCY", "12"));
        assertThat(settings.gpus()).containsExactly(2, 0);
        assertThat(settings.concurrency()).isEqualTo(OptionalInt.of(12));
    }

    @ParameterizedTest
    @CsvSource({
        "'0,0', '', names card 0 twice",
        "'x', '', \"x\" is no number",
        "'-1', '', not between 0 and 255",
        "'0,', '', is no number",
        "'', '0', not between 1 and 1024",
        "'', 'many', \"many\" is no number",
    })
    void refusesWhatCannotBe(String gpus, String concurrency, String reason) {
        assertThatThrownBy(() -> GpuSettings.of(gpus, Map.of("GPU_CONCURRENCY", concurrency)))
                .isInstanceOf(GpuUnavailableException.class)
                .hasMessageContaining(reason);
    }
}
