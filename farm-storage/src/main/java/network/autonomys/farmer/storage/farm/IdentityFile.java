package network.autonomys.farmer.storage.farm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import network.autonomys.farmer.core.keys.FarmIdentity;
import network.autonomys.farmer.core.scale.ScaleException;
import network.autonomys.farmer.storage.io.DurableFiles;

/** A farm's identity.bin, from which its keys follow (sectors-farms §7.2). Only its owner may read it. */
public final class IdentityFile {
    /** The file's name in the farm's folder. */
    public static final String NAME = "identity.bin";

    private static final long MAX_BYTES = 4096;

    private IdentityFile() {}

    /**
     * Reads the identity, or makes one where there is none.
     *
     * @throws FarmException where the file is damaged, or missing and not to be created
     */
    static FarmIdentity open(Path folder, boolean create, SecureRandom random) throws IOException {
        Path file = folder.resolve(NAME);
        if (Files.exists(file)) {
            return read(folder);
        }
        if (!create) {
            throw new FarmException(
                    FarmException.Kind.MISSING,
                    "no farm in " + folder + ", and none is to be created (--create false)");
        }
        FarmIdentity identity = FarmIdentity.create(random);
        DurableFiles.replaceSecret(file, identity.encode());
        return identity;
    }

    /** Reads the identity of a farm. */
    public static FarmIdentity read(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        if (Files.size(file) > MAX_BYTES) {
            throw new FarmException(FarmException.Kind.CORRUPT, file + ": too long for an identity");
        }
        try {
            return FarmIdentity.decode(Files.readAllBytes(file));
        } catch (ScaleException e) {
            throw new FarmException(FarmException.Kind.CORRUPT, file + ": " + e.getMessage(), e);
        }
    }
}
