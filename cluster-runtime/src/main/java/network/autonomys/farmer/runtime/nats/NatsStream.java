package network.autonomys.farmer.runtime.nats;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.PublishOptions;
import io.nats.client.api.MessageInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.runtime.time.Scheduler;
import org.jspecify.annotations.Nullable;

/** A stream of JetStream. */
final class NatsStream implements MessageStream {
    /** No message found. */
    private static final int NOT_FOUND = 10_037;

    private final JetStreamResources resources;
    private final StreamKind kind;
    private final Scheduler scheduler;
    private @Nullable String name;

    NatsStream(JetStreamResources resources, StreamKind kind, Scheduler scheduler) {
        this.resources = resources;
        this.kind = kind;
        this.scheduler = scheduler;
    }

    private synchronized String name() throws IOException, JetStreamApiException {
        String present = name;
        if (present == null) {
            present = resources.stream(kind);
            name = present;
        }
        return present;
    }

    private synchronized void forget() {
        name = null;
    }

    @Override
    public CompletableFuture<Long> append(String subject, String deduplicationId, byte[] data) {
        CompletableFuture<Long> result = new CompletableFuture<>();
        scheduler.execute(() -> {
            try {
                result.complete(StoreCall.of(kind.label() + " append", () -> {
                    ensure();
                    return resources
                            .jetStream()
                            .publish(
                                    subject,
                                    data,
                                    PublishOptions.builder()
                                            .messageId(deduplicationId)
                                            .build())
                            .getSeqno();
                }));
            } catch (BusException e) {
                forget();
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    /** A stream that cannot be made shall not keep the message from those who listen now: publishing goes on, and its answer tells. */
    private void ensure() throws JetStreamApiException {
        try {
            name();
        } catch (IOException e) {
            forget();
        }
    }

    @Override
    public List<Stored> read(long fromSequence, int most) throws BusException {
        return StoreCall.of(kind.label() + " read", () -> {
            JetStreamManagement management = resources.management();
            List<Stored> result = new ArrayList<>();
            long sequence = Math.max(1, fromSequence);
            while (result.size() < most) {
                MessageInfo info;
                try {
                    info = management.getNextMessage(name(), sequence, ">");
                } catch (JetStreamApiException e) {
                    if (e.getApiErrorCode() == NOT_FOUND) {
                        break;
                    }
                    throw e;
                }
                result.add(new Stored(info.getSeq(), String.valueOf(info.getSubject()), Bytes.of(info.getData())));
                sequence = info.getSeq() + 1;
            }
            return result;
        });
    }
}
