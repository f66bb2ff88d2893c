package network.autonomys.farmer.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import network.autonomys.farmer.core.engine.ProofTable;
import network.autonomys.farmer.core.engine.RecordEngine;
import network.autonomys.farmer.core.pos.PosVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which rules a host with cards plots, and with what. */
class PlottingTest {
    private static final MemorySegment NOTHING = MemorySegment.NULL;

    private final List<String> done = new ArrayList<>();

    /** An engine that says what it was asked for. */
    private RecordEngine named(String name) {
        return new RecordEngine() {
            @Override
            public void encode(
                    PosVersion version,
                    int n,
                    MemorySegment seeds,
                    MemorySegment records,
                    MemorySegment out,
                    MemorySegment bitfields) {
                done.add(name + " encodes " + n + " of " + version);
            }

            @Override
            public ProofTable table(PosVersion version, byte[] seed) {
                throw new AssertionError("no table is wanted");
            }

            @Override
            public boolean findProof(PosVersion version, byte[] seed, int sBucket, byte[] proof) {
                done.add(name + " proves " + version);
                return true;
            }

            @Override
            public void close() {
                done.add(name + " closed");
            }
        };
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theSecondRuleIsTheProcessorsWhereItMayBeUsed(boolean fallback) {
        Plotting plotting = Cards.plotting(named("card"), named("processor"), fallback);
        assertThat(plotting.versions())
                .containsExactlyInAnyOrder(fallback ? PosVersion.values() : new PosVersion[] {PosVersion.V1});
        try (RecordEngine engine = plotting.engine()) {
            for (PosVersion version : plotting.versions().stream().sorted().toList()) {
                engine.encode(version, 3, NOTHING, NOTHING, NOTHING, NOTHING);
            }
            assertThat(engine.findProof(PosVersion.V2, new byte[32], 0, new byte[160]))
                    .isTrue();
        }
        List<String> expected = new ArrayList<>(List.of("card encodes 3 of V1"));
        if (fallback) {
            expected.add("processor encodes 3 of V2");
        }
        expected.add("card proves V2");
        assertThat(done).isEqualTo(expected);
    }

    @Test
    void withoutCardsTheProcessorPlotsBoth() {
        RecordEngine processor = named("processor");
        try (Cards cards = Cards.none(processor, "a test")) {
            assertThat(cards.plotting().versions()).containsExactlyInAnyOrder(PosVersion.values());
            assertThat(cards.plotting().engine()).isSameAs(processor);
        }
    }
}
