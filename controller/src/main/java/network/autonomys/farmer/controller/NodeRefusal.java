package network.autonomys.farmer.controller;

import java.io.IOException;

/** The node certainly did not do what was asked: it answered with an error, or the call never reached it. */
final class NodeRefusal extends IOException {
    @java.io.Serial
    private static final long serialVersionUID = 1L;

    NodeRefusal(String message) {
        super(message);
    }
}
