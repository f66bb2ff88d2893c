package network.autonomys.farmer.core.archive;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntConsumer;
import network.autonomys.farmer.core.engine.FieldEngine;
import network.autonomys.farmer.core.engine.Workers;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.core.types.LastArchivedBlock;
import network.autonomys.farmer.core.types.SegmentHeader;

/**
 * Turns the items of a segment into its pieces (primitives §7.4): records, erasure coding, commitments, witnesses.
 *
 * <p>A segment takes 256 MiB, which the allocator gives, and no second copy of its content.
 */
public final class SegmentSealer {
    private static final int RECORDS = Constants.RECORDS_PER_SEGMENT;
    private static final int COLUMNS_AT_ONCE = 1024;

    private final FieldEngine field;
    private final SegmentCommitter committer;
    private final SegmentAllocator allocator;
    private final Workers workers;
    private final ArchivingProgress progress;

    /**
     * A sealer.
     *
     * @param allocator gives {@link SegmentPieces#BYTES} bytes for each segment, which whoever receives the segment then owns;
     *     {@link SegmentPieces#HEAP} will do
     */
    public SegmentSealer(
            FieldEngine field,
            SegmentCommitter committer,
            SegmentAllocator allocator,
            Workers workers,
            ArchivingProgress progress) {
        this.field = field;
        this.committer = committer;
        this.allocator = allocator;
        this.workers = workers;
        this.progress = progress;
    }

    /**
     * Commits to whole records of a segment that is not complete yet.
     *
     * @param items at least the bytes up to the last of these records
     */
    List<Bytes> commit(List<SegmentItem> items, int first, int count) {
        MemorySegment records = MemorySegment.ofArray(new byte[Math.multiplyExact(count, Constants.RECORD_SIZE)]);
        SegmentItems.encode(items, new RawRecords.Writer(records, Constants.RECORD_SIZE, first, count));
        AtomicReferenceArray<Bytes> commitments = new AtomicReferenceArray<>(count);
        workers.forEach(count, i -> commitments.set(i, commit(records, Constants.RECORD_SIZE, i)));
        return list(commitments);
    }

    private Bytes commit(MemorySegment records, long stride, int index) {
        return committer.commitRecord(records.asSlice(stride * index, Constants.RECORD_SIZE));
    }

    private static List<Bytes> list(AtomicReferenceArray<Bytes> values) {
        List<Bytes> list = new ArrayList<>(values.length());
        for (int i = 0; i < values.length(); i++) {
            list.add(values.get(i));
        }
        return list;
    }

    /**
     * Makes a segment's pieces and header.
     *
     * @param known commitments to the first records, as {@link #commit} gave them
     */
    ArchivedSegment seal(
            List<SegmentItem> items, long index, Bytes previousHash, LastArchivedBlock last, List<Bytes> known) {
        SegmentPieces pieces = new SegmentPieces(allocator.allocate(SegmentPieces.BYTES, Long.BYTES));
        MemorySegment sources = pieces.sourceRows();
        SegmentItems.encode(items, new RawRecords.Writer(sources, SegmentPieces.STRIDE, 0, RECORDS));
        forEach(
                ArchivingProgress.Stage.EXTENDING,
                Constants.CHUNKS_PER_RECORD / COLUMNS_AT_ONCE,
                block -> extend(pieces, block));
        AtomicReferenceArray<Bytes> commitments = new AtomicReferenceArray<>(RECORDS);
        for (int i = 0; i < known.size(); i++) {
            commitments.set(i, known.get(i));
        }
        forEach(
                ArchivingProgress.Stage.COMMITTING,
                RECORDS - known.size(),
                i -> commitments.set(known.size() + i, commit(sources, SegmentPieces.STRIDE, known.size() + i)));
        Bytes commitment = prove(pieces, committer.extendCommitments(list(commitments)));
        return new ArchivedSegment(new SegmentHeader(index, commitment, previousHash, last), pieces);
    }

    private void extend(SegmentPieces pieces, int block) {
        long at = (long) Constants.SCALAR_SIZE * COLUMNS_AT_ONCE * block;
        field.extendColumns(
                RECORDS,
                COLUMNS_AT_ONCE,
                pieces.sourceRows().asSlice(at),
                SegmentPieces.STRIDE,
                pieces.parityRows().asSlice(at),
                SegmentPieces.STRIDE);
    }

    /** Writes commitments and witnesses into all pieces; returns the segment's commitment. */
    Bytes prove(SegmentPieces pieces, List<Bytes> commitments) {
        SegmentCommitter.SegmentProof proof = committer.prove(commitments);
        List<Bytes> witnesses = proof.witnesses(workers);
        forEach(
                ArchivingProgress.Stage.WITNESSING,
                Constants.PIECES_PER_SEGMENT,
                i -> pieces.seal(i, commitments.get(i), witnesses.get(i)));
        return proof.commitment();
    }

    private void forEach(ArchivingProgress.Stage stage, int total, IntConsumer task) {
        AtomicInteger done = new AtomicInteger();
        workers.forEach(total, i -> {
            task.accept(i);
            progress.update(stage, done.incrementAndGet(), total);
        });
    }
}
