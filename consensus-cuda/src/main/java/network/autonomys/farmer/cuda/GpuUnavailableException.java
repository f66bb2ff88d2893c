package network.autonomys.farmer.cuda;

/** There is no card to work with: no driver, none that is new enough, no card, or settings that cannot be met. The message says which. */
public final class GpuUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean ofSettings;

    /** Unavailable for this reason. */
    public GpuUnavailableException(String reason) {
        this(reason, false);
    }

    private GpuUnavailableException(String reason, boolean ofSettings) {
        super(reason);
        this.ofSettings = ofSettings;
    }

    /** A setting that no card of this host can meet, though there are cards, or that is no setting at all. */
    static GpuUnavailableException ofSettings(String reason) {
        return new GpuUnavailableException(reason, true);
    }

    /** Unavailable for this reason, which another error brought to light. */
    public GpuUnavailableException(String reason, Throwable cause) {
        super(reason, cause);
        this.ofSettings = false;
    }

    /** Whether another setting would help. */
    public boolean ofSettings() {
        return ofSettings;
    }
}
