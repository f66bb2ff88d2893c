package network.autonomys.farmer.runtime.http;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One HTTP request to a {@link WebSocketServer}.
 *
 * @param method the verb, upper case
 * @param target path and query as sent
 * @param headers the first value of each header, names in lower case
 * @param body empty where there is none
 */
@SuppressWarnings("ArrayRecordComponent") // A view of what came in, never compared.
public record ServerRequest(String method, String target, Map<String, String> headers, byte[] body) {
    public ServerRequest {
        headers = Map.copyOf(headers);
    }

    /** The first value of a header. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The target without its query. */
    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }
}
