package network.autonomys.farmer.nodeproxy.rpc;

import java.io.IOException;

/** The node answered a call with an error (node-rpc §1.5): it certainly did not do what was asked. */
public final class RpcErrorException extends IOException {
    @java.io.Serial
    private static final long serialVersionUID = 1L;

    private final long code;
    private final String text;

    public RpcErrorException(String method, long code, String text) {
        super(method + ": " + text + " (" + code + ")");
        this.code = code;
        this.text = text;
    }

    /** The error code, for example 9001 or -32601. */
    public long code() {
        return code;
    }

    /** The node's message alone. */
    public String text() {
        return text;
    }
}
