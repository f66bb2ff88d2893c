package network.autonomys.farmer.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
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

    /** A machine's first start: every role of it makes the same files at the same time. */
    @Test
    void rolesThatStartAtOnceDoNotDisturbEachOther() throws Exception {
        Path cache = folder.resolve("cache");
        int roles = 4;
        try (ExecutorService threads = Executors.newFixedThreadPool(roles)) {
            CyclicBarrier start = new CyclicBarrier(roles);
            List<Future<KzgParameters>> loading = new ArrayList<>();
            for (int i = 0; i < roles; i++) {
                loading.add(threads.submit(() -> {
                    start.await();
                    return new KzgLocator(folder, cache, Optional.empty()).load(Optional.of(KzgLocator.DEV));
                }));
            }
            for (Future<KzgParameters> loaded : loading) {
                assertThat(loaded.get().digest()).isEqualTo(DevSecret.PARAMETERS_DIGEST);
            }
        }
        try (Stream<Path> files = Files.list(cache)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .hasSize(2)
                    .noneMatch(name -> name.endsWith(".new"));
        }
    }

    @Test
    void aFolderThatCannotBeWrittenOnlyCostsTime() throws IOException, ConfigurationException {
        Path inTheWay = Files.createFile(folder.resolve("cache"));
        assertThat(new KzgLocator(folder, inTheWay, Optional.empty())
                        .load(Optional.of(KzgLocator.DEV))
                        .digest())
                .isEqualTo(DevSecret.PARAMETERS_DIGEST);
    }
}
