package network.autonomys.farmer.runtime.sim;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.runtime.nats.BusException;
import network.autonomys.farmer.runtime.nats.MessageStream;

/** A stream in memory. */
final class MemoryStream {
    private final MemoryBroker broker;
    private final boolean lastOfSubject;
    private final TreeMap<Long, MessageStream.Stored> messages = new TreeMap<>();
    private final Set<String> seen = new HashSet<>();
    private long last;

    MemoryStream(MemoryBroker broker, boolean lastOfSubject) {
        this.broker = broker;
        this.lastOfSubject = lastOfSubject;
    }

    private synchronized long store(String subject, String deduplicationId, byte[] data) {
        if (seen.add(deduplicationId)) {
            if (lastOfSubject) {
                messages.values().removeIf(stored -> stored.subject().equals(subject));
            }
            last++;
            messages.put(last, new MessageStream.Stored(last, subject, Bytes.of(data)));
        }
        return last;
    }

    private synchronized List<MessageStream.Stored> tail(long from, int most) {
        return messages.tailMap(from).values().stream().limit(most).toList();
    }

    MessageStream seenBy(MemoryBus bus) {
        return new MessageStream() {
            @Override
            public CompletableFuture<Long> append(String subject, String deduplicationId, byte[] data) {
                if (bus.connected()) {
                    broker.deliver(subject, data, null);
                }
                try {
                    bus.requireStore();
                    return CompletableFuture.completedFuture(store(subject, deduplicationId, data));
                } catch (BusException e) {
                    return CompletableFuture.failedFuture(e);
                }
            }

            @Override
            public List<Stored> read(long fromSequence, int most) throws BusException {
                bus.requireStore();
                return tail(fromSequence, most);
            }
        };
    }
}
