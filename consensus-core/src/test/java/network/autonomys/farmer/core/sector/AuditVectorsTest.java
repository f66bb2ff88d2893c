package network.autonomys.farmer.core.sector;

import static network.autonomys.farmer.core.sector.PlottedSectors.hash;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import network.autonomys.farmer.core.sector.PlottedSectors.PlottedSectorFixture;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.testkit.Recipe;
import network.autonomys.farmer.testkit.VectorCase;
import network.autonomys.farmer.testkit.VectorSuite;
import org.junit.jupiter.api.Test;

/** Audits find the chunks that the reference finds. */
class AuditVectorsTest {
    private final PlottedSectors sectors = PlottedSectors.get();

    @Test
    void auditsAreTheReferences() {
        new VectorSuite("audit")
                .on("audit.json", "audit", this::audit)
                .on("v2-audit.json", "audit", this::audit)
                .on("plot.json", "auditPlot", this::auditPlot)
                .run();
    }

    private void audit(VectorCase vector) throws Exception {
        PlottedSectorFixture plotted = sectors.sector(vector.text("sector"));
        ContentsMap contents = SectorReader.readContentsMap(plotted.layout(), plotted.source());
        for (JsonNode challenge : vector.node("challenges")) {
            Bytes global = Bytes.of(vector.bytes(challenge.get("globalChallenge")));
            Audit.Target target = Audit.target(plotted.metadata(), plotted.sectorId(), global);
            assertThat(target.sBucket()).isEqualTo(challenge.get("s").asInt());
            assertThat(target.offset()).isEqualTo(challenge.get("offset").asLong());
            assertThat(target.bytes()).isEqualTo(challenge.get("size").asInt());
            long range = VectorCase.u64(challenge.get("solutionRange"));
            assertWinners(winners(plotted, target, global, range), challenge.get("candidates"));
            JsonNode records = challenge.get("records");
            for (int rank = 0; rank < records.size(); rank++) {
                int record = contents.recordAt(target.sBucket(), rank);
                assertThat(record).isEqualTo(records.get(rank).get(0).asInt());
                assertThat(contents.isEncoded(record, target.sBucket()))
                        .isEqualTo(records.get(rank).get(1).asBoolean());
            }
        }
    }

    private void auditPlot(VectorCase vector) {
        Map<Integer, PlottedSectorFixture> plot = new HashMap<>();
        for (JsonNode sector : vector.node("sectors")) {
            int index = sector.get("sectorIndex").asInt();
            if (sector.get("dummy").asBoolean()) {
                continue;
            }
            PlottedSectorFixture plotted = sectors.plot(
                    vector.text("table"),
                    false,
                    Bytes.of(vector.bytes("publicKey")),
                    index,
                    sector.get("historySize").asLong(),
                    vector.i32("piecesInSector"),
                    vector);
            assertThat(plotted.sectorId().hex())
                    .isEqualTo(sector.get("sectorId").asText());
            assertThat(hash(plotted.metadata().encode()))
                    .isEqualTo(sector.get("metadata").asText());
            assertThat(hash(plotted.sector())).isEqualTo(sector.get("sector").asText());
            plot.put(index, plotted);
        }
        for (JsonNode challenge : vector.node("challenges")) {
            Set<Integer> modified = new HashSet<>();
            challenge.get("beingModified").forEach(index -> modified.add(index.asInt()));
            Map<Integer, JsonNode> expected = new HashMap<>();
            challenge
                    .get("results")
                    .forEach(result -> expected.put(result.get("sectorIndex").asInt(), result.get("candidates")));
            Bytes global = Bytes.of(vector.bytes(challenge.get("globalChallenge")));
            long range = VectorCase.u64(challenge.get("solutionRange"));
            Set<Integer> found = new HashSet<>();
            plot.forEach((index, plotted) -> {
                Audit.Target target = Audit.target(plotted.metadata(), plotted.sectorId(), global);
                List<Audit.Winner> winners = winners(plotted, target, global, range);
                if (!modified.contains(index) && !winners.isEmpty()) {
                    found.add(index);
                    assertWinners(winners, Objects.requireNonNull(expected.get(index)));
                }
            });
            assertThat(found).isEqualTo(expected.keySet());
        }
    }

    /** A dummy has no s-bucket that could be read. */
    @Test
    void dummiesHaveNothingToAudit() {
        SectorMetadata dummy = SectorMetadata.dummy(2, 3);
        for (int k = 0; k < 100; k++) {
            Bytes challenge = Bytes.of(Recipe.xof("dummy/" + k, 32));
            assertThat(Audit.target(dummy, Bytes.zeros(32), challenge).bytes()).isZero();
        }
    }

    private static List<Audit.Winner> winners(
            PlottedSectorFixture plotted, Audit.Target target, Bytes globalChallenge, long range) {
        MemorySegment bucket = plotted.sector().asSlice(target.offset(), target.bytes());
        return Audit.winners(
                PlottedSectors.toArray(bucket), target.bytes(), target.sectorSlotChallenge(), globalChallenge, range);
    }

    private static void assertWinners(List<Audit.Winner> winners, JsonNode expected) {
        assertThat(winners).hasSize(expected.size());
        for (int i = 0; i < winners.size(); i++) {
            assertThat(winners.get(i))
                    .isEqualTo(new Audit.Winner(
                            expected.get(i).get(0).asInt(),
                            VectorCase.u64(expected.get(i).get(1))));
        }
    }
}
