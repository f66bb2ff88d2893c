package network.autonomys.farmer.controller;

import java.util.Optional;
import network.autonomys.farmer.core.types.SlotInfo;
import network.autonomys.farmer.core.types.Solution;
import network.autonomys.farmer.protocol.message.SolutionAnswer;

/** Verifies a solution before the node gets it, so that an invalid one is known to be ours and not bad luck (cluster-and-cli §3.6). */
@FunctionalInterface
interface SolutionCheck {
    /** The refusal of a solution with which something is wrong; empty if nothing is, or if what it would take to tell is not known yet. */
    Optional<SolutionAnswer> problem(SlotInfo slot, Solution solution);
}
