package network.autonomys.farmer.runtime.nats;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Consumer;
import io.nats.client.Dispatcher;
import io.nats.client.ErrorListener;
import io.nats.client.JetStreamStatusException;
import io.nats.client.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import network.autonomys.farmer.protocol.ProtocolException;
import network.autonomys.farmer.protocol.Subjects;
import network.autonomys.farmer.protocol.message.Message;
import network.autonomys.farmer.runtime.ConfigurationException;
import network.autonomys.farmer.runtime.settings.Timers;
import network.autonomys.farmer.runtime.time.Deadline;
import network.autonomys.farmer.runtime.time.Scheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bus over one NATS connection that is kept up for ever (cluster-and-cli §3.12). While it is down, messages are dropped and
 * requests fail at once, because nothing on the control plane is better late than never.
 */
public final class NatsLink implements Bus {
    private static final Logger LOG = LoggerFactory.getLogger(NatsLink.class);
    private static final int PENDING_MESSAGES = 16_384;
    private static final long PENDING_BYTES = 64L << 20;
    private static final Duration DRAIN = Duration.ofSeconds(3);
    private static final Duration LIBRARY_GRACE = Duration.ofSeconds(10);

    private final Subjects subjects;
    private final Scheduler scheduler;
    private final BusObserver observer;
    private final Connection connection;
    private final JetStreamResources resources;
    private final List<java.util.function.Consumer<Boolean>> listeners;
    private final List<Registration> registrations = new CopyOnWriteArrayList<>();
    private final Map<Bucket, KeyValue> buckets = new EnumMap<>(Bucket.class);
    private final Map<StreamKind, MessageStream> streams = new EnumMap<>(StreamKind.class);
    private @Nullable WorkQueue queue;

    private NatsLink(
            Subjects subjects,
            Timers timers,
            Scheduler scheduler,
            BusObserver observer,
            Connection connection,
            List<java.util.function.Consumer<Boolean>> listeners) {
        this.subjects = subjects;
        this.scheduler = scheduler;
        this.observer = observer;
        this.connection = connection;
        this.listeners = listeners;
        this.resources = new JetStreamResources(connection, subjects, timers);
    }

    /**
     * Connects; waits for a server as long as it takes.
     *
     * @throws ConfigurationException if the server is too old, or allows only messages that are too short
     */
    public static NatsLink connect(
            NatsSettings settings, Subjects subjects, Timers timers, Scheduler scheduler, BusObserver observer)
            throws InterruptedException, ConfigurationException {
        List<java.util.function.Consumer<Boolean>> listeners = new CopyOnWriteArrayList<>();
        AtomicBoolean up = new AtomicBoolean(true);
        ConnectionListener life = (connection, event) -> {
            switch (event) {
                case DISCONNECTED -> {
                    // Each failed attempt to reconnect is reported as another loss.
                    if (up.compareAndSet(true, false)) {
                        LOG.warn("connection to NATS lost; reconnecting");
                        observer.disconnected();
                        listeners.forEach(listener -> scheduler.execute(() -> listener.accept(false)));
                    }
                }
                case RESUBSCRIBED -> {
                    if (up.compareAndSet(false, true)) {
                        LOG.info("connected to NATS again, server {}", connection.getConnectedUrl());
                        observer.reconnected();
                        listeners.forEach(listener -> scheduler.execute(() -> listener.accept(true)));
                    }
                }
                default -> LOG.debug("NATS: {}", event);
            }
        };
        Connection connection = NatsConnector.connect(settings, life, new Errors(observer));
        LOG.info("connected to NATS {} at {}", connection.getServerInfo().getVersion(), connection.getConnectedUrl());
        return new NatsLink(subjects, timers, scheduler, observer, connection, listeners);
    }

    @Override
    public Subjects subjects() {
        return subjects;
    }

    @Override
    public boolean connected() {
        return connection.getStatus() == Connection.Status.CONNECTED;
    }

    @Override
    public Registration onConnection(java.util.function.Consumer<Boolean> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public void publish(String subject, Message message) {
        byte[] bytes = message.toBytes();
        try {
            if (connected()) {
                connection.publish(subject, bytes);
                return;
            }
        } catch (IllegalStateException e) {
            LOG.debug("not sent on {}: {}", subject, e.getMessage());
        }
        observer.dropped(subject);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // complete() hears of success and failure
    public <A extends Message> CompletableFuture<A> request(
            String subject, Message request, Class<A> answer, Duration budget) {
        if (!connected()) {
            return CompletableFuture.failedFuture(disconnected(subject));
        }
        CompletableFuture<A> result = new CompletableFuture<>();
        try {
            CompletableFuture<io.nats.client.Message> reply =
                    connection.requestWithTimeout(subject, request.toBytes(budget), budget.plus(LIBRARY_GRACE));
            reply.whenComplete((message, failure) -> complete(result, subject, answer, message, failure));
            // The library looks at its timeouts only every few seconds.
            Scheduler.Task timeout = scheduler.after(budget, () -> {
                if (result.completeExceptionally(
                        new BusException(BusException.Kind.TIMEOUT, "no answer in time on " + subject))) {
                    reply.cancel(false);
                }
            });
            result.whenComplete((message, failure) -> timeout.cancel());
        } catch (IllegalStateException e) {
            result.completeExceptionally(disconnected(subject));
        }
        return result;
    }

    private static <A extends Message> void complete(
            CompletableFuture<A> result,
            String subject,
            Class<A> answer,
            io.nats.client.@Nullable Message reply,
            @Nullable Throwable failure) {
        try {
            if (reply == null) {
                throw failed(subject, failure);
            }
            result.complete(RequestServer.read(reply.getData(), answer));
        } catch (BusException e) {
            result.completeExceptionally(e);
        }
    }

    private static BusException failed(String subject, @Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof JetStreamStatusException) {
            return new BusException(BusException.Kind.NO_RESPONDERS, "nobody serves " + subject);
        }
        if (cause instanceof TimeoutException) {
            return new BusException(BusException.Kind.TIMEOUT, "no answer in time on " + subject);
        }
        if (cause instanceof CancellationException) {
            // The library cancels what is under way when the connection breaks or is closed.
            return new BusException(BusException.Kind.TIMEOUT, "connection lost while waiting on " + subject);
        }
        String why = cause == null ? "no answer" : String.valueOf(cause.getMessage());
        return new BusException(BusException.Kind.DISCONNECTED, "request on " + subject + " failed: " + why);
    }

    @Override
    public <A extends Message> CompletableFuture<List<A>> requestMany(
            String subject, Message request, Class<A> answer, Duration wait, int most) {
        CompletableFuture<List<A>> result = new CompletableFuture<>();
        if (!connected()) {
            result.completeExceptionally(disconnected(subject));
            return result;
        }
        scheduler.execute(() -> {
            List<A> answers = new ArrayList<>();
            String inbox = connection.createInbox();
            try {
                Subscription subscription = connection.subscribe(inbox);
                try {
                    connection.publish(subject, inbox, request.toBytes(wait));
                    Deadline deadline = Deadline.in(wait, scheduler);
                    while (answers.size() < most && !deadline.passed(scheduler)) {
                        io.nats.client.Message reply = subscription.nextMessage(deadline.remaining(scheduler));
                        if (reply == null || reply.isStatusMessage()) {
                            break;
                        }
                        collect(subject, reply.getData(), answer, answers);
                    }
                } finally {
                    subscription.unsubscribe();
                }
                result.complete(answers);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                result.complete(answers);
            } catch (IllegalStateException e) {
                result.completeExceptionally(disconnected(subject));
            }
        });
        return result;
    }

    private <A extends Message> void collect(String subject, byte[] reply, Class<A> answer, List<A> answers) {
        try {
            answers.add(RequestServer.read(reply, answer));
        } catch (BusException e) {
            observer.malformed(subject, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public <M extends Message> Registration subscribe(
            String subject, Class<M> type, java.util.function.Consumer<M> listener) {
        return register(
                subject,
                null,
                message -> {
                    try {
                        listener.accept(Message.parse(message.getData(), type));
                    } catch (ProtocolException e) {
                        observer.malformed(message.getSubject(), String.valueOf(e.getMessage()));
                    } catch (RuntimeException e) {
                        LOG.error("message on {} not handled", message.getSubject(), e);
                    }
                },
                () -> {});
    }

    @Override
    public <Q extends Message> Registration serve(String subject, Class<Q> type, Responder<Q> responder) {
        return serveWith(subject, null, type, responder);
    }

    @Override
    public <Q extends Message> Registration serve(String subject, String group, Class<Q> type, Responder<Q> responder) {
        return serveWith(subject, group, type, responder);
    }

    private <Q extends Message> Registration serveWith(
            String subject, @Nullable String group, Class<Q> type, Responder<Q> responder) {
        RequestServer<Q> server = new RequestServer<>(subject, type, responder, scheduler, observer);
        ServedCalls calls = new ServedCalls(scheduler);
        return register(
                subject,
                group,
                message -> {
                    long received = scheduler.nanoTime();
                    String replyTo = message.getReplyTo();
                    if (replyTo == null) {
                        observer.malformed(message.getSubject(), "a request without reply subject");
                        return;
                    }
                    calls.run(
                            () -> server.answer(message.getData(), received).ifPresent(bytes -> reply(replyTo, bytes)),
                            () -> reply(replyTo, RequestServer.busy()));
                },
                () -> calls.await(DRAIN));
    }

    private void reply(String replyTo, byte[] bytes) {
        try {
            connection.publish(replyTo, bytes);
        } catch (IllegalStateException e) {
            observer.dropped(replyTo);
        }
    }

    private Registration register(
            String subject, @Nullable String group, io.nats.client.MessageHandler handler, Runnable afterDrain) {
        Dispatcher dispatcher = connection.createDispatcher(handler);
        dispatcher.setPendingLimits(PENDING_MESSAGES, PENDING_BYTES);
        if (group == null) {
            dispatcher.subscribe(subject);
        } else {
            dispatcher.subscribe(subject, group);
        }
        Registration registration = new Registration() {
            private boolean closed;

            @Override
            public synchronized void close() {
                if (closed) {
                    return;
                }
                closed = true;
                registrations.remove(this);
                drain(dispatcher);
                afterDrain.run();
                if (connection.getStatus() != Connection.Status.CLOSED) {
                    connection.closeDispatcher(dispatcher);
                }
            }
        };
        registrations.add(registration);
        return registration;
    }

    private void drain(Dispatcher dispatcher) {
        if (!connected()) {
            return;
        }
        try {
            dispatcher.drain(DRAIN).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | IllegalStateException e) {
            LOG.debug("subscription not drained: {}", e.getMessage());
        }
    }

    @Override
    public synchronized KeyValue keyValue(Bucket bucket) {
        return buckets.computeIfAbsent(bucket, kind -> new NatsKeyValue(resources, kind));
    }

    @Override
    public synchronized WorkQueue workQueue() {
        WorkQueue present = queue;
        if (present == null) {
            present = new NatsWorkQueue(resources);
            queue = present;
        }
        return present;
    }

    @Override
    public synchronized MessageStream stream(StreamKind kind) {
        return streams.computeIfAbsent(kind, stream -> new NatsStream(resources, stream, scheduler));
    }

    @Override
    public void close() {
        registrations.forEach(Registration::close);
        try {
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static BusException disconnected(String subject) {
        return new BusException(BusException.Kind.DISCONNECTED, "no connection to NATS for " + subject);
    }

    /** Tells the observer what the client library reports. */
    private record Errors(BusObserver observer) implements ErrorListener {
        @Override
        public void errorOccurred(Connection connection, String error) {
            LOG.warn("NATS: {}", error);
        }

        @Override
        public void exceptionOccurred(Connection connection, Exception e) {
            LOG.debug("NATS client", e);
        }

        @Override
        public void slowConsumerDetected(Connection connection, Consumer consumer) {
            observer.slowConsumer(consumer.getDroppedCount());
        }
    }
}
