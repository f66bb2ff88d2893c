package network.autonomys.farmer.proofserver;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.kzg.Kzg;
import network.autonomys.farmer.core.kzg.PieceChecks;
import network.autonomys.farmer.core.sector.Prover;
import network.autonomys.farmer.core.sector.SectorLayout;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.core.types.PieceIndexes;
import network.autonomys.farmer.core.types.Solution;
import network.autonomys.farmer.protocol.message.ProofRequest;
import network.autonomys.farmer.runtime.cache.ChainView;

/** Solutions by the engines of this host, checked against the chain's segment headers as far as these have arrived. */
final class ChainSolutions implements SolutionMaker {
    private final Prover prover;
    private final Kzg kzg;
    private final PieceChecks checks;
    private final ChainView chain;

    ChainSolutions(Prover prover, Kzg kzg, ChainView chain) {
        this.prover = prover;
        this.kzg = kzg;
        this.checks = new PieceChecks(kzg);
        this.chain = chain;
    }

    @Override
    public Optional<Solution> solve(ProofRequest request, byte[] piece, BooleanSupplier wanted) {
        return prover.fromPiece(
                new Prover.Task(
                        request.publicKey(),
                        request.rewardAddress(),
                        request.sectorIndex(),
                        request.historySize(),
                        request.pieceOffset(),
                        request.sBucket(),
                        request.posVersion()),
                request.chunk(),
                piece,
                wanted);
    }

    /** The chunk belongs to the record commitment, and that to the segment. The first fails unless every chunk of the record is right. */
    @Override
    public boolean isSound(ProofRequest request, Solution solution) {
        return kzg.verify(
                        solution.recordCommitment(),
                        SectorLayout.S_BUCKETS,
                        request.sBucket(),
                        solution.chunk(),
                        solution.chunkWitness())
                && chain.commitment(PieceIndexes.segment(request.pieceIndex()))
                        .map(segment -> stands(segment, request.pieceIndex(), solution))
                        .orElse(true);
    }

    private boolean stands(Bytes segment, long pieceIndex, Solution solution) {
        return kzg.verify(
                segment,
                Constants.PIECES_PER_SEGMENT,
                PieceIndexes.position(pieceIndex),
                Bytes.of(Blake3.hash254(solution.recordCommitment().toArray())),
                solution.recordWitness());
    }

    @Override
    public boolean isGood(long pieceIndex, byte[] piece) {
        if (piece.length != Constants.PIECE_SIZE) {
            return false;
        }
        return chain.commitment(PieceIndexes.segment(pieceIndex))
                .map(segment ->
                        checks.isPieceValid(MemorySegment.ofArray(piece), segment, PieceIndexes.position(pieceIndex)))
                .orElse(true);
    }
}
