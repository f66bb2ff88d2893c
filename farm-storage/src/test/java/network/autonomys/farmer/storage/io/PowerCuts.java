package network.autonomys.farmer.storage.io;

import java.io.IOException;
import java.util.Random;

/** Runs work on a disk that loses power, once for each of its writes, and looks at what is left in every way it may be left. */
public final class PowerCuts {
    private static final int TORN_WAYS = 4;

    private PowerCuts() {}

    /** Work on a disk, and the look at what is left of it; one object for one run. */
    public interface Run {
        /** Works until power is lost or the work is done. */
        void work(CrashDisk disk) throws IOException;

        /** Looks at what is left, on a disk that keeps its power. Called several times. */
        void check(CrashDisk disk) throws IOException;
    }

    /** Makes runs. */
    public interface Runs {
        /** A new one. */
        Run begin();
    }

    /** Cuts power at each write of the work and checks; returns the number of writes. */
    public static int everywhere(String what, Runs runs) throws IOException {
        int checks = 0;
        for (int cut = 0; ; cut++) {
            CrashDisk disk = new CrashDisk(cut);
            Run run = runs.begin();
            try {
                run.work(disk);
            } catch (CrashDisk.PowerLoss e) {
                if (!disk.isOff()) {
                    throw e;
                }
            }
            try {
                run.check(disk.afterPowerLoss(CrashDisk.Fate.LOST, new Random(cut)));
                run.check(disk.afterPowerLoss(CrashDisk.Fate.KEPT, new Random(cut)));
                for (int i = 0; i < TORN_WAYS; i++) {
                    run.check(disk.afterPowerLoss(CrashDisk.Fate.TORN, new Random(cut * TORN_WAYS + i)));
                }
                checks += 2 + TORN_WAYS;
            } catch (IOException | RuntimeException | AssertionError e) {
                throw new AssertionError(what + ": after a loss of power at write " + cut, e);
            }
            if (!disk.isOff()) {
                System.out.println("power cuts " + what + ": " + cut + " writes, " + checks + " looks at the rest");
                return cut;
            }
        }
    }
}
