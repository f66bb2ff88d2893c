package network.autonomys.farmer.runtime.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import network.autonomys.farmer.core.engine.RecordEngine;
import network.autonomys.farmer.core.engine.Workers;
import network.autonomys.farmer.core.field.CpuFieldEngine;
import network.autonomys.farmer.core.field.LaneKernel;
import network.autonomys.farmer.core.kzg.CpuMsmEngine;
import network.autonomys.farmer.core.kzg.FpLanes;
import network.autonomys.farmer.core.kzg.Kzg;
import network.autonomys.farmer.core.kzg.KzgParameters;
import network.autonomys.farmer.core.pos.CpuRecordEngine;
import network.autonomys.farmer.core.pos.VectorForm;
import network.autonomys.farmer.core.sector.Prover;
import network.autonomys.farmer.runtime.metrics.Metrics;
import network.autonomys.farmer.runtime.presence.SelfReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engines of a host: on the processor, with the widest vectors it has. */
public final class Engines implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Engines.class);

    /** Who has encoded so many records is known to encode many more. */
    private static final int RECORDS_AT_ONCE = 32;

    private final Kzg kzg;
    private final CpuMsmEngine sums;
    private final CpuRecordEngine records;
    private final VectorForm form;
    private final ProofHelpers helpers;

    private Engines(Kzg kzg, CpuMsmEngine sums, CpuRecordEngine records, VectorForm form, ProofHelpers helpers) {
        this.kzg = kzg;
        this.sums = sums;
        this.records = records;
        this.form = form;
        this.helpers = helpers;
    }

    /**
     * The engines of this host's processor, for single proofs.
     *
     * @param proofs solutions that are proven at once; what they leave of the processors helps with their tables and witnesses
     */
    public static Engines processor(KzgParameters parameters, int proofs) {
        return of(
                parameters,
                CpuMsmEngine.widest(),
                (sums, workers) -> new Kzg(parameters, new CpuFieldEngine(LaneKernel.preferred(), workers), sums),
                proofs);
    }

    /**
     * The same for a process that commits now and then and must not wait for a compiler, such as a plot-client that proves only when nobody
     * else does.
     */
    public static Engines processorAtOnce(KzgParameters parameters, int proofs) {
        return of(parameters, FpLanes.ofLanes(1), (sums, workers) -> Kzg.atOnce(parameters, sums, workers), proofs);
    }

    private static Engines of(
            KzgParameters parameters, FpLanes kernel, BiFunction<CpuMsmEngine, Workers, Kzg> commitments, int proofs) {
        VectorForm form = form();
        ProofHelpers helpers = new ProofHelpers(processors() - proofs);
        CpuMsmEngine sums = new CpuMsmEngine(parameters, kernel, helpers.workers()::forEach, helpers.parts());
        Kzg kzg = commitments.apply(sums, helpers.workers());
        Engines engines = new Engines(
                kzg, sums, new CpuRecordEngine(kzg.field(), form, helpers.workers(), RECORDS_AT_ONCE), form, helpers);
        LOG.info("engine: processor, {}", engines.description());
        return engines;
    }

    /**
     * Makes witnesses twice as fast, which takes the calling thread some seconds; no proof does it by itself, as somebody waits for that. Nothing where it
     * would not be used or the heap has no room for it.
     */
    public void prepareWitnesses() {
        sums.prepare();
    }

    /** Takes the calling thread some tenths of a second that the first proof out of a plot would otherwise take longer. */
    public void prepareRecoveries() {
        kzg.field().prepareRecoveries();
    }

    /** How the processor of this host computes tables fastest. */
    public static VectorForm form() {
        return VectorForm.preferred(processorFlags());
    }

    public Kzg kzg() {
        return kzg;
    }

    /** Encodes records and builds tables. */
    public RecordEngine records() {
        return records;
    }

    /** Makes solutions with these engines and their threads. */
    public Prover prover() {
        return new Prover(records, kzg, helpers.workers());
    }

    /** What the choice was, for logs and status. */
    public String description() {
        return form.toString().toLowerCase(Locale.ROOT);
    }

    /** Shows the choice in the status and in the metrics, and there what the engine was slow with. */
    public void observe(SelfReport report, Metrics metrics) {
        report.figure("engine_" + description(), () -> 1);
        metrics.observe("engine", "The form of the processor's engine.", () -> 1, "form", description());
        metrics.observe(
                "engine_exact_tables",
                "Tables that did not fit the engine and took seconds: next to none.",
                records::exactTables);
    }

    private static String processorFlags() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("flags"))
                    .map(line -> line.substring(line.indexOf(':') + 1))
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            LOG.warn(
                    "cannot read what the processor can do ({}); the engine may be slower than necessary",
                    e.toString());
            return "";
        }
    }

    /** Threads that plotting may use: the processors of the affinity mask. */
    public static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    @Override
    public void close() {
        helpers.close();
        records.close();
        kzg.close();
    }
}
