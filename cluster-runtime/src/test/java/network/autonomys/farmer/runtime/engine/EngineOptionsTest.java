package network.autonomys.farmer.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import network.autonomys.farmer.core.engine.RecordEngine;
import network.autonomys.farmer.core.field.CpuFieldEngine;
import network.autonomys.farmer.core.pos.CpuRecordEngine;
import network.autonomys.farmer.core.pos.VectorForm;
import network.autonomys.farmer.cuda.CudaDriver;
import network.autonomys.farmer.cuda.GpuInfo;
import network.autonomys.farmer.cuda.GpuUnavailableException;
import network.autonomys.farmer.runtime.ConfigurationException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What operators can say about cards, on a host that has none. */
class EngineOptionsTest {
    private static final RecordEngine PROCESSOR = new CpuRecordEngine(new CpuFieldEngine(), VectorForm.SCALAR);

    @Command
    private static final class Role {
        @Mixin
        private final EngineOptions engine = new EngineOptions();
    }

    private static EngineOptions options(String... arguments) {
        Role role = new Role();
        new CommandLine(role).parseArgs(arguments);
        return role.engine;
    }

    private static void assumeNoCards() {
        List<GpuInfo> cards;
        try {
            cards = CudaDriver.devices();
        } catch (GpuUnavailableException e) {
            return;
        }
        Assumptions.abort("skipped: this host has cards: " + cards);
    }

    @Test
    void theProcessorComputesWhereThereIsNoCard() throws ConfigurationException {
        assumeNoCards();
        for (EngineOptions options : List.of(options(), options("--cpu-fallback", "--gpus", "0"), options("--cpu"))) {
            try (Cards cards = options.cards(PROCESSOR, Map.of("GPU_CONCURRENCY", "12"))) {
                assertThat(cards.records()).isSameAs(PROCESSOR);
                assertThat(cards.concurrencyOr(7)).isEqualTo(7);
                assertThat(cards.status()).isEmpty();
            }
        }
    }

    @Test
    void cardsThatAreAskedForMustBeThere() {
        assumeNoCards();
        assertThatThrownBy(() -> options("--gpus", "0").cards(PROCESSOR, Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("--gpus 0: ")
                .hasMessageContaining("--cpu-fallback");
    }

    @Test
    void refusesValuesThatAreNone() {
        assertThatThrownBy(() -> options("--cpu-fallback").cards(PROCESSOR, Map.of("GPU_CONCURRENCY", "lots")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("GPU_CONCURRENCY=lots: \"lots\" is no number");
    }

    @Test
    void theProcessorIsTakenWithoutALookAtTheCards() throws ConfigurationException {
        try (Cards cards = options("--cpu").cards(PROCESSOR, Map.of("GPU_CONCURRENCY", "lots"))) {
            assertThat(cards.records()).isSameAs(PROCESSOR);
        }
    }

    @Test
    void cardsThatFailAtTheStartAreKeptWhereTheProcessorMayHelpOut() throws GpuUnavailableException {
        GpuUnavailableException failed = GpuUnavailableException.ofFailure("GPU 0: no room");
        GpuUnavailableException absent = new GpuUnavailableException("no card");
        List<Boolean> opened = new ArrayList<>();
        try (Cards cards = Cards.none(PROCESSOR, "stands for cards")) {
            assertThat(EngineOptions.open(failing(failed, opened, cards), false, true))
                    .isSameAs(cards);
            assertThat(opened).as("openings, with help or without").containsExactly(false, true);
            assertThat(EngineOptions.open(failing(failed, opened, cards), true, true))
                    .isSameAs(cards);
            assertThatThrownBy(() -> EngineOptions.open(failing(failed, opened, cards), false, false))
                    .as("cards asked for by name")
                    .isSameAs(failed);
            assertThatThrownBy(() -> EngineOptions.open(failing(absent, opened, cards), false, true))
                    .isSameAs(absent);
        }
    }

    private static EngineOptions.Opening failing(
            GpuUnavailableException failure, List<Boolean> opened, Cards withHelp) {
        return fallback -> {
            opened.add(fallback);
            if (!fallback) {
                throw failure;
            }
            return withHelp;
        };
    }
}
