package network.autonomys.farmer.cli.benchmark;

import java.io.PrintWriter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import java.util.function.Supplier;
import network.autonomys.farmer.core.engine.MsmEngine;
import network.autonomys.farmer.core.kzg.CpuMsmEngine;
import network.autonomys.farmer.core.kzg.DevSecret;
import network.autonomys.farmer.core.kzg.FpLanes;
import network.autonomys.farmer.core.kzg.KzgParameters;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Constants;
import org.apache.commons.codec.digest.Blake3;

/**
 * Work of other people's code that is the same everywhere, by which figures of two machines can be compared: a multi-scalar multiplication of 32
 * 768 points by blst and a mebibyte hashed by commons-codec, on the calling thread. Not for several threads at once.
 */
public final class Calibration implements AutoCloseable {
    private static final int ROUNDS = 5;
    private static final int HASHED = 1 << 20;

    private final Arena arena = Arena.ofShared();
    private final MsmEngine blst;
    private final MemorySegment scalars;
    private final MemorySegment commitment = arena.allocate(Constants.G1_SIZE, 64);
    private final byte[] data = new byte[HASHED];

    /** Makes the data; which parameters are used does not change the time. */
    public Calibration(KzgParameters parameters) {
        blst = new CpuMsmEngine(parameters, FpLanes.ofLanes(1));
        Random random = new Random(1);
        byte[] bytes = new byte[KzgParameters.G1_POINTS * Constants.SCALAR_SIZE];
        random.nextBytes(bytes);
        for (int i = 0; i < bytes.length; i += Constants.SCALAR_SIZE) {
            bytes[i] &= 0x3f;
        }
        scalars = arena.allocate(bytes.length, 64).copyFrom(MemorySegment.ofArray(bytes));
        random.nextBytes(data);
    }

    /** The sum of points, always the same with the same parameters. */
    public Bytes blstMsm() {
        blst.commit(KzgParameters.G1_POINTS, 1, scalars, commitment);
        return Bytes.of(commitment.toArray(ValueLayout.JAVA_BYTE));
    }

    /** The hash, always the same. */
    public Bytes codecBlake3() {
        return Bytes.of(Blake3.hash(data));
    }

    @Override
    public void close() {
        blst.close();
        arena.close();
    }

    /** Adds the best times of some rounds to the facts. */
    static void addTo(Timings timings, PrintWriter progress) {
        progress.println("calibrating: blst and commons-codec on one thread, by which machines compare");
        progress.flush();
        KzgParameters parameters = KzgParameters.parse(MemorySegment.ofArray(DevSecret.parameterFile()));
        try (Calibration calibration = new Calibration(parameters)) {
            timings.fact("calibrationBlstMsmMillis", bestMillis(calibration::blstMsm));
            timings.fact("calibrationCodecBlake3Millis", bestMillis(calibration::codecBlake3));
        }
    }

    private static double bestMillis(Supplier<Bytes> work) {
        Bytes first = work.get();
        long best = Long.MAX_VALUE;
        for (int i = 0; i < ROUNDS; i++) {
            long begin = System.nanoTime();
            Bytes result = work.get();
            best = Math.min(best, System.nanoTime() - begin);
            if (!result.equals(first)) {
                throw new IllegalStateException("the same work gave " + first + " and " + result);
            }
        }
        return best / 1e6;
    }
}
