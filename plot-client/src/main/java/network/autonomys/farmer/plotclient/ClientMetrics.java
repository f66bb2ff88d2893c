package network.autonomys.farmer.plotclient;

import java.time.Duration;
import java.util.Locale;
import network.autonomys.farmer.protocol.ReasonCode;
import network.autonomys.farmer.runtime.metrics.Metrics;
import network.autonomys.farmer.runtime.presence.SelfReport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** The plot-client's figures, for /metrics and in its beats. */
final class ClientMetrics implements FarmingMetrics {
    private static final long LONGEST_MILLIS = 60_000;

    private final Metrics.Count audited;
    private final Metrics.Count skipped;
    private final Metrics.Count missed;
    private final Metrics.Count solutions;
    private final Metrics.Count proofs;
    private final Metrics.Count signed;
    private final Metrics.Count plotted;
    private final Metrics.Count damaged;
    private final Metrics.Times auditTimes;
    private final Metrics.Times proofTimes;
    private final Metrics.Times signTimes;
    private final Histogram slotToSubmit = new ConcurrentHistogram(LONGEST_MILLIS, 3);

    ClientMetrics(Metrics metrics, SelfReport report) {
        audited = metrics.count("slots_audited_total", "Slots audited, counted per farm");
        skipped =
                metrics.count("slots_skipped_total", "Slots left out because a farm was still busy, counted per farm");
        missed = metrics.count("missed_total", "Rewards missed, by reason", "reason");
        solutions = metrics.count("solutions_total", "Solutions that a node took", "kind");
        proofs = metrics.count("proofs_total", "Proofs made, by who made them", "where");
        signed = metrics.count("rewards_signed_total", "Reward signatures given");
        plotted = metrics.count("sectors_plotted_total", "Sectors stored, by why they were plotted", "cause");
        damaged = metrics.count("sectors_damaged_total", "Sectors given up to be plotted again, by reason", "reason");
        auditTimes = metrics.times("audit_seconds", "Time of one farm's audit of one slot");
        proofTimes = metrics.times("proof_seconds", "Time until a proof was there", "where");
        signTimes = metrics.times("sign_seconds", "Time from a signing request to its answer");
        for (double quantile : new double[] {0.5, 0.99}) {
            metrics.observe(
                    "slot_to_submit_seconds",
                    "From a slot's arrival to the node's taking of its solution",
                    () -> slotToSubmit.getValueAtPercentile(100 * quantile) / 1000.0,
                    "quantile",
                    String.valueOf(quantile));
        }
        report.figure("slots_audited", () -> (long) audited.value());
        report.figure("slots_skipped", () -> (long) skipped.value());
        report.figure("rewards_signed", () -> (long) signed.value());
        report.figure("sectors_damaged", () ->
                (long) (damaged.value(ReasonCode.CORRUPT.label()) + damaged.value(ReasonCode.FARM_ERROR.label())));
        report.figure("solutions", () -> (long) (solutions.value("block") + solutions.value("vote")));
        report.figure("slot_to_submit_p50_ms", () -> slotToSubmit.getValueAtPercentile(50));
        report.figure("slot_to_submit_p99_ms", () -> slotToSubmit.getValueAtPercentile(99));
        for (ReasonCode reason : ReasonCode.values()) {
            if (reason.code() > 0 && reason.code() < 100) {
                report.figure("missed_" + reason.label(), () -> (long) missed.value(reason.label()));
            }
        }
    }

    @Override
    public void audited(Duration took) {
        audited.increment();
        auditTimes.record(took);
    }

    @Override
    public void skipped() {
        skipped.increment();
    }

    @Override
    public void proven(boolean local, Duration took) {
        String where = local ? "plot" : "server";
        proofs.increment(where);
        proofTimes.record(took, where);
    }

    @Override
    public void submitted(boolean block, Duration afterSlot) {
        solutions.increment(block ? "block" : "vote");
        slotToSubmit.recordValue(Math.clamp(afterSlot.toMillis(), 0, LONGEST_MILLIS));
    }

    @Override
    public void signed(Duration took) {
        signed.increment();
        signTimes.record(took);
    }

    @Override
    public void missed(ReasonCode reason) {
        missed.increment(reason);
    }

    /** A sector was given up, to be plotted again. */
    void damaged(ReasonCode reason) {
        damaged.increment(reason.label());
    }

    /** A sector was stored. */
    void plotted(PlotPlan.Cause cause) {
        plotted.increment(cause.name().toLowerCase(Locale.ROOT));
    }
}
