package network.autonomys.farmer.core.archive;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import network.autonomys.farmer.core.archive.ReconstructionException.Reason;
import network.autonomys.farmer.core.engine.FieldEngine;
import network.autonomys.farmer.core.engine.Workers;
import network.autonomys.farmer.core.field.Fr;
import network.autonomys.farmer.core.field.Interpolation;
import network.autonomys.farmer.core.field.Scalars;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Constants;
import org.jspecify.annotations.Nullable;

/**
 * Pieces of a segment from any 128 others (primitives §7.9). Commitments are recovered from the commitments in the pieces, so that none is made
 * anew.
 *
 * <p>Pieces are given as a list of 256, null where one is missing; their content is taken as it is. Valid pieces of one segment give the
 * archiver's pieces byte for byte; whether they are was for the caller to check, and where they are not, the result is not valid either ({@code
 * PieceChecks} tells). May be used by several threads at once.
 *
 * <p>All methods throw {@link IllegalArgumentException} for a list of another length, a piece of another length or a position beyond 255.
 */
public final class PieceReconstructor {
    private static final int PIECES = Constants.PIECES_PER_SEGMENT;
    private static final int NEEDED = PIECES / 2;
    private static final int CHUNKS = Constants.CHUNKS_PER_RECORD;
    private static final int BLOCK = 1024;
    /** From so many missing records on, all are recovered at once. */
    private static final int MANY = 12;

    private final FieldEngine field;
    private final SegmentCommitter committer;
    private final Workers workers;

    /** A reconstructor that works with an engine and over the parameters of a committer. */
    public PieceReconstructor(FieldEngine field, SegmentCommitter committer, Workers workers) {
        this.field = field;
        this.committer = committer;
        this.workers = workers;
    }

    /**
     * One piece, whether missing or given.
     *
     * @param pieces 256 by position, null where missing
     * @param position 0 to 255
     * @return 1 048 672 bytes
     * @throws ReconstructionException where there are less than 128 pieces, or one that is needed is damaged in a way that can be seen
     */
    public byte[] reconstructPiece(List<@Nullable MemorySegment> pieces, int position) throws ReconstructionException {
        BitSet present = present(pieces);
        if (position < 0 || position >= PIECES) {
            throw new IllegalArgumentException("no position " + position + " in a segment");
        }
        int[] known = known(present);
        byte[] piece = new byte[Constants.PIECE_SIZE];
        MemorySegment target = MemorySegment.ofArray(piece);
        if (present.get(position)) {
            target.copyFrom(given(pieces, position));
        } else {
            checkChunks(pieces, known);
            combine(pieces, known, new Interpolation(PIECES, known), position, target);
        }
        List<Bytes> commitments = commitments(pieces);
        seal(target, commitments.get(position), committer.prove(commitments).witness(position));
        return piece;
    }

    /**
     * All pieces.
     *
     * @param pieces 256 by position, null where missing
     * @param allocator gives {@link SegmentPieces#BYTES} bytes
     * @throws ReconstructionException as {@link #reconstructPiece}
     */
    public SegmentPieces reconstructSegment(List<@Nullable MemorySegment> pieces, SegmentAllocator allocator)
            throws ReconstructionException {
        int[] known = known(present(pieces));
        checkChunks(pieces, known);
        SegmentPieces all = new SegmentPieces(allocator.allocate(SegmentPieces.BYTES, Long.BYTES));
        recoverRecords(pieces, all, 1);
        List<Bytes> commitments = commitments(pieces);
        List<Bytes> witnesses = committer.prove(commitments).witnesses(workers);
        workers.forEach(PIECES, i -> all.seal(i, commitments.get(i), witnesses.get(i)));
        return all;
    }

    /**
     * The bytes of a segment, without its commitments.
     *
     * @param pieces 256 by position, null where missing
     * @return 130 023 424 bytes
     * @throws ReconstructionException as {@link #reconstructPiece}
     */
    public byte[] reconstructSource(List<@Nullable MemorySegment> pieces) throws ReconstructionException {
        BitSet present = present(pieces);
        int[] known = known(present);
        boolean complete = true;
        for (int i = 0; i < PIECES; i += 2) {
            complete &= present.get(i);
        }
        byte[] raw = new byte[Constants.RECORDED_SEGMENT_SIZE];
        if (complete) {
            workers.forEach(NEEDED, i -> RawRecords.read(given(pieces, 2 * i), raw, Constants.RAW_RECORD_SIZE * i));
            return raw;
        }
        checkChunks(pieces, known);
        SegmentPieces all = new SegmentPieces(SegmentPieces.HEAP.allocate(SegmentPieces.BYTES, Long.BYTES));
        recoverRecords(pieces, all, 2);
        workers.forEach(NEEDED, i -> RawRecords.read(all.record(2 * i), raw, Constants.RAW_RECORD_SIZE * i));
        return raw;
    }

    private static BitSet present(List<@Nullable MemorySegment> pieces) throws ReconstructionException {
        if (pieces.size() != PIECES) {
            throw new IllegalArgumentException(pieces.size() + " pieces, not " + PIECES);
        }
        BitSet present = new BitSet(PIECES);
        for (int i = 0; i < PIECES; i++) {
            MemorySegment piece = pieces.get(i);
            if (piece != null) {
                if (piece.byteSize() != Constants.PIECE_SIZE) {
                    throw new IllegalArgumentException("a piece of " + piece.byteSize() + " bytes");
                }
                present.set(i);
            }
        }
        if (present.cardinality() < NEEDED) {
            throw new ReconstructionException(
                    Reason.TOO_FEW_PIECES, present.cardinality() + " pieces where " + NEEDED + " are needed");
        }
        return present;
    }

    /** The pieces to work with. */
    private static int[] known(BitSet present) {
        return present.stream().limit(NEEDED).toArray();
    }

    private static MemorySegment given(List<@Nullable MemorySegment> pieces, int position) {
        return Objects.requireNonNull(pieces.get(position));
    }

    private static void checkChunks(List<@Nullable MemorySegment> pieces, int[] known) throws ReconstructionException {
        for (int position : known) {
            int chunk = Scalars.firstInvalid(given(pieces, position), 0, CHUNKS);
            if (chunk != -1) {
                throw new ReconstructionException(
                        Reason.INVALID_CHUNK, "chunk " + chunk + " of piece " + position + " is not below the modulus");
            }
        }
    }

    private List<Bytes> commitments(List<@Nullable MemorySegment> pieces) throws ReconstructionException {
        List<@Nullable Bytes> known = new ArrayList<>();
        for (MemorySegment piece : pieces) {
            known.add(
                    piece == null
                            ? null
                            : Bytes.of(piece.asSlice(Constants.PIECE_COMMITMENT_OFFSET, Constants.G1_SIZE)
                                    .toArray(ValueLayout.JAVA_BYTE)));
        }
        try {
            return committer.recoverCommitments(known);
        } catch (IllegalArgumentException e) {
            throw new ReconstructionException(Reason.INVALID_COMMITMENT, String.valueOf(e.getMessage()));
        }
    }

    /** One missing record as a weighted sum of the known ones. */
    private void combine(
            List<@Nullable MemorySegment> pieces,
            int[] known,
            Interpolation interpolation,
            int position,
            MemorySegment target) {
        long[] weights = interpolation.weights(position);
        MemorySegment bytes = MemorySegment.ofArray(new byte[Scalars.BYTES * known.length]);
        for (int k = 0; k < known.length; k++) {
            Scalars.write(weights, Fr.WORDS * k, bytes, (long) Scalars.BYTES * k);
        }
        workers.forEach(CHUNKS / BLOCK, block -> {
            long at = (long) Scalars.BYTES * BLOCK * block;
            long length = (long) Scalars.BYTES * BLOCK;
            List<MemorySegment> rows = new ArrayList<>(known.length);
            for (int row : known) {
                rows.add(given(pieces, row).asSlice(at, length));
            }
            field.combine(BLOCK, rows, bytes, target.asSlice(at, length));
        });
    }

    /** Fills in the records at the positions that are multiples of a step; the others may or may not be. */
    private void recoverRecords(List<@Nullable MemorySegment> pieces, SegmentPieces all, int step) {
        List<Integer> missing = new ArrayList<>();
        byte[] bits = new byte[PIECES / 8];
        for (int i = 0; i < PIECES; i++) {
            MemorySegment piece = pieces.get(i);
            if (piece != null) {
                bits[i / 8] |= (byte) (1 << i % 8);
                all.record(i).copyFrom(piece.asSlice(0, Constants.RECORD_SIZE));
            } else if (i % step == 0) {
                missing.add(i);
            }
        }
        if (missing.size() >= MANY) {
            MemorySegment present = MemorySegment.ofArray(bits);
            workers.forEach(CHUNKS / BLOCK, block -> {
                long at = (long) Scalars.BYTES * BLOCK * block;
                field.recoverColumns(PIECES, present, BLOCK, all.memory().asSlice(at), Constants.PIECE_SIZE);
            });
        } else if (!missing.isEmpty()) {
            int[] known = known(BitSet.valueOf(bits));
            Interpolation interpolation = new Interpolation(PIECES, known);
            missing.forEach(i -> combine(pieces, known, interpolation, i, all.record(i)));
        }
    }

    private static void seal(MemorySegment piece, Bytes commitment, Bytes witness) {
        MemorySegment.copy(
                commitment.toArray(),
                0,
                piece,
                ValueLayout.JAVA_BYTE,
                Constants.PIECE_COMMITMENT_OFFSET,
                Constants.G1_SIZE);
        MemorySegment.copy(
                witness.toArray(), 0, piece, ValueLayout.JAVA_BYTE, Constants.PIECE_WITNESS_OFFSET, Constants.G1_SIZE);
    }
}
