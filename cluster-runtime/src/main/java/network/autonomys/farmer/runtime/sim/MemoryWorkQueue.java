package network.autonomys.farmer.runtime.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import network.autonomys.farmer.runtime.nats.BusException;
import network.autonomys.farmer.runtime.nats.WorkQueue;

/** A work queue in memory. */
final class MemoryWorkQueue {
    private static final int MOST_DELIVERIES = 5;

    private static final class Job {
        private final String subject;
        private final byte[] data;
        private long deliveries;
        private long freeAtNanos;

        Job(String subject, byte[] data, long freeAtNanos) {
            this.subject = subject;
            this.data = data;
            this.freeAtNanos = freeAtNanos;
        }
    }

    private final MemoryBroker broker;
    private final List<Job> jobs = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    MemoryWorkQueue(MemoryBroker broker) {
        this.broker = broker;
    }

    private synchronized boolean store(String subject, String deduplicationId, byte[] data) {
        return seen.add(deduplicationId)
                && jobs.add(new Job(subject, data, broker.scheduler().nanoTime()));
    }

    private synchronized Map<String, Long> count() {
        Map<String, Long> result = new HashMap<>();
        jobs.forEach(job -> result.merge(job.subject, 1L, Long::sum));
        return result;
    }

    private synchronized Optional<WorkQueue.Item> next(String subject, MemoryBus bus) {
        long now = broker.scheduler().nanoTime();
        for (Job job : jobs) {
            if (job.subject.equals(subject) && job.freeAtNanos <= now && job.deliveries < MOST_DELIVERIES) {
                job.deliveries++;
                job.freeAtNanos = now + broker.redeliveryNanos();
                return Optional.of(new Taken(job, job.deliveries, bus));
            }
        }
        return Optional.empty();
    }

    private synchronized void remove(Job job) {
        jobs.remove(job);
    }

    private synchronized void freeAfter(Job job, long nanos) {
        job.freeAtNanos = broker.scheduler().nanoTime() + nanos;
    }

    WorkQueue seenBy(MemoryBus bus) {
        return new WorkQueue() {
            @Override
            public void add(String subject, String deduplicationId, byte[] data) throws BusException {
                bus.requireStore();
                if (store(subject, deduplicationId, data)) {
                    broker.deliver(subject, data, null);
                }
            }

            @Override
            public Map<String, Long> pending() throws BusException {
                bus.requireStore();
                return count();
            }

            @Override
            public Optional<Item> take(String subject) throws BusException {
                bus.requireStore();
                return next(subject, bus);
            }
        };
    }

    private final class Taken implements WorkQueue.Item {
        private final Job job;
        private final long delivery;
        private final MemoryBus bus;

        Taken(Job job, long delivery, MemoryBus bus) {
            this.job = job;
            this.delivery = delivery;
            this.bus = bus;
        }

        @Override
        public byte[] data() {
            return job.data.clone();
        }

        @Override
        public long deliveries() {
            return delivery;
        }

        @Override
        public void inProgress() {
            if (bus.connected()) {
                freeAfter(job, broker.redeliveryNanos());
            }
        }

        @Override
        public void done() throws BusException {
            bus.requireStore();
            remove(job);
        }

        @Override
        public void giveBack(Duration delay) {
            freeAfter(job, delay.toNanos());
        }

        @Override
        public void drop() {
            remove(job);
        }
    }
}
