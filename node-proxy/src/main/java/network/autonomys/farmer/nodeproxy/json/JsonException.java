package network.autonomys.farmer.nodeproxy.json;

/** A text is no JSON, or no value of the type expected. The only exception that this package throws for bad input; unchecked, as most callers pass it on. */
public final class JsonException extends RuntimeException {
    @java.io.Serial
    private static final long serialVersionUID = 1L;

    public JsonException(String message) {
        super(message);
    }
}
