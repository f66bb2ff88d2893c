package network.autonomys.farmer.runtime.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import network.autonomys.farmer.protocol.ProtocolException;
import network.autonomys.farmer.protocol.Subjects;
import network.autonomys.farmer.protocol.message.Message;
import network.autonomys.farmer.runtime.nats.Bucket;
import network.autonomys.farmer.runtime.nats.Bus;
import network.autonomys.farmer.runtime.nats.BusException;
import network.autonomys.farmer.runtime.nats.BusObserver;
import network.autonomys.farmer.runtime.nats.KeyValue;
import network.autonomys.farmer.runtime.nats.MessageStream;
import network.autonomys.farmer.runtime.nats.Registration;
import network.autonomys.farmer.runtime.nats.RequestServer;
import network.autonomys.farmer.runtime.nats.Responder;
import network.autonomys.farmer.runtime.nats.StreamKind;
import network.autonomys.farmer.runtime.nats.WorkQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection of one simulated process to a {@link MemoryBroker}. */
public final class MemoryBus implements Bus {
    private static final Logger LOG = LoggerFactory.getLogger(MemoryBus.class);

    private final MemoryBroker broker;
    private final List<Consumer<Boolean>> listeners = new CopyOnWriteArrayList<>();
    private final List<MemoryBroker.Subscriber> own = new CopyOnWriteArrayList<>();
    private volatile boolean connected = true;

    MemoryBus(MemoryBroker broker) {
        this.broker = broker;
    }

    /** Cuts or restores this process's connection. */
    public void setConnected(boolean now) {
        if (connected != now) {
            connected = now;
            listeners.forEach(listener -> listener.accept(now));
        }
    }

    @Override
    public Subjects subjects() {
        return broker.subjects();
    }

    @Override
    public boolean connected() {
        return connected;
    }

    @Override
    public Registration onConnection(Consumer<Boolean> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public void publish(String subject, Message message) {
        if (connected) {
            broker.deliver(subject, message.toBytes(), null);
        }
    }

    @Override
    public <A extends Message> CompletableFuture<A> request(
            String subject, Message request, Class<A> answer, Duration budget) {
        CompletableFuture<A> result = new CompletableFuture<>();
        if (!connected) {
            result.completeExceptionally(new BusException(BusException.Kind.DISCONNECTED, "not connected"));
            return result;
        }
        broker.scheduler()
                .after(
                        budget,
                        () -> result.completeExceptionally(
                                new BusException(BusException.Kind.TIMEOUT, "no answer in time on " + subject)));
        int receivers = broker.deliver(subject, request.toBytes(budget), bytes -> {
            try {
                result.complete(RequestServer.read(bytes, answer));
            } catch (BusException e) {
                result.completeExceptionally(e);
            }
        });
        if (receivers == 0) {
            result.completeExceptionally(new BusException(BusException.Kind.NO_RESPONDERS, "nobody serves " + subject));
        }
        return result;
    }

    @Override
    public <A extends Message> CompletableFuture<List<A>> requestMany(
            String subject, Message request, Class<A> answer, Duration wait, int most) {
        CompletableFuture<List<A>> result = new CompletableFuture<>();
        if (!connected) {
            result.completeExceptionally(new BusException(BusException.Kind.DISCONNECTED, "not connected"));
            return result;
        }
        List<A> answers = new ArrayList<>();
        broker.scheduler().after(wait, () -> {
            synchronized (answers) {
                result.complete(List.copyOf(answers));
            }
        });
        broker.deliver(subject, request.toBytes(wait), bytes -> {
            synchronized (answers) {
                try {
                    answers.add(RequestServer.read(bytes, answer));
                } catch (BusException e) {
                    LOG.debug("answer on {} not counted: {}", subject, e.getMessage());
                }
                if (answers.size() >= most) {
                    result.complete(List.copyOf(answers));
                }
            }
        });
        return result;
    }

    @Override
    public <M extends Message> Registration subscribe(String subject, Class<M> type, Consumer<M> listener) {
        return register(subject, null, (from, data, reply) -> {
            M message;
            try {
                message = Message.parse(data, type);
            } catch (ProtocolException e) {
                LOG.debug("message on {} not read: {}", from, e.getMessage());
                return;
            }
            listener.accept(message);
        });
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
        RequestServer<Q> server = new RequestServer<>(subject, type, responder, broker.scheduler(), BusObserver.NONE);
        return register(subject, group, (from, data, reply) -> {
            if (reply != null) {
                server.answer(data, broker.scheduler().nanoTime()).ifPresent(reply);
            }
        });
    }

    private Registration register(String subject, @Nullable String group, MemoryBroker.Receiver receiver) {
        MemoryBroker.Subscriber subscriber =
                new MemoryBroker.Subscriber(this, new SubjectPattern(subject), group, receiver);
        own.add(subscriber);
        broker.add(subscriber);
        return () -> {
            own.remove(subscriber);
            broker.remove(subscriber);
        };
    }

    void requireStore() throws BusException {
        if (!connected) {
            throw new BusException(BusException.Kind.STORE_UNAVAILABLE, "not connected");
        }
        broker.requireStore();
    }

    @Override
    public KeyValue keyValue(Bucket bucket) {
        return broker.bucket(bucket).seenBy(this);
    }

    @Override
    public WorkQueue workQueue() {
        return broker.workQueue().seenBy(this);
    }

    @Override
    public MessageStream stream(StreamKind kind) {
        return broker.stream(kind).seenBy(this);
    }

    @Override
    public void close() {
        own.forEach(broker::remove);
        own.clear();
        connected = false;
    }
}
