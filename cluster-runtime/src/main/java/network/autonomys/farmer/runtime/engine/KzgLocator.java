package network.autonomys.farmer.runtime.engine;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import network.autonomys.farmer.core.kzg.DevSecret;
import network.autonomys.farmer.core.kzg.KzgParameters;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.runtime.ConfigurationException;
import network.autonomys.farmer.storage.io.DurableFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the KZG parameters (design §5): the option, the environment, the install folder. The insecure set of development chains is made once
 * into a file of the user's cache folder and only ever taken where it is asked for by name.
 */
public final class KzgLocator {
    private static final Logger LOG = LoggerFactory.getLogger(KzgLocator.class);

    /** The value of the option that means the development set. */
    public static final String DEV = "dev";

    /** The parameter file's name in an install folder. */
    public static final String FILE = "eth-public-parameters.bin";

    private static final String VARIABLE = "AUTONOMYS_KZG_PARAMETERS";

    private final Path home;
    private final Path cache;
    private final Optional<String> environment;

    /**
     * @param home the install folder
     * @param cache where the development set is kept
     * @param environment the value of {@code AUTONOMYS_KZG_PARAMETERS}
     */
    public KzgLocator(Path home, Path cache, Optional<String> environment) {
        this.home = home;
        this.cache = cache;
        this.environment = environment;
    }

    /** The locator of this process's environment. */
    public static KzgLocator ofProcess() {
        Path user = Path.of(System.getProperty("user.home", "/"), ".cache", "autonomys-farmer");
        String named = System.getenv("AUTONOMYS_CACHE");
        return new KzgLocator(
                Path.of(System.getProperty("autonomys.home", "")),
                named == null ? user : Path.of(named),
                Optional.ofNullable(System.getenv(VARIABLE)));
    }

    /**
     * Loads the parameters.
     *
     * @param option the value of {@code --kzg-parameters}
     * @throws ConfigurationException where there are none, or the file is not the network's
     */
    public KzgParameters load(Optional<String> option) throws ConfigurationException {
        if (option.isPresent() && option.get().equals(DEV)) {
            return dev();
        }
        List<Path> places = new ArrayList<>();
        option.or(() -> environment).map(Path::of).ifPresentOrElse(places::add, () -> {
            places.add(home.resolve(FILE));
            places.add(home.resolve("lib").resolve(FILE));
            places.add(Path.of("/usr/share/autonomys-farmer").resolve(FILE));
        });
        for (Path place : places) {
            if (Files.isRegularFile(place)) {
                try {
                    MemorySegment file = MemorySegment.ofArray(readAll(place));
                    return remembered(
                            KzgParameters.NETWORK_DIGEST, ordinates -> KzgParameters.network(file, ordinates));
                } catch (IllegalArgumentException | IOException e) {
                    throw new ConfigurationException("KZG parameters in " + place + ": " + e.getMessage());
                }
            }
        }
        throw new ConfigurationException("no KZG parameters (looked for " + places
                + "): run \"autonomys-farmer util kzg-parameters import FILE\" with the parameter file or the node's"
                + " binary, or name the file by --kzg-parameters or " + VARIABLE
                + "; \"--kzg-parameters dev\" is for development chains");
    }

    private KzgParameters dev() throws ConfigurationException {
        Path file = cache.resolve("dev-kzg-parameters.bin");
        LOG.warn(
                "KZG parameters of development chains: their secret is public, nothing proven with them is worth anything");
        try {
            if (Files.isRegularFile(file)) {
                MemorySegment known = MemorySegment.ofArray(readAll(file));
                if (KzgParameters.digest(known).equals(DevSecret.PARAMETERS_DIGEST)) {
                    return remembered(DevSecret.PARAMETERS_DIGEST, ordinates -> KzgParameters.parse(known, ordinates));
                }
                LOG.warn("{} is damaged and made again", file);
            }
            byte[] fresh = DevSecret.parameterFile();
            keep(file, fresh);
            return remembered(
                    DevSecret.PARAMETERS_DIGEST,
                    ordinates -> KzgParameters.parse(MemorySegment.ofArray(fresh), ordinates));
        } catch (IOException e) {
            throw new ConfigurationException("development KZG parameters in " + file + ": " + e.getMessage());
        }
    }

    /**
     * Reads a set with what the cache folder remembers of it, and makes the folder remember it. That is a second of each start; it is not worth
     * failing for.
     */
    private KzgParameters remembered(Bytes digest, Function<MemorySegment, KzgParameters> read) {
        Path file = cache.resolve("kzg-ordinates-" + digest.toString().substring(0, 16) + ".bin");
        byte[] known = new byte[0];
        try {
            if (Files.isRegularFile(file) && Files.size(file) == KzgParameters.ORDINATE_BYTES) {
                known = Files.readAllBytes(file);
            }
        } catch (IOException e) {
            LOG.debug("{} cannot be read", file, e);
        }
        KzgParameters parameters = read.apply(MemorySegment.ofArray(known));
        byte[] ordinates = parameters.ordinates();
        if (!Arrays.equals(known, ordinates)) {
            keep(file, ordinates);
        }
        return parameters;
    }

    private void keep(Path file, byte[] content) {
        try {
            Files.createDirectories(cache);
            DurableFiles.replaceShared(file, content);
        } catch (IOException e) {
            LOG.info("{} cannot be written ({}); each start takes longer", file, e.toString());
        }
    }

    private static byte[] readAll(Path file) throws IOException {
        if (Files.size(file) > 2L * KzgParameters.FILE_BYTES) {
            throw new IOException("too long for a parameter file");
        }
        return Files.readAllBytes(file);
    }
}
