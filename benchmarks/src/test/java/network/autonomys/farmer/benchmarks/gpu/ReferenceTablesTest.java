package network.autonomys.farmer.benchmarks.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import network.autonomys.farmer.core.engine.RecordEngine;
import network.autonomys.farmer.core.field.CpuFieldEngine;
import network.autonomys.farmer.core.pos.CpuRecordEngine;
import network.autonomys.farmer.core.pos.VectorForm;
import network.autonomys.farmer.testkit.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reference's tables, through the processor's engine, as cards are asked for them. */
class ReferenceTablesTest {
    private final ObjectNode node = new ObjectMapper().createObjectNode();

    @TempDir
    private Path folder;

    private boolean check(Path vectors) throws IOException {
        try (RecordEngine engine = new CpuRecordEngine(new CpuFieldEngine(), VectorForm.preferred(Host.flags()))) {
            return ReferenceTables.in(vectors).check(engine, node);
        }
    }

    @Test
    void areThoseOfTheEngine() throws IOException {
        assertThat(check(Vectors.root().resolve("pos"))).as("%s", node).isTrue();
        assertThat(node.get("referenceTables").asInt()).isGreaterThanOrEqualTo(2);
        assertThat(node.get("wrongReferenceTables").isEmpty()).isTrue();
    }

    @Test
    void thoseThatDifferAreNamed() throws IOException {
        Files.writeString(folder.resolve("v1.json"), """
                {"cases": [{"kind": "table", "version": "v1", "name": "another", "seed": "%s", "proofs": {"blake3": "00"}, "bitfield": {"blake3": "00"}}]}
                """.formatted("02".repeat(32)));
        assertThat(check(folder)).isFalse();
        assertThat(node.at("/wrongReferenceTables/0").asText()).isEqualTo("another");
    }

    @Test
    void foldersWithoutTablesAreRefused() throws IOException {
        assertThatThrownBy(() -> ReferenceTables.in(folder)).isInstanceOf(IOException.class);
        Path file = folder.resolve("v1.json");
        for (String text : new String[] {
            "no json",
            "{}",
            "{\"cases\":[{\"kind\":\"table\",\"version\":\"v1\",\"seed\":\"00\"}]}",
            "{\"cases\":[{\"kind\":\"table\",\"version\":\"v1\",\"seed\":\"" + "zz".repeat(32)
                    + "\",\"proofs\":{\"blake3\":\"00\"},\"bitfield\":{\"blake3\":\"00\"}}]}"
        }) {
            Files.writeString(file, text);
            assertThatThrownBy(() -> ReferenceTables.in(folder)).as(text).isInstanceOf(IOException.class);
        }
    }
}
