package network.autonomys.farmer.storage.farm;

import java.io.IOException;
import java.nio.file.Path;
import network.autonomys.farmer.storage.io.NativeFile;

/** The exclusive lock of a farm: flock(2) on its info file, which the reference farmer takes too (sectors-farms §7.3). */
final class FarmLock implements AutoCloseable {
    private final NativeFile file;

    private FarmLock(NativeFile file) {
        this.file = file;
    }

    /**
     * Takes the lock.
     *
     * @param info the farm's info file, which exists
     * @throws FarmException where somebody has it
     * @throws IOException where the file system cannot lock
     */
    static FarmLock take(Path info) throws IOException {
        NativeFile file = open(info);
        boolean taken = false;
        try {
            taken = file.tryLock();
        } finally {
            if (!taken) {
                file.close();
            }
        }
        if (!taken) {
            throw new FarmException(
                    FarmException.Kind.LOCKED, "the farm of " + info + " is likely in use by another process");
        }
        return new FarmLock(file);
    }

    private static NativeFile open(Path info) throws FarmException {
        try {
            return NativeFile.openForWriting(info);
        } catch (IOException e) {
            throw new FarmException(FarmException.Kind.MISSING, e.getMessage() + "; it is to be locked", e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
