package network.autonomys.farmer.runtime.nats;

import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.ProtocolException;
import network.autonomys.farmer.protocol.Role;
import network.autonomys.farmer.protocol.Subjects;
import network.autonomys.farmer.protocol.message.JobOffer;
import network.autonomys.farmer.protocol.message.JobOfferAnswer;
import network.autonomys.farmer.protocol.message.JobPriority;
import network.autonomys.farmer.protocol.message.Message;
import network.autonomys.farmer.protocol.message.PlotJob;
import network.autonomys.farmer.runtime.settings.Timer;
import network.autonomys.farmer.runtime.settings.Timers;
import network.autonomys.farmer.runtime.time.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plot jobs from clients to servers (cluster-and-cli §3.8). Jobs go through the work queue; while JetStream is down they are offered to
 * whichever server waits for one. Servers take the most urgent priority first and the clients in turn.
 */
public final class JobQueue implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobQueue.class);
    private static final Duration OFFER = Duration.ofSeconds(2);

    /** What became of a submitted job. */
    public enum Submission {
        /** It is in the queue. */
        QUEUED,
        /** A server has begun with it. */
        OFFERED,
        /** JetStream is down and no server is free: try again later. */
        REFUSED
    }

    private final Bus bus;
    private final Scheduler scheduler;
    private final Timers timers;
    private final InstanceId self;
    private final SynchronousQueue<Optional<JobDelivery>> handOver = new SynchronousQueue<>();
    private final Map<String, Long> lastServed = new ConcurrentHashMap<>();
    private final AtomicLong served = new AtomicLong();
    private final Set<PosVersion> versions;
    private final List<Registration> registrations;

    private JobQueue(Bus bus, Scheduler scheduler, Timers timers, InstanceId self, Set<PosVersion> versions) {
        this.bus = bus;
        this.scheduler = scheduler;
        this.timers = timers;
        this.self = self;
        this.versions = Set.copyOf(versions);
        this.registrations = !versions.isEmpty()
                ? List.of(
                        bus.serve(
                                bus.subjects().jobOffer(),
                                bus.subjects().group(Role.PLOT_SERVER),
                                JobOffer.class,
                                (offer, deadline) -> accept(offer)),
                        // The copy that subscribers get of a queued job only wakes who waits for one.
                        bus.subscribe(
                                bus.subjects().plotJobAll(), PlotJob.class, job -> handOver.offer(Optional.empty())))
                : List.of();
    }

    /** The queue as a plot client sees it. */
    public static JobQueue forClient(Bus bus, Scheduler scheduler, Timers timers, InstanceId self) {
        return new JobQueue(bus, scheduler, timers, self, Set.of());
    }

    /** The queue as a plot server sees it. */
    public static JobQueue forServer(Bus bus, Scheduler scheduler, Timers timers, InstanceId self) {
        return forServer(bus, scheduler, timers, self, EnumSet.allOf(PosVersion.class));
    }

    /**
     * The queue as a plot server sees it that does not plot everything. Jobs of other rules stay in the queue for other servers, and their number of
     * deliveries stays what it was.
     *
     * @param versions the rules of the jobs that are taken, at least one
     */
    public static JobQueue forServer(
            Bus bus, Scheduler scheduler, Timers timers, InstanceId self, Set<PosVersion> versions) {
        if (versions.isEmpty()) {
            throw new IllegalArgumentException("a server that takes no job");
        }
        return new JobQueue(bus, scheduler, timers, self, versions);
    }

    /** Submits an attempt of a job; submitting one twice does no harm. Blocks some seconds at most. */
    public Submission submit(PlotJob job) throws InterruptedException {
        String subject = job.posVersion() == PosVersion.V2
                ? bus.subjects().plotJobV2(priority(job.priority()), job.client())
                : bus.subjects().plotJob(priority(job.priority()), job.client());
        try {
            bus.workQueue().add(subject, job.deduplicationId(), job.toBytes());
            return Submission.QUEUED;
        } catch (BusException e) {
            LOG.debug("job {} goes by direct offer: {}", job.job(), e.getMessage());
        }
        try {
            JobOfferAnswer answer = bus.call(bus.subjects().jobOffer(), new JobOffer(job), JobOfferAnswer.class, OFFER);
            return answer.accepted() ? Submission.OFFERED : Submission.REFUSED;
        } catch (BusException e) {
            LOG.debug("job {} not offered: {}", job.job(), e.getMessage());
            return Submission.REFUSED;
        }
    }

    /** Waits for a job. Empty if none came in time. Only a waiting process gets direct offers. */
    public Optional<JobDelivery> take(Duration wait) throws InterruptedException {
        long left = wait.toNanos();
        while (true) {
            Optional<JobDelivery> queued = next();
            if (queued.isPresent() || left <= 0) {
                return queued;
            }
            long nanos = Math.min(left, timers.get(Timer.JOB_POLL).toNanos());
            Optional<JobDelivery> offered = handOver.poll(nanos, TimeUnit.NANOSECONDS);
            if (offered == null) {
                left -= nanos;
            } else if (offered.isPresent()) {
                return offered;
            }
        }
    }

    private Optional<JobDelivery> next() {
        try {
            List<String> subjects = bus.workQueue().pending().keySet().stream()
                    .filter(subject -> versions.contains(versionOf(subject)))
                    .sorted(Comparator.comparing(JobQueue::priorityOf)
                            .thenComparing(subject -> lastServed.getOrDefault(clientOf(subject), 0L))
                            .thenComparing(subject -> subject))
                    .toList();
            for (String subject : subjects) {
                Optional<JobDelivery> delivery = take(subject);
                if (delivery.isPresent()) {
                    lastServed.put(clientOf(subject), served.incrementAndGet());
                    return delivery;
                }
            }
        } catch (BusException e) {
            LOG.debug("{}", e.getMessage());
        }
        return Optional.empty();
    }

    private Optional<JobDelivery> take(String subject) throws BusException {
        Optional<WorkQueue.Item> item = bus.workQueue().take(subject);
        if (item.isEmpty()) {
            return Optional.empty();
        }
        try {
            PlotJob job = Message.parse(item.get().data(), PlotJob.class);
            return Optional.of(new JobDelivery(job, item.get(), scheduler, timers.get(Timer.JOB_PROGRESS)));
        } catch (ProtocolException e) {
            LOG.warn("job on {} dropped: {}", subject, e.getMessage());
            item.get().drop();
            return Optional.empty();
        }
    }

    private JobOfferAnswer accept(JobOffer offer) {
        boolean taken = versions.contains(offer.offer().posVersion())
                && handOver.offer(Optional.of(new JobDelivery(offer.offer())));
        return new JobOfferAnswer(
                taken, self, taken ? 0 : timers.get(Timer.JOB_POLL).toMillis());
    }

    @SuppressWarnings("EnumOrdinal") // documented as its number on the wire
    private static int priority(JobPriority priority) {
        return priority.ordinal();
    }

    private static PosVersion versionOf(String subject) {
        return Subjects.isPlotJobV2(subject) ? PosVersion.V2 : PosVersion.V1;
    }

    private static String priorityOf(String subject) {
        int end = subject.lastIndexOf('.');
        return subject.substring(subject.lastIndexOf('.', end - 1) + 1, end);
    }

    private static String clientOf(String subject) {
        return subject.substring(subject.lastIndexOf('.') + 1);
    }

    @Override
    public void close() {
        registrations.forEach(Registration::close);
    }
}
