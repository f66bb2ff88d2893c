package network.autonomys.farmer.runtime.nats;

import io.nats.client.JetStreamApiException;
import io.nats.client.api.KeyValueEntry;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import network.autonomys.farmer.protocol.ProtocolException;
import network.autonomys.farmer.protocol.message.Message;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A bucket of JetStream. */
final class NatsKeyValue implements KeyValue {
    private static final Logger LOG = LoggerFactory.getLogger(NatsKeyValue.class);

    private final JetStreamResources resources;
    private final Bucket bucket;
    private io.nats.client.@Nullable KeyValue store;

    NatsKeyValue(JetStreamResources resources, Bucket bucket) {
        this.resources = resources;
        this.bucket = bucket;
    }

    private synchronized io.nats.client.KeyValue store() throws IOException, JetStreamApiException {
        io.nats.client.KeyValue present = store;
        if (present == null) {
            present = resources.bucket(bucket);
            store = present;
        }
        return present;
    }

    /** Runs a call; if the bucket is gone (a store that was wiped), the next call makes it anew. */
    private <T> T call(String what, StoreCall<T> call) throws BusException {
        try {
            return StoreCall.of(bucket.label() + " " + what, call);
        } catch (BusException e) {
            if (e.kind() != BusException.Kind.CONFLICT) {
                synchronized (this) {
                    store = null;
                }
            }
            throw e;
        }
    }

    @Override
    public Optional<Entry> get(String key) throws BusException {
        KeyValueEntry entry = call("get " + key, () -> store().get(key));
        if (entry == null || entry.getValue() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Entry(Message.parse(entry.getValue()), entry.getRevision()));
        } catch (ProtocolException e) {
            LOG.warn("{} {}: {}", bucket.label(), key, e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public long put(String key, Message value) throws BusException {
        return call("put " + key, () -> store().put(key, value.toBytes()));
    }

    @Override
    public long create(String key, Message value) throws BusException {
        return call("create " + key, () -> store().create(key, value.toBytes()));
    }

    @Override
    public long update(String key, Message value, long revision) throws BusException {
        return call("update " + key, () -> store().update(key, value.toBytes(), revision));
    }

    @Override
    public void delete(String key) throws BusException {
        call("delete " + key, () -> {
            store().delete(key);
            return key;
        });
    }

    @Override
    public void delete(String key, long revision) throws BusException {
        call("delete " + key, () -> {
            store().delete(key, revision);
            return key;
        });
    }

    @Override
    public List<String> keys() throws BusException {
        return call("keys", () -> store().keys());
    }
}
