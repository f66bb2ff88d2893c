package network.autonomys.farmer.controller;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import network.autonomys.farmer.core.sector.SectorIds;
import network.autonomys.farmer.core.sector.SolutionException;
import network.autonomys.farmer.core.sector.SolutionVerifier;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.FarmerProtocolInfo;
import network.autonomys.farmer.core.types.HistorySizes;
import network.autonomys.farmer.core.types.PieceCheckParams;
import network.autonomys.farmer.core.types.PieceIndexes;
import network.autonomys.farmer.core.types.SlotInfo;
import network.autonomys.farmer.core.types.Solution;
import network.autonomys.farmer.protocol.message.SolutionAnswer;
import network.autonomys.farmer.protocol.message.SolutionOutcome;
import network.autonomys.farmer.runtime.cache.HeaderChain;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The chain's own verification (node-rpc §3.5), with what the controller knows of the chain: some ten milliseconds. The voting range is
 * taken, of which the block range is a part.
 */
final class ChainSolutionCheck implements SolutionCheck {
    private static final Logger LOG = LoggerFactory.getLogger(ChainSolutionCheck.class);

    private final SolutionVerifier verifier;
    private final HeaderChain chain;
    private final Supplier<Optional<FarmerProtocolInfo>> protocol;

    ChainSolutionCheck(SolutionVerifier verifier, HeaderChain chain, Supplier<Optional<FarmerProtocolInfo>> protocol) {
        this.verifier = verifier;
        this.chain = chain;
        this.protocol = protocol;
    }

    @Override
    public Optional<SolutionAnswer> problem(SlotInfo slot, Solution solution) {
        try {
            long distance = verifier.verify(
                    solution, slot.globalChallenge(), slot.votingSolutionRange(), pieceParams(solution));
            LOG.debug("Solution distance {}", Long.toUnsignedString(distance));
            return Optional.empty();
        } catch (SolutionException e) {
            return Optional.of(new SolutionAnswer(
                    e.reason() == SolutionException.Reason.SECTOR_EXPIRED
                            ? SolutionOutcome.EXPIRED
                            : SolutionOutcome.INVALID,
                    String.valueOf(e.getMessage())));
        } catch (IllegalArgumentException e) {
            // Figures that no sector can have, such as a history of no segment.
            return Optional.of(new SolutionAnswer(SolutionOutcome.INVALID, "malformed: " + e.getMessage()));
        }
    }

    private Optional<PieceCheckParams> pieceParams(Solution solution) {
        Optional<FarmerProtocolInfo> known = protocol.get();
        if (known.isEmpty()) {
            return Optional.empty();
        }
        FarmerProtocolInfo info = known.get();
        long history = solution.historySize();
        long current = Math.max(info.historySize(), chain.size());
        Bytes sectorId =
                SectorIds.sectorId(SectorIds.publicKeyHash(solution.publicKey()), solution.sectorIndex(), history);
        long segment = PieceIndexes.segment(SectorIds.pieceIndex(
                sectorId,
                solution.pieceOffset(),
                history,
                info.maxPiecesInSector(),
                info.recentSegments(),
                info.recentHistoryFraction()));
        OptionalLong expiry = HistorySizes.expirationCheck(history, info.minSectorLifetime());
        Optional<Bytes> expiryCommitment =
                expiry.isPresent() ? chain.commitment(expiry.getAsLong() - 1) : Optional.empty();
        return chain.commitment(segment)
                .map(commitment -> new PieceCheckParams(
                        info.maxPiecesInSector(),
                        commitment,
                        info.recentSegments(),
                        info.recentHistoryFraction(),
                        info.minSectorLifetime(),
                        current,
                        expiryCommitment));
    }
}
