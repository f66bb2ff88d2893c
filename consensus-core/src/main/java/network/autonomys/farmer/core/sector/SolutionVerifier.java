package network.autonomys.farmer.core.sector;

import java.util.Optional;
import java.util.OptionalLong;
import network.autonomys.farmer.core.field.Scalars;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.kzg.G1;
import network.autonomys.farmer.core.kzg.Kzg;
import network.autonomys.farmer.core.sector.SolutionException.Reason;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.PieceCheckParams;
import network.autonomys.farmer.core.types.PieceIndexes;
import network.autonomys.farmer.core.types.Solution;
import network.autonomys.farmer.core.types.VerifySolutionParams;

/** Verifies solutions as the chain does (primitives §8.1), check by check in its order. */
public final class SolutionVerifier {
    /** Judges proofs of space. */
    @FunctionalInterface
    public interface ProofOfSpaceCheck {
        /** Whether a proof of 160 bytes is one for a seed of 32 bytes and a challenge index, u32. */
        boolean isValid(byte[] seed, int challenge, byte[] proof);
    }

    private final Kzg kzg;
    private final ProofOfSpaceCheck proofOfSpace;

    public SolutionVerifier(Kzg kzg, ProofOfSpaceCheck proofOfSpace) {
        this.kzg = kzg;
        this.proofOfSpace = proofOfSpace;
    }

    /**
     * Verifies a solution.
     *
     * @param slot u64
     * @return the solution distance, unsigned
     * @throws SolutionException with the first check that fails
     */
    public long verify(Solution solution, long slot, VerifySolutionParams params) throws SolutionException {
        Bytes globalChallenge = Challenges.globalChallenge(Challenges.globalRandomness(params.proofOfTime()), slot);
        return verify(solution, globalChallenge, params.solutionRange(), params.pieceCheckParams());
    }

    /**
     * Verifies a solution of a slot whose proof of time is not known, only its challenge.
     *
     * @param globalChallenge 32 bytes
     * @param solutionRange u64
     * @param piece empty where the piece is not checked
     * @return the solution distance, unsigned
     * @throws SolutionException with the first check that fails
     */
    public long verify(Solution solution, Bytes globalChallenge, long solutionRange, Optional<PieceCheckParams> piece)
            throws SolutionException {
        Bytes sectorId = SectorIds.sectorId(
                SectorIds.publicKeyHash(solution.publicKey()), solution.sectorIndex(), solution.historySize());
        Bytes challenge = Challenges.sectorSlotChallenge(sectorId, globalChallenge);
        int sBucket = Challenges.sBucket(challenge);
        byte[] seed = SectorIds.evaluationSeed(sectorId, solution.pieceOffset()).toArray();
        if (!proofOfSpace.isValid(seed, sBucket, solution.proofOfSpace().toArray())) {
            throw new SolutionException(Reason.INVALID_PROOF_OF_SPACE, "");
        }
        long distance = checkDistance(solution, globalChallenge, challenge, solutionRange);
        checkChunk(solution, sBucket);
        if (piece.isPresent()) {
            checkPiece(solution, sectorId, piece.get());
        }
        return distance;
    }

    private static long checkDistance(Solution solution, Bytes globalChallenge, Bytes challenge, long range)
            throws SolutionException {
        Bytes stored = Challenges.mask(solution.chunk(), solution.proofOfSpace());
        long distance = Challenges.distance(globalChallenge, stored, challenge);
        if (!Challenges.within(distance, range)) {
            throw new SolutionException(
                    Reason.OUTSIDE_SOLUTION_RANGE,
                    "distance " + Long.toUnsignedString(distance) + " above half the range "
                            + Long.toUnsignedString(range >>> 1));
        }
        return distance;
    }

    private void checkChunk(Solution solution, int sBucket) throws SolutionException {
        if (!G1.isPoint(solution.recordCommitment())) {
            throw new SolutionException(Reason.INVALID_CHUNK_WITNESS, "the record commitment is no point");
        }
        if (!Scalars.isCanonical(solution.chunk().toArray())) {
            throw new SolutionException(Reason.INVALID_CHUNK, "");
        }
        if (!kzg.verify(
                solution.recordCommitment(),
                SectorLayout.S_BUCKETS,
                sBucket,
                solution.chunk(),
                solution.chunkWitness())) {
            throw new SolutionException(Reason.INVALID_CHUNK_WITNESS, "");
        }
    }

    private void checkPiece(Solution solution, Bytes sectorId, PieceCheckParams params) throws SolutionException {
        long history = solution.historySize();
        long current = params.currentHistorySize();
        if (Long.compareUnsigned(history - 1, current) > 0) {
            throw new SolutionException(
                    Reason.FUTURE_HISTORY_SIZE,
                    "solution " + Long.toUnsignedString(history) + ", current " + Long.toUnsignedString(current));
        }
        if (solution.pieceOffset() >= params.maxPiecesInSector()) {
            throw new SolutionException(
                    Reason.INVALID_PIECE_OFFSET,
                    "piece offset " + solution.pieceOffset() + ", most pieces " + params.maxPiecesInSector());
        }
        if (params.sectorExpirationCheckSegmentCommitment().isPresent()) {
            OptionalLong expires = SectorIds.expiration(
                    sectorId,
                    history,
                    params.sectorExpirationCheckSegmentCommitment().get(),
                    params.minSectorLifetime());
            if (expires.isEmpty()) {
                throw new SolutionException(Reason.INVALID_HISTORY_SIZE, Long.toUnsignedString(history));
            }
            if (Long.compareUnsigned(expires.getAsLong(), current) <= 0) {
                throw new SolutionException(
                        Reason.SECTOR_EXPIRED,
                        "expired at " + Long.toUnsignedString(expires.getAsLong()) + ", current "
                                + Long.toUnsignedString(current));
            }
        }
        long index = SectorIds.pieceIndex(
                sectorId,
                solution.pieceOffset(),
                history,
                params.maxPiecesInSector(),
                params.recentSegments(),
                params.recentHistoryFraction());
        if (!kzg.verify(
                params.segmentCommitment(),
                256,
                PieceIndexes.position(index),
                Bytes.of(Blake3.hash254(solution.recordCommitment().toArray())),
                solution.recordWitness())) {
            throw new SolutionException(Reason.INVALID_PIECE, "piece index " + Long.toUnsignedString(index));
        }
    }
}
