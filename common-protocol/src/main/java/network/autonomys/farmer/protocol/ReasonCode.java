package network.autonomys.farmer.protocol;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Why something was not done. Every lost reward carries exactly one of the first group (cluster-and-cli §3.6); refusals of requests
 * and transfers carry one of the second. Numbers are the wire form and never change; a number that this version does not know reads
 * as {@link #UNKNOWN}.
 */
public enum ReasonCode {
    UNKNOWN(0),

    AUDIT_SLOW(1),
    PROOF_SLOW(2),
    NO_PIECE(3),
    SUBMIT_IGNORED(4),
    NODE_ERROR(5),
    NODE_UNSYNCED(6),
    NO_CONTROLLER(7),
    SIGN_LATE(8),
    SIGN_REFUSED(9),
    /** The node took the solution and no signing request followed: lost race, fork, or invalid. */
    NOT_USED(10),
    /** The proof did not verify. */
    PROOF_INVALID(11),
    /** The disk could not be read. */
    FARM_ERROR(12),
    /** There is no proof for this s-bucket, or its chunk is not encoded. */
    NO_SOLUTION(13),
    /** The sector's time is over: the chain takes no solutions of it. */
    SECTOR_EXPIRED(14),

    BUSY(100),
    DRAINING(101),
    /** The deadline cannot be met, or has passed. */
    LATE(102),
    CANCELLED(103),
    NOT_FOUND(104),
    /** Older than what is wanted now, e.g. a sector of an earlier attempt. */
    STALE(105),
    /** Already done or already being done. */
    DUPLICATE(106),
    NOT_OWNER(107),
    PAUSED(108),
    SPOOL_FULL(109),
    /** The other side works with other KZG parameters or another chain. */
    WRONG_CHAIN(110),

    VERSION_MISMATCH(200),
    MALFORMED(201),
    UNEXPECTED(202),
    WRONG_CLUSTER(203),
    UNAUTHORIZED(204),
    TOO_LARGE(205),
    UNSUPPORTED(206),
    CORRUPT(207),
    TIMEOUT(208),
    UNREACHABLE(209),
    INTERNAL(210);

    private static final Map<Integer, ReasonCode> BY_CODE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(ReasonCode::code, Function.identity()));

    private final int code;

    ReasonCode(int code) {
        this.code = code;
    }

    /** The number on the wire, u16. */
    public int code() {
        return code;
    }

    /** The name in metrics and logs, e.g. {@code audit_slow}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The reason of a number. */
    public static ReasonCode ofCode(int code) {
        return BY_CODE.getOrDefault(code, UNKNOWN);
    }
}
