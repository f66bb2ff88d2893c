package network.autonomys.farmer.core.archive;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import network.autonomys.farmer.core.engine.Workers;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Constants;
import org.jspecify.annotations.Nullable;

/**
 * Makes the commitments of segments (primitives §7.4). May be called from several threads at once; work runs on the calling thread. Commitments
 * and witnesses have 48 bytes.
 */
public interface SegmentCommitter {
    /**
     * The commitment to a record, source or parity.
     *
     * @param record 32 768 chunks of 32 bytes
     * @throws IllegalArgumentException where the record is too short or a chunk is not below the modulus
     */
    Bytes commitRecord(MemorySegment record);

    /**
     * The commitments of a segment from those of its source records.
     *
     * @param sources 128 commitments
     * @return 256 of them by position: each source followed by its parity
     * @throws IllegalArgumentException where one of them is no point or the number is wrong
     */
    List<Bytes> extendCommitments(List<Bytes> sources);

    /**
     * All commitments of a segment from at least half of them.
     *
     * @param commitments 256 by position, null where unknown
     * @return 256; those that were known as they were
     * @throws IllegalArgumentException where one of them is no point, the number is wrong, or less than half are known
     */
    List<Bytes> recoverCommitments(List<@Nullable Bytes> commitments);

    /**
     * Commits to the commitments of a segment's records.
     *
     * @param commitments 256 by position
     */
    SegmentProof prove(List<Bytes> commitments);

    /** The commitment of a segment and the witnesses of its records. May be used by several threads at once. */
    interface SegmentProof {
        /** The segment's commitment. */
        Bytes commitment();

        /** The witness of the record at a position, 0 to 255. */
        Bytes witness(int position);

        /** The witnesses of all 256 records, which may cost less than one after the other. */
        default List<Bytes> witnesses(Workers workers) {
            AtomicReferenceArray<Bytes> witnesses = new AtomicReferenceArray<>(Constants.PIECES_PER_SEGMENT);
            workers.forEach(witnesses.length(), i -> witnesses.set(i, witness(i)));
            return IntStream.range(0, witnesses.length())
                    .mapToObj(witnesses::get)
                    .toList();
        }
    }
}
