package network.autonomys.farmer.core.pos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import network.autonomys.farmer.core.pos.generator.KernelSource;
import network.autonomys.farmer.testkit.Vectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernels in the source tree are those that the generator writes; {@code -Dregenerate=true} writes them. */
class GeneratedKernelsTest {
    @ParameterizedTest
    @ValueSource(ints = {4, 8, 16})
    void isWhatTheGeneratorWrites(int lanes) throws IOException {
        Path file = Vectors.projectRoot()
                .resolve("consensus-core/src/main/java/network/autonomys/farmer/core/pos/generated")
                .resolve("Kernels" + lanes + ".java");
        if (Boolean.getBoolean("regenerate")) {
            Files.writeString(file, KernelSource.of(lanes));
        }
        assertThat(Files.readString(file)).isEqualTo(KernelSource.of(lanes));
    }
}
