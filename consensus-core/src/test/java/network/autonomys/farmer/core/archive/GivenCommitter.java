package network.autonomys.farmer.core.archive;

import java.lang.foreign.MemorySegment;
import java.util.Iterator;
import java.util.List;
import network.autonomys.farmer.core.kzg.G1;
import network.autonomys.farmer.core.types.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Takes the commitments to source records, in order, from the vectors, and does all else in earnest. Tests check the pieces that come of it all
 * at once, which takes one commitment in place of 128 and finds every wrong one.
 */
final class GivenCommitter implements SegmentCommitter {
    private final SegmentCommitter committer;
    private final Iterator<Bytes> sources;

    /** @param sources commitments to the source records of the segments, in order */
    GivenCommitter(SegmentCommitter committer, List<Bytes> sources) {
        this.committer = committer;
        this.sources = sources.iterator();
    }

    @Override
    public Bytes commitRecord(MemorySegment record) {
        // An incremental archiver commits to records behind the last segment as well.
        return sources.hasNext() ? sources.next() : G1.INFINITY;
    }

    @Override
    public List<Bytes> extendCommitments(List<Bytes> sources) {
        return committer.extendCommitments(sources);
    }

    @Override
    public List<Bytes> recoverCommitments(List<@Nullable Bytes> commitments) {
        return committer.recoverCommitments(commitments);
    }

    @Override
    public SegmentProof prove(List<Bytes> commitments) {
        return committer.prove(commitments);
    }
}
