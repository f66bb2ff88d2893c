package network.autonomys.farmer.cuda;

/** There is no card to work with: no driver, none that is new enough, no card, none that works, or settings that cannot be met. The message says which. */
public final class GpuUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean ofSettings;
    private final boolean ofFailure;

    /** Unavailable for this reason. */
    public GpuUnavailableException(String reason) {
        this(reason, false, false);
    }

    private GpuUnavailableException(String reason, boolean ofSettings, boolean ofFailure) {
        super(reason);
        this.ofSettings = ofSettings;
        this.ofFailure = ofFailure;
    }

    /** A setting that no card of this host can meet, though there are cards, or that is no setting at all. */
    static GpuUnavailableException ofSettings(String reason) {
        return new GpuUnavailableException(reason, true, false);
    }

    /** Cards that are there and fit, and did not do what they were asked to when they were opened or tested. */
    public static GpuUnavailableException ofFailure(String reason) {
        return new GpuUnavailableException(reason, false, true);
    }

    /** Unavailable for this reason, which another error brought to light. */
    public GpuUnavailableException(String reason, Throwable cause) {
        super(reason, cause);
        this.ofSettings = false;
        this.ofFailure = false;
    }

    /** Whether another setting would help. */
    public boolean ofSettings() {
        return ofSettings;
    }

    /** Whether there is a card, but it failed. */
    public boolean ofFailure() {
        return ofFailure;
    }
}
