package network.autonomys.farmer.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import network.autonomys.farmer.testkit.Vectors;

/** The distribution that this build has made, whose programs the system tests run. */
final class Distribution {
    private Distribution() {}

    /** The umbrella command's launcher. */
    static Path launcher() {
        return home().resolve("bin/autonomys-farmer");
    }

    /** The unpacked distribution. */
    static Path home() {
        Path target = Vectors.projectRoot().resolve("farmer-cli/target");
        try (Stream<Path> found = Files.find(
                target, 2, (p, a) -> a.isDirectory() && Files.isExecutable(p.resolve("bin/autonomys-farmer")))) {
            List<Path> homes = found.toList();
            if (homes.size() != 1) {
                throw new AssertionError("expected one distribution in " + target + ", found " + homes);
            }
            return homes.get(0);
        } catch (IOException e) {
            throw new AssertionError("no distribution in " + target + ": run mvn verify from the root", e);
        }
    }
}
