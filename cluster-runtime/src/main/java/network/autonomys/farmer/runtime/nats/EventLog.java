package network.autonomys.farmer.runtime.nats;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.Role;
import network.autonomys.farmer.protocol.message.Event;
import network.autonomys.farmer.protocol.message.Severity;
import network.autonomys.farmer.runtime.time.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events worth keeping: into the log of the process and into the event stream. Recording returns at once and never fails; while
 * JetStream is down the newest {@value #MOST_WAITING} wait, older ones are counted and lost (design §4, observation).
 */
public final class EventLog {
    private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);
    private static final int MOST_WAITING = 1024;
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Bus bus;
    private final Scheduler scheduler;
    private final InstanceId self;
    private final Role role;
    private final String host;
    private final Deque<Event> waiting = new ArrayDeque<>();
    private boolean sending;
    private long lost;
    private long number;

    public EventLog(Bus bus, Scheduler scheduler, InstanceId self, Role role, String host) {
        this.bus = bus;
        this.scheduler = scheduler;
        this.self = self;
        this.role = role;
        this.host = host;
    }

    /**
     * Records an event.
     *
     * @param kind dotted name of letters, digits and {@code -}, e.g. {@code solution.taken}
     * @param text one line for people
     * @param fields at most 32 details
     */
    public void record(Severity severity, String kind, String text, Map<String, String> fields) {
        switch (severity) {
            case INFO -> LOG.info("{}: {} {}", kind, text, fields);
            case WARNING -> LOG.warn("{}: {} {}", kind, text, fields);
            case ERROR, CRITICAL -> LOG.error("{}: {} {}", kind, text, fields);
        }
        Event event = new Event(severity, kind, self, role, host, scheduler.millis(), text, fields);
        synchronized (this) {
            if (waiting.size() == MOST_WAITING) {
                waiting.removeFirst();
                lost++;
            }
            waiting.addLast(event);
        }
        send();
    }

    /** Events that were lost because the stream was away for too long. */
    public synchronized long lost() {
        return lost;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // sent() hears of success and failure
    private void send() {
        Event event;
        String id;
        synchronized (this) {
            event = waiting.peekFirst();
            if (sending || event == null) {
                return;
            }
            sending = true;
            id = self + "-" + event.atMillis() + "-" + number++;
        }
        String subject = bus.subjects().event(event.severity().name().toLowerCase(Locale.ROOT), event.kind());
        bus.stream(StreamKind.EVENTS)
                .append(subject, id, event.toBytes())
                .whenComplete((sequence, failure) -> sent(event, failure == null));
    }

    private void sent(Event event, boolean stored) {
        synchronized (this) {
            sending = false;
            if (stored) {
                waiting.removeFirstOccurrence(event);
            }
        }
        if (stored) {
            send();
        } else {
            scheduler.after(RETRY, this::send);
        }
    }
}
