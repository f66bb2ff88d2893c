package network.autonomys.farmer.runtime.engine;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import network.autonomys.farmer.core.engine.MsmEngine;
import network.autonomys.farmer.core.engine.RecordEngine;
import network.autonomys.farmer.core.kzg.CpuMsmEngine;
import network.autonomys.farmer.core.kzg.Kzg;
import network.autonomys.farmer.core.kzg.KzgParameters;
import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.cuda.CudaFieldEngine;
import network.autonomys.farmer.cuda.CudaMsmEngine;
import network.autonomys.farmer.cuda.CudaRecordEngine;
import network.autonomys.farmer.cuda.GpuInfo;
import network.autonomys.farmer.cuda.GpuObserver;
import network.autonomys.farmer.cuda.GpuSettings;
import network.autonomys.farmer.cuda.GpuStatus;
import network.autonomys.farmer.cuda.GpuUnavailableException;
import network.autonomys.farmer.runtime.metrics.Metrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The graphics cards of a host in front of its processor, or the processor alone. */
public final class Cards implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Cards.class);

    private final RecordEngine processor;
    private final boolean fallback;
    private final Optional<CudaRecordEngine> engine;
    private final List<Runnable> closing = new CopyOnWriteArrayList<>();

    private Cards(RecordEngine processor, boolean fallback, Optional<CudaRecordEngine> engine) {
        this.processor = processor;
        this.fallback = fallback;
        this.engine = engine;
    }

    /** No cards: the processor does everything. */
    static Cards none(RecordEngine processor, String reason) {
        LOG.info("engine: the processor does everything: {}", reason);
        return new Cards(processor, true, Optional.empty());
    }

    /**
     * Opens the cards and has each pass its test.
     *
     * @param processor does what a card cannot, and checks them; closed by its owner
     * @param fallback whether it does everything while no card can
     * @throws GpuUnavailableException where there is no card to work with; the message is for the operator
     */
    static Cards open(GpuSettings settings, RecordEngine processor, boolean fallback) throws GpuUnavailableException {
        CudaRecordEngine opened = CudaRecordEngine.open(settings, processor, fallback, new LoggingObserver());
        LOG.info(
                "engine: {}; {}",
                opened.status().stream().map(Cards::described).collect(Collectors.joining(", ")),
                fallback
                        ? "the processor plots the second rule and helps out while no card can"
                        : "sectors of the second rule and work that no card can do are left to other hosts (no --cpu-fallback)");
        return new Cards(processor, fallback, Optional.of(opened));
    }

    /** Encodes records and builds tables. */
    public RecordEngine records() {
        return engine.<RecordEngine>map(cards -> cards).orElse(processor);
    }

    private static String described(GpuStatus status) {
        return status.gpu() + (status.state() == GpuStatus.State.READY ? "" : " (" + reason(status) + ")");
    }

    /** Why a card takes no work, in a word and its reason. */
    static String reason(GpuStatus status) {
        return (status.state() == GpuStatus.State.LEFT_OUT ? "left out: " : "failed: ") + status.reason();
    }

    /** What this host plots: with cards sectors of the first rule, those of the second only where the processor may do them. */
    public Plotting plotting() {
        if (engine.isEmpty()) {
            return new Plotting(EnumSet.allOf(PosVersion.class), processor);
        }
        return plotting(engine.get(), processor, fallback);
    }

    static Plotting plotting(RecordEngine cards, RecordEngine processor, boolean fallback) {
        return new Plotting(
                fallback ? EnumSet.allOf(PosVersion.class) : EnumSet.of(PosVersion.V1),
                new OrderedOnProcessor(cards, processor));
    }

    /** Commitments and long transforms by the cards, and by the processor while no card can; or the processor's as they are. */
    public Kzg kzg(Kzg ofProcessor) {
        if (engine.isEmpty()) {
            return ofProcessor;
        }
        KzgParameters parameters = ofProcessor.parameters();
        MsmEngine processorSums = new CpuMsmEngine(parameters);
        closing.add(processorSums::close);
        return new Kzg(
                parameters,
                new CudaFieldEngine(engine.get(), ofProcessor.field()),
                new CudaMsmEngine(engine.get(), parameters.g1(), KzgParameters.G1_POINTS, processorSums));
    }

    /** Records that the cards can have in flight together; where no card can have any, what the processor should have. */
    public int concurrencyOr(int ofProcessor) {
        return engine.map(CudaRecordEngine::concurrency).filter(n -> n > 0).orElse(ofProcessor);
    }

    /** How each card is doing; nothing where there are none. */
    public List<GpuStatus> status() {
        return engine.map(CudaRecordEngine::status).orElse(List.of());
    }

    /** Shows the cards in the metrics. */
    public void observe(Metrics metrics) {
        observe(metrics, "gpu_ready", "Whether a card takes work", s -> s.state() == GpuStatus.State.READY ? 1 : 0);
        observe(metrics, "gpu_load", "Records in flight on a card and callers waiting", GpuStatus::load);
        observe(metrics, "gpu_records", "Records and tables done by a card", GpuStatus::records);
        observe(metrics, "gpu_redone", "Records too large for a card, done by the processor", GpuStatus::redone);
        observe(metrics, "gpu_checked", "Records of a card that the processor confirmed", GpuStatus::checked);
        observe(metrics, "gpu_failures", "Failures of a card", GpuStatus::failures);
        observe(metrics, "gpu_memory_used_bytes", "Bytes that this process has on a card", GpuStatus::memoryUsed);
        observe(
                metrics,
                "gpu_memory_bytes",
                "Bytes that a card has",
                s -> s.gpu().memory());
    }

    private void observe(Metrics metrics, String name, String help, ToDoubleFunction<GpuStatus> value) {
        List<GpuStatus> cards = status();
        for (int i = 0; i < cards.size(); i++) {
            int card = i;
            String ordinal = String.valueOf(cards.get(i).gpu().ordinal());
            String model = cards.get(i).gpu().name();
            metrics.observe(name, help, () -> value.applyAsDouble(status().get(card)), "gpu", ordinal, "model", model);
        }
    }

    @Override
    public void close() {
        engine.ifPresent(CudaRecordEngine::close);
        closing.forEach(Runnable::run);
    }

    private static final class LoggingObserver implements GpuObserver {
        @Override
        public void opened(GpuInfo gpu, int concurrency) {
            LOG.info("{} computes, {} records at once", gpu, concurrency);
        }

        @Override
        public void failed(GpuInfo gpu, String reason, boolean leftOut) {
            if (leftOut) {
                LOG.error("{} failed again and is left out until the next start: {}", gpu, reason);
            } else {
                LOG.warn("{} failed and is tried again later: {}", gpu, reason);
            }
        }
    }
}
