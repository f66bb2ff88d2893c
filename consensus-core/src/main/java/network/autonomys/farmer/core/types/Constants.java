package network.autonomys.farmer.core.types;

/**
 * Sizes that the network fixes for good (primitives-archiving-kzg §1). What a runtime may change (pieces per sector, slot probability, lifetimes …) is not here: it
 * comes from the node.
 */
public final class Constants {
    /** Payload bytes of a scalar. */
    public static final int SAFE_BYTES = 31;
    /** Bytes of a serialized scalar, big-endian. */
    public static final int SCALAR_SIZE = 32;
    /** Scalars of a record, and of its parity. */
    public static final int CHUNKS_PER_RECORD = 1 << 15;
    /** s-buckets of a record and of a sector: source and parity chunks. */
    public static final int S_BUCKETS = 1 << 16;
    /** Bytes of a record before every 31 of them become one scalar. */
    public static final int RAW_RECORD_SIZE = SAFE_BYTES * CHUNKS_PER_RECORD;
    /** Bytes of a record. */
    public static final int RECORD_SIZE = SCALAR_SIZE * CHUNKS_PER_RECORD;
    /** Bytes of a compressed G1 point: record commitment, record witness, chunk witness, segment commitment. */
    public static final int G1_SIZE = 48;
    /** Bytes of a piece: record, commitment, witness. */
    public static final int PIECE_SIZE = RECORD_SIZE + 2 * G1_SIZE;
    /** Offset of the record commitment in a piece. */
    public static final int PIECE_COMMITMENT_OFFSET = RECORD_SIZE;
    /** Offset of the record witness in a piece. */
    public static final int PIECE_WITNESS_OFFSET = RECORD_SIZE + G1_SIZE;
    /** Source records of a segment. */
    public static final int RECORDS_PER_SEGMENT = 128;
    /** Pieces of a segment, source and parity alternating. */
    public static final int PIECES_PER_SEGMENT = 256;
    /** Bytes of a segment before archiving. */
    public static final int RECORDED_SEGMENT_SIZE = RAW_RECORD_SIZE * RECORDS_PER_SEGMENT;
    /** Bytes of a hash, a public key, a sector id, a proof-of-space seed. */
    public static final int HASH_SIZE = 32;
    /** Bytes of a reward signature. */
    public static final int SIGNATURE_SIZE = 64;
    /** Size parameter of the proof-of-space tables. */
    public static final int POS_K = 20;
    /** Bytes of a proof of space. */
    public static final int POS_PROOF_SIZE = 8 * POS_K;
    /** Bytes of a proof-of-time key, seed or output. */
    public static final int POT_SIZE = 16;
    /** Checkpoints of a slot; the last one is the slot's output. */
    public static final int POT_CHECKPOINTS = 8;
    /** Bytes of an encoded solution with a 32-byte reward address. */
    public static final int SOLUTION_SIZE = 412;
    /** Bytes of a sector's metadata with its checksum (sectors-farms §2.1). */
    public static final int SECTOR_METADATA_SIZE = 2 + 2 + 2 * S_BUCKETS + 8 + HASH_SIZE;
    /** The context of reward signatures, ASCII. */
    public static final String REWARD_SIGNING_CONTEXT = "subspace_reward";

    private Constants() {}
}
