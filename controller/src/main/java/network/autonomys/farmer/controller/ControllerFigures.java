package network.autonomys.farmer.controller;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import network.autonomys.farmer.core.types.SegmentHeader;
import network.autonomys.farmer.protocol.message.Severity;
import network.autonomys.farmer.protocol.message.SolutionOutcome;
import network.autonomys.farmer.runtime.metrics.Metrics;
import network.autonomys.farmer.runtime.nats.EventLog;

/** Counts what passes through the controller, and tells what people should know (cluster-and-cli §5.4). */
final class ControllerFigures implements ControllerCounters, IntakeEvents {
    private final EventLog events;
    private final Consumer<SegmentHeader> publisher;
    private final Metrics.Count solutions;
    private final Metrics.Count signings;
    private final Metrics.Times signingTimes;
    private final Metrics.Count slots;
    private final Metrics.Count acknowledged;
    private final Metrics.Times acknowledgeTimes;
    private final Metrics.Count wrongPieces;
    private final Metrics.Count forks;

    /**
     * @param publisher announces headers that continue the chain
     */
    ControllerFigures(Metrics metrics, EventLog events, Consumer<SegmentHeader> publisher) {
        this.events = events;
        this.publisher = publisher;
        solutions = metrics.count("controller_solutions_total", "Solutions by what became of them.", "result");
        signings = metrics.count("controller_sign_requests_total", "Signing requests by how they ended.", "result");
        signingTimes =
                metrics.times("controller_sign_seconds", "From the node's signing request to its end.", "result");
        slots = metrics.count("slots_announced_total", "Slots that this controller announced to the cluster.");
        acknowledged =
                metrics.count("controller_segments_acknowledged_total", "Segments acknowledged to the node.", "result");
        acknowledgeTimes =
                metrics.times("controller_segment_acknowledge_seconds", "From a segment to its acknowledgement.");
        wrongPieces = metrics.count("controller_wrong_pieces_total", "Pieces of the node that fail verification.");
        forks = metrics.count("controller_header_forks_total", "Headers that contradict the chain.");
    }

    void slot() {
        slots.increment();
    }

    @Override
    public void solution(SolutionOutcome outcome) {
        solutions.increment(label(outcome));
        if (outcome == SolutionOutcome.INVALID || outcome == SolutionOutcome.NODE_ERROR) {
            events.record(
                    Severity.WARNING,
                    "solution." + label(outcome).replace('_', '-'),
                    "a solution was not taken",
                    Map.of());
        }
    }

    @Override
    public void signing(Signing outcome, long micros) {
        signings.increment(label(outcome));
        signingTimes.recordNanos(micros * 1000, label(outcome));
        switch (outcome) {
            case LATE -> events.record(Severity.WARNING, "sign.late", "a reward signature came too late", Map.of());
            case REFUSED, INVALID ->
                events.record(
                        Severity.WARNING, "sign.refused", "a reward was not signed", Map.of("result", label(outcome)));
            default -> {}
        }
    }

    @Override
    public void appended(SegmentHeader header) {
        publisher.accept(header);
    }

    @Override
    public void fork(SegmentHeader header) {
        forks.increment();
        events.record(
                Severity.CRITICAL,
                "header.fork",
                "this controller's node contradicts the cluster's chain of segment headers: it follows another fork",
                segment(header.segmentIndex()));
    }

    @Override
    public void gap(SegmentHeader header, long known) {
        events.record(
                Severity.WARNING,
                "header.gap",
                "segment headers before a new one cannot be had from the node",
                Map.of("segment", Long.toUnsignedString(header.segmentIndex()), "known", Long.toString(known)));
    }

    @Override
    public void acknowledged(long segment, Duration after) {
        acknowledged.increment("safe");
        acknowledgeTimes.record(after);
        events.record(
                Severity.INFO,
                "segment.acknowledged",
                "a new segment is safe",
                Map.of("segment", Long.toString(segment), "millis", Long.toString(after.toMillis())));
    }

    @Override
    public void acknowledgedUnsafe(long segment, int uncovered, Duration after) {
        acknowledged.increment("late");
        acknowledgeTimes.record(after);
        events.record(
                Severity.ERROR,
                "segment.not-safe",
                "a new segment was acknowledged although the caches do not hold all of it: are they running, and is there room?",
                Map.of(
                        "segment",
                        Long.toString(segment),
                        "missing",
                        Integer.toString(uncovered),
                        "millis",
                        Long.toString(after.toMillis())));
    }

    @Override
    public void wrongPiece(long piece) {
        wrongPieces.increment();
        events.record(
                Severity.ERROR,
                "node.wrong-piece",
                "the node gave a piece that does not belong to its segment",
                Map.of("piece", Long.toString(piece)));
    }

    private static Map<String, String> segment(long index) {
        return Map.of("segment", Long.toUnsignedString(index));
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
