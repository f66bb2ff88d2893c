package network.autonomys.farmer.devnode.chain;

/**
 * What became of a solution (node-rpc §6.4).
 *
 * @param code of the list
 * @param detail numbers, may be empty
 */
public record Outcome(Code code, String detail) {
    /** The codes in the order of the checks, then what may become of a good solution. */
    public enum Code {
        ROOT_PLOT_ONLY("RootPlotOnly"),
        SLOT_NOT_AFTER_PARENT("SlotNotAfterParent"),
        SEGMENT_COMMITMENT_NOT_FOUND("SegmentCommitmentNotFound"),
        HISTORY_SIZE_OVERFLOW("HistorySizeOverflow"),
        INVALID_PROOF_OF_SPACE("InvalidProofOfSpace"),
        OUTSIDE_SOLUTION_RANGE("OutsideSolutionRange"),
        INVALID_CHUNK("InvalidChunk"),
        INVALID_CHUNK_WITNESS("InvalidChunkWitness"),
        FUTURE_HISTORY_SIZE("FutureHistorySize"),
        INVALID_PIECE_OFFSET("InvalidPieceOffset"),
        INVALID_HISTORY_SIZE("InvalidHistorySize"),
        SECTOR_EXPIRED("SectorExpired"),
        INVALID_PIECE("InvalidPiece"),
        REWARD_ADDRESS_REFUSED("RewardAddressRefused"),
        BLOCK_ALREADY_CLAIMED("BlockAlreadyClaimed"),
        VOTE_ON_GENESIS("VoteOnGenesis"),
        SIGNATURE_TIMEOUT("SignatureTimeout"),
        BAD_SIGNATURE("BadSignature"),
        EQUIVOCATION_DROPPED("EquivocationDropped"),
        VOTE_EXPIRED("VoteExpired"),
        BLOCK("Block"),
        VOTE("Vote");

        private final String label;

        Code(String label) {
            this.label = label;
        }

        /** The name that callers see. */
        public String label() {
            return label;
        }
    }

    /** A code without numbers. */
    public static Outcome of(Code code) {
        return new Outcome(code, "");
    }

    /** Whether it earned something. */
    public boolean isReward() {
        return code == Code.BLOCK || code == Code.VOTE;
    }

    @Override
    public String toString() {
        return detail.isEmpty() ? code.label() : code.label() + ": " + detail;
    }
}
