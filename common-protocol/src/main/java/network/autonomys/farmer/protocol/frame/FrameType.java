package network.autonomys.farmer.protocol.frame;

import java.util.Optional;

/** Kinds of frames (cluster-and-cli §3.9). The ordinal plus one is the number on the wire; new ones go to the end. */
public enum FrameType {
    /** First frame of each side: {@link Hello}; the server's has {@link FrameHeader#ANSWER}. */
    HELLO,
    /** Proof of the cluster secret: 32 bytes HMAC-SHA-256 ({@link HandshakeProof}), empty where there is no secret. */
    AUTH,
    /** {@link PieceRequest}: opens a stream. */
    GET_PIECES,
    /** A piece of 1 048 672 bytes; the offset field is its index. */
    PIECE,
    /** No such piece here; the offset field is its index, the body a u16 reason code. */
    MISS,
    /** {@link SectorRequest}: opens a stream; the offset field is where to begin. */
    GET_SECTOR,
    /** Part of a sector; the offset field is its place. */
    BLOCK,
    /** {@link SectorRequest}: the client has the sector safe on disk, the spool entry may go; answered by itself. */
    STORED,
    /** {@link StatRequest}: which pieces of segments are here; answered with 32 bytes of bitmap for each segment. */
    STAT,
    /** The receiver has room for as many more body bytes as the offset field says, in the stream, or with stream 0 in the connection. */
    CREDIT,
    /** The requester wants no more of the stream. */
    CANCEL,
    /** {@link TransferError}: ends the stream, or with stream 0 the connection. */
    ERROR,
    PING,
    PONG,
    /** The server takes no new streams on this connection. */
    GO_AWAY;

    private static final FrameType[] VALUES = values();

    /** The number on the wire, u8. */
    @SuppressWarnings("EnumOrdinal") // as documented above
    public int code() {
        return ordinal() + 1;
    }

    /** The type of a number on the wire. */
    public static Optional<FrameType> ofCode(int code) {
        return code >= 1 && code <= VALUES.length ? Optional.of(VALUES[code - 1]) : Optional.empty();
    }
}
