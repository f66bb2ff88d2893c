package network.autonomys.farmer.runtime.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import network.autonomys.farmer.cuda.GpuStatus;
import network.autonomys.farmer.protocol.message.MemberState;
import network.autonomys.farmer.runtime.presence.PresenceService;
import network.autonomys.farmer.runtime.presence.SelfReport;
import network.autonomys.farmer.runtime.time.Scheduler;

/**
 * Tells the cluster how the cards of this process are: figures of each in its beats, by a name of the form {@code gpu0 NAME/figure}, and in its state why one
 * takes no work. Closed before the cards.
 */
public final class CardWatch implements AutoCloseable {
    private static final Duration LOOK = Duration.ofSeconds(5);
    /** Looks over which records per minute are counted. */
    private static final int LOOKS = 12;

    private static final int MOST_NAME = 32;
    private static final double NANOS_PER_MINUTE = 6e10;

    private final Supplier<List<GpuStatus>> cards;
    private final SelfReport report;
    private final PresenceService presence;
    private final Scheduler scheduler;
    private final List<Rate> rates = new ArrayList<>();
    private final Scheduler.Task look;
    private String said = "";

    /** Begins to tell. */
    public CardWatch(
            Supplier<List<GpuStatus>> cards, SelfReport report, PresenceService presence, Scheduler scheduler) {
        this.cards = cards;
        this.report = report;
        this.presence = presence;
        this.scheduler = scheduler;
        List<GpuStatus> now = cards.get();
        for (int i = 0; i < now.size(); i++) {
            int card = i;
            GpuStatus status = now.get(i);
            String model = status.gpu().name();
            String clipped =
                    model.substring(0, Math.min(model.length(), MOST_NAME)).strip();
            String name = "gpu" + status.gpu().ordinal() + " " + clipped + "/";
            Rate rate = new Rate();
            rates.add(rate);
            report.figure(name + "ready", () -> status(card).state() == GpuStatus.State.READY ? 1 : 0);
            report.figure(name + "records", () -> status(card).records());
            report.figure(name + "records_per_minute", rate::perMinute);
            report.figure(name + "memory_used_mib", () -> status(card).memoryUsed() >> 20);
            report.figure(name + "memory_mib", () -> status(card).gpu().memory() >> 20);
            report.figure(name + "failures", () -> status(card).failures());
        }
        look = scheduler.every(LOOK, this::look);
        look();
    }

    private GpuStatus status(int card) {
        return cards.get().get(card);
    }

    /** Counts, and says what has changed. What others say of this process is left as it is. */
    private synchronized void look() {
        List<GpuStatus> now = cards.get();
        for (int i = 0; i < now.size(); i++) {
            rates.get(i).count(scheduler.nanoTime(), now.get(i).records());
        }
        String reason = now.stream()
                .filter(status -> status.state() != GpuStatus.State.READY)
                .map(status ->
                        "GPU " + status.gpu().ordinal() + " (" + status.gpu().name() + ") " + Cards.reason(status))
                .collect(Collectors.joining("; "));
        boolean mine = !said.isEmpty() && report.reason().equals(said);
        boolean free =
                mine || (report.state() == MemberState.READY && report.reason().isEmpty());
        if (free && !reason.equals(said)) {
            presence.state(reason.isEmpty() ? MemberState.READY : MemberState.DEGRADED, reason);
            said = reason;
        } else if (!mine) {
            // Somebody else has spoken since: begin again.
            said = "";
        }
    }

    /** How fast a count grows. */
    private static final class Rate {
        private final Deque<long[]> looks = new ArrayDeque<>();

        synchronized void count(long nanos, long records) {
            looks.add(new long[] {nanos, records});
            if (looks.size() > LOOKS + 1) {
                looks.remove();
            }
        }

        synchronized long perMinute() {
            long[] first = looks.getFirst();
            long[] last = looks.getLast();
            long nanos = last[0] - first[0];
            return nanos == 0 ? 0 : Math.round((last[1] - first[1]) * NANOS_PER_MINUTE / nanos);
        }
    }

    @Override
    public void close() {
        look.cancel();
    }
}
