package network.autonomys.farmer.controller;

import java.util.Optional;
import network.autonomys.farmer.core.types.SlotInfo;
import network.autonomys.farmer.core.types.Solution;

/** Verifies a solution before the node gets it, so that an invalid one is known to be ours and not bad luck (cluster-and-cli §3.6). */
@FunctionalInterface
interface SolutionCheck {
    /** What is wrong with the solution; empty if nothing is, or if what it would take to tell is not known yet. */
    Optional<String> problem(SlotInfo slot, Solution solution);
}
