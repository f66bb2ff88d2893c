package network.autonomys.farmer.core.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import network.autonomys.farmer.testkit.Vectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernels in the source tree are what the generator writes. */
class KernelGeneratorTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8})
    void sourcesAreCurrent(int lanes) throws IOException {
        Path folder = Vectors.projectRoot()
                .resolve("consensus-core/src/main/java/network/autonomys/farmer/core/field/generated");
        assertThat(Files.readString(folder.resolve(KernelGenerator.fileName(lanes))))
                .isEqualTo(KernelGenerator.source(lanes));
        assertThat(Files.readString(folder.resolve(ResidueGenerator.fileName(lanes))))
                .isEqualTo(ResidueGenerator.source(lanes));
    }
}
