package network.autonomys.farmer.runtime.sim;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import network.autonomys.farmer.protocol.message.Message;
import network.autonomys.farmer.runtime.nats.BusException;
import network.autonomys.farmer.runtime.nats.KeyValue;
import org.jspecify.annotations.Nullable;

/** A bucket in memory. */
final class MemoryKeyValue {
    private record Value(Message message, long revision, long writtenNanos) {}

    private final MemoryBroker broker;
    private final Optional<Duration> ttl;
    private final TreeMap<String, Value> values = new TreeMap<>();
    private long lastRevision;

    MemoryKeyValue(MemoryBroker broker, Optional<Duration> ttl) {
        this.broker = broker;
        this.ttl = ttl;
    }

    private @Nullable Value present(String key) {
        Value value = values.get(key);
        if (value != null && expired(value)) {
            values.remove(key);
            return null;
        }
        return value;
    }

    private boolean expired(Value value) {
        long age = broker.scheduler().nanoTime() - value.writtenNanos();
        return ttl.isPresent() && age >= ttl.get().toNanos();
    }

    private long write(String key, Message message) {
        values.put(key, new Value(message, ++lastRevision, broker.scheduler().nanoTime()));
        return lastRevision;
    }

    private void requireRevision(String key, long revision) throws BusException {
        Value value = present(key);
        if (value == null ? revision != 0 : value.revision() != revision) {
            throw new BusException(BusException.Kind.CONFLICT, key + " has another revision than " + revision);
        }
    }

    KeyValue seenBy(MemoryBus bus) {
        return new View(bus);
    }

    private final class View implements KeyValue {
        private final MemoryBus bus;

        View(MemoryBus bus) {
            this.bus = bus;
        }

        @Override
        public Optional<Entry> get(String key) throws BusException {
            bus.requireStore();
            synchronized (MemoryKeyValue.this) {
                return Optional.ofNullable(present(key)).map(value -> new Entry(value.message(), value.revision()));
            }
        }

        @Override
        public long put(String key, Message value) throws BusException {
            bus.requireStore();
            synchronized (MemoryKeyValue.this) {
                return write(key, value);
            }
        }

        @Override
        public long create(String key, Message value) throws BusException {
            bus.requireStore();
            synchronized (MemoryKeyValue.this) {
                requireRevision(key, 0);
                return write(key, value);
            }
        }

        @Override
        public long update(String key, Message value, long revision) throws BusException {
            bus.requireStore();
            synchronized (MemoryKeyValue.this) {
                requireRevision(key, revision);
                return write(key, value);
            }
        }

        @Override
        public void delete(String key) throws BusException {
            bus.requireStore();
            synchronized (MemoryKeyValue.this) {
                values.remove(key);
                lastRevision++;
            }
        }

        @Override
        public void delete(String key, long revision) throws BusException {
            bus.requireStore();
            synchronized (MemoryKeyValue.this) {
                requireRevision(key, revision);
                values.remove(key);
                lastRevision++;
            }
        }

        @Override
        public List<String> keys() throws BusException {
            bus.requireStore();
            synchronized (MemoryKeyValue.this) {
                values.values().removeIf(MemoryKeyValue.this::expired);
                return List.copyOf(values.keySet());
            }
        }
    }
}
