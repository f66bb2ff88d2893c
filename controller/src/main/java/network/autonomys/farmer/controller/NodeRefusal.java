package network.autonomys.farmer.controller;

import java.io.IOException;

/** The node answered a call with an error: it certainly did not do what was asked. */
final class NodeRefusal extends IOException {
    @java.io.Serial
    private static final long serialVersionUID = 1L;

    NodeRefusal(String message) {
        super(message);
    }
}
