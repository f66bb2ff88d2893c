package network.autonomys.farmer.nodeproxy.rpc;

import java.io.IOException;

/** There is no connection to the node: the call was not sent. */
public final class NotConnectedException extends IOException {
    @java.io.Serial
    private static final long serialVersionUID = 1L;

    public NotConnectedException(String message) {
        super(message);
    }
}
