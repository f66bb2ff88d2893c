package network.autonomys.farmer.cuda;

/** There is no card to work with: no driver, none that is new enough, no card, or settings that cannot be met. The message says which. */
public final class GpuUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Unavailable for this reason. */
    public GpuUnavailableException(String reason) {
        super(reason);
    }

    /** Unavailable for this reason, which another error brought to light. */
    public GpuUnavailableException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
