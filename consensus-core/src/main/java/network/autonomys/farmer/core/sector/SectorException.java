package network.autonomys.farmer.core.sector;

import org.jspecify.annotations.Nullable;

/** Stored data is not what it should be; the message says where. */
public final class SectorException extends Exception {
    private static final long serialVersionUID = 1;

    /** What is wrong (sectors-farms §4). */
    public enum Kind {
        /** The contents map has the wrong length. */
        CONTENTS_MAP_LENGTH,
        /** The contents map does not have the hash that stands behind it. */
        CONTENTS_MAP_HASH,
        /** A record is said to store more encoded chunks than it has chunks. */
        TOO_MANY_ENCODED,
        /** A chunk is said to be encoded, and there is no proof of space for its s-bucket. */
        MISSING_PROOF,
        /** A decoded chunk is no scalar. */
        INVALID_CHUNK,
        /** A chunk could not be read. */
        UNREADABLE_CHUNK,
        /** The chunks do not belong to one record. */
        ERASURE,
        /** The piece does not have the hash that stands in its record metadata. */
        CHECKSUM,
        /** The metadata and the sector do not belong together. */
        MISMATCH
    }

    private final Kind kind;

    SectorException(Kind kind, String message) {
        this(kind, message, null);
    }

    SectorException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
