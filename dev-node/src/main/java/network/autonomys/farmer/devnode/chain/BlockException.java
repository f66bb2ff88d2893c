package network.autonomys.farmer.devnode.chain;

/** A block that breaks a rule of the chain. */
public final class BlockException extends Exception {
    @java.io.Serial
    private static final long serialVersionUID = 1L;

    public BlockException(String message) {
        super(message);
    }
}
