package network.autonomys.farmer.controller;

import network.autonomys.farmer.protocol.message.SolutionOutcome;

/** Counts what passes through the controller; each thing exactly once, with how it ended. */
interface ControllerCounters {
    /** How a signing request of the node ended. */
    enum Signing {
        /** A valid signature reached the node in time. */
        SIGNED,
        /** Nobody in the cluster owns the key; it belongs to another farmer of the node. */
        NOT_OURS,
        /** The owner answered too late, or not at all. */
        LATE,
        /** The owner refused. */
        REFUSED,
        /** The signature did not verify and was not passed on. */
        INVALID,
        /** The node did not take it. */
        NODE_ERROR
    }

    void solution(SolutionOutcome outcome);

    void signing(Signing outcome, long micros);
}
