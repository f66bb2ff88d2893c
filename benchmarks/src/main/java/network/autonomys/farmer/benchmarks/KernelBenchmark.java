package network.autonomys.farmer.benchmarks;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The benchmarks under JMH: a fresh JVM for each, and an error with each figure. Times are for one run of the work, which may be many operations.
 * Choose by {@code -p name=kzg/commit}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "--add-modules=jdk.incubator.vector", "-Xmx3g"})
public class KernelBenchmark {
    private final Setup setup = new Setup(false, Setup.TEMPORARY);
    private @Nullable Case made;

    /** Which one; a test compares the list with that of {@link Cases}. */
    @Param({
        "calibration/msm-blst",
        "calibration/blake3-commons-codec",
        "hash/blake3-1mib",
        "hash/blake3-64b",
        "pot/prove",
        "pot/verify",
        "field/ntt-32768",
        "field/ntt-65536",
        "field/ntt-32768-batch-8",
        "field/extend",
        "field/extend-columns-128",
        "field/recover-source",
        "field/recover-polynomial",
        "field/recover-source-two-threads",
        "kzg/commit",
        "kzg/witness",
        "kzg/witness-two-threads",
        "kzg/verify",
        "kzg/verify-batch",
        "kzg/extend-commitments-128",
        "kzg/segment-witnesses-256",
        "kzg/check-piece",
        "kzg/check-pieces-256",
        "pos/table-v1",
        "pos/table-v2",
        "pos/table-v1-two-threads",
        "pos/proof-hashes",
        "pos/find-proof",
        "pos/find-proof-again",
        "pos/verify",
        "pos/encode-v1",
        "pos/encode-v1-two-threads",
        "pos/encode-v2",
        "sector/audit-1000-pieces",
        "sector/prove-from-piece",
        "sector/prove-from-piece-two-threads",
        "sector/read-piece",
        "archive/segment-dev",
        "archive/segment",
        "archive/segment-2-threads",
        "disk/audit-10000-sectors",
        "disk/audit-10000-sectors-by-threads",
        "disk/audit-10000-sectors-cold-metadata",
        "disk/read-piece",
        "disk/read-piece-by-threads"
    })
    public String name = "kzg/commit";

    private Case made() {
        Case found = made;
        if (found == null) {
            found = new Cases().make(name, setup);
            made = found;
        }
        return found;
    }

    /** Our way. */
    @Benchmark
    public Object ours() throws Exception {
        return made().ours().run();
    }

    /** The other way; where there is none, nothing. */
    @Benchmark
    public Object baseline() throws Exception {
        Work baseline = made().baseline();
        return baseline == null ? "" : baseline.run();
    }

    /** Frees the engines. */
    @TearDown(Level.Trial)
    public void close() {
        setup.close();
    }
}
