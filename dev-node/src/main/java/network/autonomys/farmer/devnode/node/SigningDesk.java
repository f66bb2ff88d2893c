package network.autonomys.farmer.devnode.node;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import network.autonomys.farmer.core.keys.RewardSigning;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.RewardSignatureResponse;
import network.autonomys.farmer.core.types.RewardSigningInfo;
import org.jspecify.annotations.Nullable;

/** Asks farmers for signatures (node-rpc §1.4.4): one hash at a time, the first good answer within half a second counts. */
public final class SigningDesk {
    private static final Duration LIMIT = Duration.ofMillis(500);

    private final Consumer<RewardSigningInfo> ask;
    private @Nullable Request current;

    private record Request(RewardSigningInfo info, CompletableFuture<Bytes> signature, AtomicInteger bad) {}

    /**
     * The result of a request.
     *
     * @param signature absent where none came in time
     * @param bad answers that did not verify
     */
    public record Result(Optional<Bytes> signature, int bad) {}

    /** @param ask passes the request to all who listen */
    public SigningDesk(Consumer<RewardSigningInfo> ask) {
        this.ask = ask;
    }

    /** Asks and waits. */
    public Result request(Bytes hash, Bytes publicKey) throws InterruptedException {
        Request request =
                new Request(new RewardSigningInfo(hash, publicKey), new CompletableFuture<>(), new AtomicInteger());
        synchronized (this) {
            current = request;
        }
        ask.accept(request.info());
        try {
            Bytes signature = request.signature().get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            return new Result(Optional.of(signature), request.bad().get());
        } catch (TimeoutException e) {
            return new Result(Optional.empty(), request.bad().get());
        } catch (ExecutionException e) {
            throw new IllegalStateException("never completed with an exception", e);
        }
    }

    /** An answer; what answers no current request, or answers it wrongly, is dropped. */
    public void answer(RewardSignatureResponse response) {
        Request request;
        synchronized (this) {
            request = current;
        }
        if (request == null
                || !request.info().hash().equals(response.hash())
                || response.signature().isEmpty()) {
            return;
        }
        if (RewardSigning.verify(
                request.info().publicKey(),
                response.hash(),
                response.signature().get())) {
            request.signature().complete(response.signature().get());
        } else {
            request.bad().incrementAndGet();
        }
    }
}
