package network.autonomys.farmer.runtime.http;

import java.nio.charset.StandardCharsets;

/**
 * The answer to one HTTP request.
 *
 * @param status HTTP status, 200 to 599
 * @param contentType value of the header {@code content-type}
 * @param body may be empty
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on to the socket, never compared.
public record ServerAnswer(int status, String contentType, byte[] body) {
    public ServerAnswer {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("HTTP status " + status);
        }
    }

    /** Plain text. */
    public static ServerAnswer text(int status, String text) {
        return new ServerAnswer(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /** JSON. */
    public static ServerAnswer json(byte[] body) {
        return new ServerAnswer(200, "application/json; charset=utf-8", body);
    }
}
