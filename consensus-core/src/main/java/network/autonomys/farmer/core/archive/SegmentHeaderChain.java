package network.autonomys.farmer.core.archive;

import java.util.Optional;
import network.autonomys.farmer.core.types.ArchivedBlockProgress;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.LastArchivedBlock;
import network.autonomys.farmer.core.types.SegmentHeader;

/** What links the header of a segment to the one before (primitives §7.4, §7.5): number, hash, and a history that only grows. */
public final class SegmentHeaderChain {
    private static final Bytes NO_HASH = Bytes.zeros(32);

    private SegmentHeaderChain() {}

    /**
     * Why a header does not follow another.
     *
     * @param previous empty where the header is that of segment 0
     * @return empty where it follows
     */
    public static Optional<String> refusal(Optional<SegmentHeader> previous, SegmentHeader header) {
        long due = previous.map(SegmentHeader::segmentIndex).orElse(-1L) + 1;
        String name = "segment header " + Long.toUnsignedString(header.segmentIndex());
        if (header.segmentIndex() != due) {
            return Optional.of(name + " where " + Long.toUnsignedString(due) + " is due");
        }
        if (!header.prevSegmentHeaderHash()
                .equals(previous.map(SegmentHeader::hash).orElse(NO_HASH))) {
            return Optional.of(name + " names another header before it");
        }
        if (previous.isPresent() && !isBehind(previous.get().lastArchivedBlock(), header.lastArchivedBlock())) {
            return Optional.of(name + " ends before the segment before it");
        }
        return Optional.empty();
    }

    /** More blocks, or more of the same one. */
    private static boolean isBehind(LastArchivedBlock before, LastArchivedBlock after) {
        if (before.number() != after.number()) {
            return after.number() > before.number();
        }
        return archived(after.archivedProgress()) > archived(before.archivedProgress());
    }

    private static long archived(ArchivedBlockProgress progress) {
        return progress.partial().orElse(Long.MAX_VALUE);
    }
}
