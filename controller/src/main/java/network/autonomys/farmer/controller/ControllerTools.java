package network.autonomys.farmer.controller;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import network.autonomys.farmer.core.types.FarmerProtocolInfo;
import network.autonomys.farmer.runtime.cache.HeaderChain;
import network.autonomys.farmer.runtime.cache.PieceTransport;
import network.autonomys.farmer.runtime.cache.PieceVerifier;

/**
 * What a controller needs besides its node and its process.
 *
 * @param verifiers makes the verification of pieces over a chain of headers
 * @param transport the way to the caches' bulk listeners
 * @param ownAddress this controller's bulk listener as {@code host:port}
 * @param ways of recovering segments after the node's own window, cheapest first
 * @param checks makes the verification of solutions
 * @param signatures verifies reward signatures
 * @param facts what the node says of its chain
 * @param failure ends the process; a restart may help
 */
record ControllerTools(
        Function<HeaderChain, PieceVerifier> verifiers,
        PieceTransport transport,
        Supplier<String> ownAddress,
        List<RecoveryParts.Way> ways,
        SolutionChecks checks,
        SignRelay.SignatureCheck signatures,
        NodeFacts facts,
        Failure failure) {
    /** Makes the verification of solutions. */
    @FunctionalInterface
    interface SolutionChecks {
        SolutionCheck over(HeaderChain chain, Supplier<Optional<FarmerProtocolInfo>> protocol);
    }

    /** What only the node knows of its chain. */
    interface NodeFacts {
        /** The node's height. */
        long bestBlock() throws IOException, InterruptedException;

        /** The name of the chain. */
        String chainName() throws IOException, InterruptedException;
    }

    /** Ends the process with an exit code other than 0 and 2. */
    @FunctionalInterface
    interface Failure {
        void fail(String reason);
    }
}
