package network.autonomys.farmer.runtime;

/** Exit codes of every program of the suite (design §3). */
public final class ExitCode {
    /** Stopped as asked. */
    public static final int STOPPED = 0;

    /** A failure after which a restart may help. */
    public static final int FAILED = 1;

    /** Usage or refused configuration: a restart cannot help. */
    public static final int CONFIGURATION = 2;

    private ExitCode() {}
}
