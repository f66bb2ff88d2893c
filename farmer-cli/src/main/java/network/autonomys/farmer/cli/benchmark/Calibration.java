package network.autonomys.farmer.cli.benchmark;

import java.io.PrintWriter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import network.autonomys.farmer.core.engine.MsmEngine;
import network.autonomys.farmer.core.kzg.CpuMsmEngine;
import network.autonomys.farmer.core.kzg.DevSecret;
import network.autonomys.farmer.core.kzg.FpLanes;
import network.autonomys.farmer.core.kzg.KzgParameters;
import network.autonomys.farmer.core.types.Constants;
import org.apache.commons.codec.digest.Blake3;

/**
 * Work of other people's code that is the same everywhere, by which figures of two machines can be compared: a multi-scalar multiplication of 32
 * 768 points by blst and a mebibyte hashed by commons-codec, on one thread.
 */
final class Calibration {
    private static final int ROUNDS = 5;
    private static final int HASHED = 1 << 20;

    private Calibration() {}

    /** Adds the best times of some rounds to the facts. */
    static void addTo(Timings timings, PrintWriter progress) {
        progress.println("calibrating");
        progress.flush();
        timings.fact("calibrationBlstMsmMillis", msmMillis());
        timings.fact("calibrationCodecBlake3Millis", blake3Millis());
    }

    private static double msmMillis() {
        byte[] scalars = new byte[KzgParameters.G1_POINTS * Constants.SCALAR_SIZE];
        new Random(1).nextBytes(scalars);
        for (int i = 0; i < scalars.length; i += Constants.SCALAR_SIZE) {
            scalars[i] &= 0x3f;
        }
        KzgParameters parameters = KzgParameters.parse(MemorySegment.ofArray(DevSecret.parameterFile()));
        try (Arena arena = Arena.ofConfined();
                MsmEngine blst = new CpuMsmEngine(parameters, FpLanes.ofLanes(1))) {
            MemorySegment coefficients = arena.allocate(scalars.length, 64);
            MemorySegment.copy(MemorySegment.ofArray(scalars), 0, coefficients, 0, scalars.length);
            MemorySegment commitment = arena.allocate(Constants.G1_SIZE, 64);
            return bestMillis(() -> blst.commit(KzgParameters.G1_POINTS, 1, coefficients, commitment));
        }
    }

    private static double blake3Millis() {
        byte[] data = new byte[HASHED];
        byte[] once = Blake3.hash(data);
        return bestMillis(() -> {
            if (!Arrays.equals(Blake3.hash(data), once)) {
                throw new IllegalStateException("two hashes of the same bytes differ");
            }
        });
    }

    private static double bestMillis(Runnable work) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i <= ROUNDS; i++) {
            long begin = System.nanoTime();
            work.run();
            best = Math.min(best, System.nanoTime() - begin);
        }
        return best / 1e6;
    }
}
