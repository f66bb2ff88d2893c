package network.autonomys.farmer.runtime.http;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What a {@link WebSocketServer} serves. All calls come from the server's network thread and must not block. */
public interface ServerHandler {
    /** Answers a request that is no upgrade. A stage that fails gives status 500. */
    CompletionStage<ServerAnswer> request(ServerRequest request);

    /** The answer to a request whose body is longer than the limit and was dropped. */
    default ServerAnswer tooLong(int limit) {
        return ServerAnswer.text(413, "The body has more than " + limit + " bytes.\n");
    }

    /** The answer that refuses an upgrade, or empty to accept it. */
    default Optional<ServerAnswer> refusesUpgrade(ServerRequest request) {
        return Optional.of(ServerAnswer.text(404, "There is no WebSocket here.\n"));
    }

    /** A new WebSocket connection; the listener gets what comes in. Called only where {@link #refusesUpgrade} accepts. */
    default WebSocketListener opened(WebSocketConnection connection) {
        throw new IllegalStateException("no WebSocket is served here");
    }

    /** A handler of plain HTTP. */
    static ServerHandler of(java.util.function.Function<ServerRequest, ServerAnswer> answers) {
        return request -> CompletableFuture.completedFuture(answers.apply(request));
    }
}
