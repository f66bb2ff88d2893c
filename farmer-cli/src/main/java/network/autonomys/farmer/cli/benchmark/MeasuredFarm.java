package network.autonomys.farmer.cli.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Random;
import java.util.stream.IntStream;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.storage.farm.Farm;
import network.autonomys.farmer.storage.farm.FarmConfig;
import network.autonomys.farmer.storage.farm.FarmInfo;

/** A farm that is read for a benchmark, possibly while its owner farms it. */
final class MeasuredFarm {
    private MeasuredFarm() {}

    /**
     * Opens a farm that is there, without its lock.
     *
     * @throws IOException where there is none; the message says so
     */
    static Farm open(Path folder) throws IOException {
        if (!Files.isRegularFile(folder.resolve(FarmInfo.FILE))) {
            throw new IOException("no farm in " + folder + ": it has no " + FarmInfo.FILE);
        }
        FarmInfo info = FarmInfo.read(folder);
        FarmConfig config =
                new FarmConfig(folder, info.allocatedSpace(), info.piecesInSector(), info.genesisHash(), false, false);
        return Farm.open(config, new SecureRandom(), InstantSource.system());
    }

    /**
     * The sectors that are stored.
     *
     * @throws IOException where there is none
     */
    static int[] sectors(Farm farm) throws IOException {
        int[] stored =
                IntStream.range(0, farm.targetSectors()).filter(farm::isStored).toArray();
        if (stored.length == 0) {
            throw new IOException(farm.folder() + ": nothing is plotted here yet");
        }
        return stored;
    }

    static Bytes challenge(Random random) {
        byte[] challenge = new byte[32];
        random.nextBytes(challenge);
        return Bytes.of(challenge);
    }
}
