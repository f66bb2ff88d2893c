package network.autonomys.farmer.core.archive;

import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import network.autonomys.farmer.core.types.Bytes;
import org.jspecify.annotations.Nullable;

/** Gives segments the commitments that a test wants, for tests of the encoding alone. */
final class InjectedCommitter implements SegmentCommitter {
    private static final Bytes NONE = Bytes.zeros(48);

    private final Supplier<Bytes> segmentCommitment;

    InjectedCommitter(Supplier<Bytes> segmentCommitment) {
        this.segmentCommitment = segmentCommitment;
    }

    @Override
    public Bytes commitRecord(MemorySegment record) {
        return NONE;
    }

    @Override
    public List<Bytes> extendCommitments(List<Bytes> sources) {
        return Collections.nCopies(2 * sources.size(), NONE);
    }

    @Override
    public List<Bytes> recoverCommitments(List<@Nullable Bytes> commitments) {
        return Collections.nCopies(commitments.size(), NONE);
    }

    @Override
    public SegmentProof prove(List<Bytes> commitments) {
        Bytes commitment = segmentCommitment.get();
        return new SegmentProof() {
            @Override
            public Bytes commitment() {
                return commitment;
            }

            @Override
            public Bytes witness(int position) {
                return NONE;
            }
        };
    }
}
