package network.autonomys.farmer.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where tests find the network's KZG parameter file, which is not part of the source tree (design §5). */
public final class KzgFile {
    private KzgFile() {}

    /**
     * The file named by {@code AUTONOMYS_KZG_PARAMETERS}, else {@code ../shared/kzg/eth-public-parameters.bin} beside the project.
     * Empty where there is none, and then the test says so and is skipped; in continuous integration (CI=true) that is a failure.
     */
    public static Optional<Path> find() {
        String named = System.getenv("AUTONOMYS_KZG_PARAMETERS");
        Path file = named != null
                ? Path.of(named)
                : Vectors.projectRoot()
                        .resolve("../shared/kzg/eth-public-parameters.bin")
                        .normalize();
        if (Files.isRegularFile(file)) {
            return Optional.of(file);
        }
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError("CI needs the KZG parameters and there is no file " + file);
        }
        System.out.println("skipped: no KZG parameter file at " + file + " (set AUTONOMYS_KZG_PARAMETERS)");
        return Optional.empty();
    }
}
