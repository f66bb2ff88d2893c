package network.autonomys.farmer.core.archive;

import java.lang.foreign.MemorySegment;
import java.util.List;
import network.autonomys.farmer.core.engine.Workers;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.kzg.CommitmentExtension;
import network.autonomys.farmer.core.kzg.CommitmentRecovery;
import network.autonomys.farmer.core.kzg.DomainWitnesses;
import network.autonomys.farmer.core.kzg.Kzg;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Constants;
import org.jspecify.annotations.Nullable;

/** Commitments over a set of parameters. */
public final class KzgSegmentCommitter implements SegmentCommitter {
    private static final int PIECES = Constants.PIECES_PER_SEGMENT;

    private final Kzg kzg;
    private volatile @Nullable DomainWitnesses witnesses;

    /** Commits with {@code kzg}, which stays the caller's. */
    public KzgSegmentCommitter(Kzg kzg) {
        this.kzg = kzg;
    }

    @Override
    public Bytes commitRecord(MemorySegment record) {
        checkRecord(record);
        return kzg.commitValues(Constants.CHUNKS_PER_RECORD, record);
    }

    static void checkRecord(MemorySegment record) {
        if (record.byteSize() < Constants.RECORD_SIZE) {
            throw new IllegalArgumentException("a record of " + record.byteSize() + " bytes");
        }
    }

    @Override
    public List<Bytes> extendCommitments(List<Bytes> sources) {
        return CommitmentExtension.extend(checked(sources, Constants.RECORDS_PER_SEGMENT));
    }

    @Override
    public List<Bytes> recoverCommitments(List<@Nullable Bytes> commitments) {
        return CommitmentRecovery.recover(checked(commitments, PIECES));
    }

    @Override
    public SegmentProof prove(List<Bytes> commitments) {
        MemorySegment polynomial = hashes(commitments);
        kzg.field().interpolate(PIECES, 1, polynomial, polynomial);
        return new Proof(kzg.commit(PIECES, polynomial), polynomial);
    }

    /** The values that a segment commits to: hashes of the commitments of its records. */
    static MemorySegment hashes(List<Bytes> commitments) {
        MemorySegment hashes = MemorySegment.ofArray(new byte[Constants.SCALAR_SIZE * PIECES]);
        for (int i = 0; i < PIECES; i++) {
            byte[] hash = Blake3.hash254(checked(commitments, PIECES).get(i).toArray());
            hashes.asSlice((long) Constants.SCALAR_SIZE * i, hash.length).copyFrom(MemorySegment.ofArray(hash));
        }
        return hashes;
    }

    static <T extends @Nullable Bytes> List<T> checked(List<T> commitments, int number) {
        if (commitments.size() != number) {
            throw new IllegalArgumentException(commitments.size() + " commitments, not " + number);
        }
        return commitments;
    }

    /** Made when it is first wanted; two threads may both make it. */
    private DomainWitnesses domainWitnesses(Workers workers) {
        DomainWitnesses found = witnesses;
        if (found == null) {
            found = new DomainWitnesses(kzg.parameters(), kzg.field(), PIECES, workers::forEach);
            witnesses = found;
        }
        return found;
    }

    private final class Proof implements SegmentProof {
        private final Bytes commitment;
        private final MemorySegment polynomial;

        Proof(Bytes commitment, MemorySegment polynomial) {
            this.commitment = commitment;
            this.polynomial = polynomial;
        }

        @Override
        public Bytes commitment() {
            return commitment;
        }

        @Override
        public Bytes witness(int position) {
            return kzg.witness(PIECES, polynomial, PIECES, position);
        }

        @Override
        public List<Bytes> witnesses(Workers workers) {
            return domainWitnesses(workers).of(polynomial, workers::forEach);
        }
    }
}
