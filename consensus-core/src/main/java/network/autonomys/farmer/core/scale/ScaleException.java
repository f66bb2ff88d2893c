package network.autonomys.farmer.core.scale;

/**
 * Bytes are not an encoding of the type that was expected: they end early, hold a value outside the type's range, or their checksum
 * does not match. It is the only exception that decoders of this package and the {@code read} methods of the value types throw for bad
 * input, and it is unchecked because most callers can only pass it on; whoever receives bytes from outside catches it.
 */
public final class ScaleException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ScaleException(String message) {
        super(message);
    }
}
