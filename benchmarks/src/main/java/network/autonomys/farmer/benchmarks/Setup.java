package network.autonomys.farmer.benchmarks;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import network.autonomys.farmer.cli.benchmark.Calibration;
import network.autonomys.farmer.core.engine.FieldEngine;
import network.autonomys.farmer.core.engine.MsmEngine;
import network.autonomys.farmer.core.engine.Workers;
import network.autonomys.farmer.core.field.CpuFieldEngine;
import network.autonomys.farmer.core.field.LaneKernel;
import network.autonomys.farmer.core.kzg.CpuMsmEngine;
import network.autonomys.farmer.core.kzg.DevSecret;
import network.autonomys.farmer.core.kzg.FpLanes;
import network.autonomys.farmer.core.kzg.Kzg;
import network.autonomys.farmer.core.kzg.KzgParameters;
import network.autonomys.farmer.core.pos.CpuRecordEngine;
import network.autonomys.farmer.core.pos.VectorForm;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.storage.farm.Farm;
import network.autonomys.farmer.storage.farm.FarmConfig;
import org.jspecify.annotations.Nullable;

/**
 * Engines and data that the benchmarks share, made at the first use. The parameters are those of development chains: how long an operation takes
 * does not depend on the set.
 */
final class Setup implements AutoCloseable {
    /** Threads of the benchmarks with two. */
    static final int THREADS = 2;

    /** Where files go for which no folder is named. */
    static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

    private static final int AUDITED_SECTORS = 10_000;
    private static final int AUDITED_SLOTS = 24;

    private final boolean tiny;
    private final Path folder;
    private final Arena arena = Arena.ofShared();
    private final Random random = new Random(1);
    private final VectorForm form = VectorForm.preferred(processorFlags());
    private final FieldEngine field = new CpuFieldEngine();
    private final FieldEngine scalarField = new CpuFieldEngine(LaneKernel.scalar());
    private final ExecutorService helpers = Executors.newFixedThreadPool(THREADS - 1);
    private final Workers workers = Workers.with(helpers, THREADS - 1);
    private final FieldEngine latencyField = new CpuFieldEngine(LaneKernel.preferred(), workers);
    private @Nullable KzgParameters parameters;
    private @Nullable Kzg kzg;
    private @Nullable Kzg latencyKzg;
    private @Nullable Kzg blstKzg;
    private @Nullable MsmEngine blstMsm;
    private @Nullable Calibration calibration;
    private @Nullable CpuRecordEngine records;
    private @Nullable CpuRecordEngine latencyRecords;
    private @Nullable CpuRecordEngine scalarRecords;
    private @Nullable SparseFarm farm;
    private final List<AutoCloseable> opened = new ArrayList<>();

    /**
     * @param tiny for a test that everything runs: sizes as small as the benchmark allows
     * @param folder where gigabytes of files can be made
     */
    Setup(boolean tiny, Path folder) {
        this.tiny = tiny;
        this.folder = folder;
    }

    /**
     * A new folder, which is deleted in the end.
     *
     * @throws IOException where there is no room for so many bytes
     */
    Path scratchFolder(long bytes) throws IOException {
        return opened(new ScratchFolder(folder, bytes)).path();
    }

    /** Opens the farm of a folder, or a new one, until the end. */
    Farm openFarm(Path where, long allocation, int pieces) throws IOException {
        FarmConfig config = new FarmConfig(where, allocation, pieces, Bytes.zeros(32), true, true);
        return opened(Farm.open(config, new SecureRandom(), InstantSource.system()));
    }

    /** A farm of 10^4 sectors that can be audited for some slots, 5 GB. */
    SparseFarm farm() throws IOException {
        SparseFarm found = farm;
        if (found == null) {
            found = tiny
                    ? SparseFarm.make(this, 3, 70, 2)
                    : SparseFarm.make(this, AUDITED_SECTORS, 1000, AUDITED_SLOTS);
            farm = found;
        }
        return found;
    }

    /** Closes something together with this, the last one first. */
    <T extends AutoCloseable> T opened(T resource) {
        opened.add(resource);
        return resource;
    }

    boolean tiny() {
        return tiny;
    }

    /** One of two numbers, by size. */
    int size(int full, int small) {
        return tiny ? small : full;
    }

    VectorForm form() {
        return form;
    }

    FieldEngine field() {
        return field;
    }

    FieldEngine scalarField() {
        return scalarField;
    }

    /** Recovers records with two threads. */
    FieldEngine latencyField() {
        return latencyField;
    }

    /** Two threads. */
    Workers workers() {
        return workers;
    }

    ExecutorService helpers() {
        return helpers;
    }

    KzgParameters parameters() {
        KzgParameters found = parameters;
        if (found == null) {
            found = KzgParameters.parse(MemorySegment.ofArray(DevSecret.parameterFile()));
            parameters = found;
        }
        return found;
    }

    Kzg kzg() {
        Kzg found = kzg;
        if (found == null) {
            found = Kzg.cpu(parameters());
            kzg = found;
        }
        return found;
    }

    /** Commits with two threads, by the table of multiples from the first time on. */
    Kzg latencyKzg() {
        Kzg found = latencyKzg;
        if (found == null) {
            CpuMsmEngine sums = new CpuMsmEngine(parameters(), CpuMsmEngine.widest(), workers::forEach, THREADS);
            sums.prepare();
            found = new Kzg(parameters(), latencyField, sums);
            latencyKzg = found;
        }
        return found;
    }

    /** Sums of points by blst's Pippenger. */
    Kzg blstKzg() {
        Kzg found = blstKzg;
        if (found == null) {
            found = new Kzg(parameters(), field, blstMsm());
            blstKzg = found;
        }
        return found;
    }

    /** blst's Pippenger; {@link #blstKzg} closes it. */
    MsmEngine blstMsm() {
        MsmEngine found = blstMsm;
        if (found == null) {
            found = new CpuMsmEngine(parameters(), FpLanes.ofLanes(1));
            blstMsm = found;
        }
        return found;
    }

    /** The same as of the operators' benchmarks. */
    Calibration calibration() {
        Calibration found = calibration;
        if (found == null) {
            found = opened(new Calibration(parameters()));
            calibration = found;
        }
        return found;
    }

    CpuRecordEngine records() {
        CpuRecordEngine found = records;
        if (found == null) {
            found = new CpuRecordEngine(field, form);
            records = found;
        }
        return found;
    }

    /** Builds single tables with two threads. */
    CpuRecordEngine latencyRecords() {
        CpuRecordEngine found = latencyRecords;
        if (found == null) {
            found = new CpuRecordEngine(field, form, workers, 0);
            latencyRecords = found;
        }
        return found;
    }

    CpuRecordEngine scalarRecords() {
        CpuRecordEngine found = scalarRecords;
        if (found == null) {
            found = new CpuRecordEngine(scalarField, VectorForm.SCALAR);
            scalarRecords = found;
        }
        return found;
    }

    MemorySegment buffer(long bytes) {
        return arena.allocate(bytes, 64);
    }

    byte[] randomBytes(int n) {
        byte[] bytes = new byte[n];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Random numbers below the field's modulus, 32 bytes each. */
    MemorySegment scalars(int n) {
        byte[] bytes = randomBytes(Constants.SCALAR_SIZE * n);
        for (int i = 0; i < bytes.length; i += Constants.SCALAR_SIZE) {
            bytes[i] &= 0x3f;
        }
        MemorySegment scalars = buffer(bytes.length);
        MemorySegment.copy(bytes, 0, scalars, ValueLayout.JAVA_BYTE, 0, bytes.length);
        return scalars;
    }

    /** Both ends of a buffer and its middle: enough to tell wrong results, and little enough not to be felt. */
    static Bytes sample(MemorySegment buffer) {
        long middle = buffer.byteSize() / 64 * 32;
        byte[] sample = new byte[96];
        for (int i = 0; i < 3; i++) {
            long at = i == 0 ? 0 : i == 1 ? middle : buffer.byteSize() - 32;
            MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, at, sample, 32 * i, 32);
        }
        return Bytes.of(sample);
    }

    /** The words in which this processor says what it can do; empty where it does not. */
    static String processorFlags() {
        return cpuInfo("flags");
    }

    static String cpuInfo(String key) {
        Path info = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(info)) {
            return "";
        }
        try (Stream<String> lines = Files.lines(info)) {
            return lines.filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            throw new IllegalStateException(info + " cannot be read", e);
        }
    }

    @Override
    public void close() {
        for (AutoCloseable resource : opened.reversed()) {
            try {
                resource.close();
            } catch (Exception e) {
                throw new IllegalStateException("cannot be closed", e);
            }
        }
        helpers.shutdownNow();
        if (kzg != null) {
            kzg.close();
        }
        if (latencyKzg != null) {
            latencyKzg.close();
        }
        if (blstMsm != null) {
            blstMsm.close();
        }
        if (records != null) {
            records.close();
        }
        if (latencyRecords != null) {
            latencyRecords.close();
        }
        if (scalarRecords != null) {
            scalarRecords.close();
        }
        arena.close();
    }
}
