package network.autonomys.farmer.cuda;

/** A card or its driver did not do what it was asked to. The message is for the operator: what failed and the driver's own word for it. */
public final class GpuFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A failure with its reason. */
    public GpuFailure(String reason) {
        super(reason);
    }

    /** A failure that another one caused. */
    public GpuFailure(String reason, Throwable cause) {
        super(reason, cause);
    }
}
