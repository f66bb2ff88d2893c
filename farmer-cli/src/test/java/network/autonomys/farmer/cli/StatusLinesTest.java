package network.autonomys.farmer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StatusLinesTest {
    @Test
    void figuresOfAPartHaveALineOfTheirOwn() {
        Map<String, Long> figures = new TreeMap<>(Map.of(
                "spool_bytes", 5L,
                "spool_sectors", 0L,
                "gpu0 NVIDIA H200/ready", 1L,
                "gpu0 NVIDIA H200/records", 12L,
                "gpu1 NVIDIA H200/ready", 0L,
                "segments", 7L));
        assertThat(StatusCommand.figureLines(figures))
                .containsExactly("segments 7, spool_bytes 5", "gpu0 NVIDIA H200: ready 1, records 12");
        assertThat(StatusCommand.figureLines(Map.of("a", 0L))).isEmpty();
    }
}
