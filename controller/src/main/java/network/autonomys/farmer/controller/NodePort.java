package network.autonomys.farmer.controller;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import network.autonomys.farmer.core.types.FarmerAppInfo;
import network.autonomys.farmer.core.types.RewardSignatureResponse;
import network.autonomys.farmer.core.types.SegmentHeader;
import network.autonomys.farmer.core.types.SolutionResponse;

/** What the controller asks of its node (node-rpc §1.4). Calls block; each has its own time limit and throws when the node is away. */
interface NodePort {
    /** What the node made of a solution. */
    enum Verdict {
        /** Handed to the slot worker. */
        TAKEN,
        /** Too late, or too many for the slot. */
        IGNORED
    }

    /**
     * Hands in a solution.
     *
     * @throws NodeRefusal if the node certainly does not have it: it answered with an error, or was never asked
     * @throws IOException if nobody can tell
     */
    Verdict submit(SolutionResponse response) throws IOException, InterruptedException;

    /** Hands in a reward signature. */
    void submitSignature(RewardSignatureResponse response) throws IOException, InterruptedException;

    /** The farmer app info, at most a second old. */
    FarmerAppInfo appInfo() throws IOException, InterruptedException;

    /** Headers of segments, in the order of the indexes; at most 1000. */
    List<Optional<SegmentHeader>> headers(List<Long> segments) throws IOException, InterruptedException;

    /**
     * A piece of the segment that the node holds, or of segment 0.
     *
     * @return false if the node does not serve it
     */
    boolean piece(long index, MemorySegment target) throws IOException, InterruptedException;

    /** Tells the node that its archived segment is safe. */
    void acknowledge(long segment) throws IOException, InterruptedException;
}
