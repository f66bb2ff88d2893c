package network.autonomys.farmer.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import network.autonomys.farmer.core.kzg.DevSecret;
import network.autonomys.farmer.core.kzg.KzgParameters;
import network.autonomys.farmer.runtime.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KzgLocatorTest {
    @TempDir
    Path folder;

    @Test
    void whatTheCacheFolderRemembersIsUsedAndRepaired() throws IOException, ConfigurationException {
        Path cache = folder.resolve("cache");
        KzgLocator locator = new KzgLocator(folder, cache, Optional.empty());
        KzgParameters first = locator.load(Optional.of(KzgLocator.DEV));
        assertThat(first.digest()).isEqualTo(DevSecret.PARAMETERS_DIGEST);
        Path remembered = cache.resolve("kzg-ordinates-" + first.digest().hex().substring(0, 16) + ".bin");
        byte[] ordinates = Files.readAllBytes(remembered);
        assertThat(ordinates).isEqualTo(first.ordinates());

        byte[] damaged = ordinates.clone();
        damaged[48 * 1000 + 5] ^= 1;
        Files.write(remembered, damaged);
        KzgParameters second = locator.load(Optional.of(KzgLocator.DEV));
        assertThat(second.g1().mismatch(first.g1())).isEqualTo(-1);
        assertThat(Files.readAllBytes(remembered)).isEqualTo(ordinates);
    }

    @Test
    void aCacheFolderThatCannotBeUsedOnlyCostsTime() throws IOException, ConfigurationException {
        Path cache = Files.createDirectories(folder.resolve("cache"));
        KzgLocator locator = new KzgLocator(folder, cache, Optional.empty());
        KzgParameters first = locator.load(Optional.of(KzgLocator.DEV));
        Path remembered = cache.resolve("kzg-ordinates-" + first.digest().hex().substring(0, 16) + ".bin");
        Files.delete(remembered);
        Files.createDirectories(remembered.resolve("in the way"));
        assertThat(locator.load(Optional.of(KzgLocator.DEV)).g1().mismatch(first.g1()))
                .isEqualTo(-1);
    }
}
