package network.autonomys.farmer.runtime.nats;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamSubscription;
import io.nats.client.PublishOptions;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.StreamInfo;
import io.nats.client.api.StreamInfoOptions;
import io.nats.client.api.Subject;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import network.autonomys.farmer.runtime.settings.Timer;
import org.jspecify.annotations.Nullable;

/** The work queue of JetStream: one durable pull consumer for each subject, shared by all who take from it. */
final class NatsWorkQueue implements WorkQueue {
    private static final int MOST_DELIVERIES = 5;
    private static final Duration FETCH = Duration.ofSeconds(2);
    private static final Duration ACKNOWLEDGE = Duration.ofSeconds(2);

    private final JetStreamResources resources;
    private final Map<String, JetStreamSubscription> subscriptions = new ConcurrentHashMap<>();
    private @Nullable String name;

    NatsWorkQueue(JetStreamResources resources) {
        this.resources = resources;
    }

    private synchronized String name() throws IOException, JetStreamApiException {
        String present = name;
        if (present == null) {
            present = resources.workQueue();
            name = present;
        }
        return present;
    }

    private <T> T call(String what, StoreCall<T> call) throws BusException {
        try {
            return StoreCall.of("job queue, " + what, call);
        } catch (BusException e) {
            synchronized (this) {
                name = null;
            }
            throw e;
        }
    }

    @Override
    public void add(String subject, String deduplicationId, byte[] data) throws BusException {
        call("add", () -> {
            PublishOptions options = PublishOptions.builder()
                    .expectedStream(name())
                    .messageId(deduplicationId)
                    .build();
            return resources.jetStream().publish(subject, data, options);
        });
    }

    @Override
    public Map<String, Long> pending() throws BusException {
        StreamInfo info = call(
                "list",
                () -> resources
                        .management()
                        .getStreamInfo(
                                name(),
                                StreamInfoOptions.filterSubjects(
                                        resources.subjects().plotJobAll())));
        Map<String, Long> result = new HashMap<>();
        List<Subject> subjects = info.getStreamState().getSubjects();
        if (subjects != null) {
            subjects.forEach(subject -> result.put(subject.getName(), subject.getCount()));
        }
        return result;
    }

    @Override
    public Optional<Item> take(String subject) throws BusException {
        try {
            return call("take", () -> {
                JetStreamSubscription subscription = subscription(subject);
                subscription.pullNoWait(1);
                io.nats.client.Message message = subscription.nextMessage(FETCH);
                return message != null && message.isJetStream() ? Optional.of(new Taken(message)) : Optional.empty();
            });
        } catch (BusException e) {
            JetStreamSubscription broken = subscriptions.remove(subject);
            if (broken != null && broken.isActive()) {
                broken.unsubscribe();
            }
            throw e;
        }
    }

    private JetStreamSubscription subscription(String subject) throws IOException, JetStreamApiException {
        JetStreamSubscription present = subscriptions.get(subject);
        if (present != null && present.isActive()) {
            return present;
        }
        ConsumerConfiguration consumer = ConsumerConfiguration.builder()
                .durable(subject.replace('.', '_'))
                .filterSubject(subject)
                .ackPolicy(AckPolicy.Explicit)
                .ackWait(resources.timers().get(Timer.JOB_REDELIVERY))
                .maxDeliver(MOST_DELIVERIES)
                .inactiveThreshold(resources.timers().get(Timer.JOB_MAX_AGE))
                .build();
        resources.management().addOrUpdateConsumer(name(), consumer);
        PullSubscribeOptions options = PullSubscribeOptions.bind(name(), subject.replace('.', '_'));
        JetStreamSubscription made = resources.jetStream().subscribe(subject, options);
        subscriptions.put(subject, made);
        return made;
    }

    private record Taken(io.nats.client.Message message) implements Item {
        @Override
        public byte[] data() {
            return message.getData();
        }

        @Override
        public long deliveries() {
            return message.metaData().deliveredCount();
        }

        @Override
        public void inProgress() {
            message.inProgress();
        }

        @Override
        public void done() throws BusException {
            StoreCall.of("job queue, done", () -> {
                try {
                    message.ackSync(ACKNOWLEDGE);
                } catch (TimeoutException e) {
                    throw new IOException("no confirmation in time", e);
                }
                return message;
            });
        }

        @Override
        public void giveBack(Duration delay) {
            message.nakWithDelay(delay);
        }

        @Override
        public void drop() {
            message.term();
        }
    }
}
