package network.autonomys.farmer.core.kzg;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import network.autonomys.farmer.core.field.Scalars;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Constants;

/**
 * Validity of pieces (primitives §7.7): a piece is a record with the commitment to it and the witness that the commitment stands at the piece's
 * position in its segment. May be used by several threads at once.
 */
public final class PieceChecks {
    private static final int CHUNKS = Constants.CHUNKS_PER_RECORD;

    private final Kzg kzg;

    /** Checks against the parameters of {@code kzg}. */
    public PieceChecks(Kzg kzg) {
        this.kzg = kzg;
    }

    /**
     * A piece to check.
     *
     * @param piece 1 048 672 bytes
     * @param segmentCommitment 48 bytes
     * @param position of the piece in its segment, 0 to 255
     */
    public record Candidate(MemorySegment piece, Bytes segmentCommitment, int position) {
        /** @throws IllegalArgumentException where the piece has another length or the position is out of range */
        public Candidate {
            if (piece.byteSize() != Constants.PIECE_SIZE) {
                throw new IllegalArgumentException(
                        "a piece has " + Constants.PIECE_SIZE + " bytes, not " + piece.byteSize());
            }
            if (position < 0 || position >= Constants.PIECES_PER_SEGMENT) {
                throw new IllegalArgumentException("no position " + position + " in a segment");
            }
        }

        private Bytes commitment() {
            return bytes(Constants.PIECE_COMMITMENT_OFFSET);
        }

        private Opening opening() {
            Bytes value = Bytes.of(Blake3.hash254(commitment().toArray()));
            return new Opening(
                    segmentCommitment,
                    Constants.PIECES_PER_SEGMENT,
                    position,
                    value,
                    bytes(Constants.PIECE_WITNESS_OFFSET));
        }

        private Bytes bytes(long offset) {
            return Bytes.of(piece.asSlice(offset, G1.BYTES).toArray(ValueLayout.JAVA_BYTE));
        }

        private MemorySegment record() {
            return piece.asSlice(0, Constants.RECORD_SIZE);
        }
    }

    /**
     * Whether a piece is the one at a position of a segment.
     *
     * @throws IllegalArgumentException where the piece has another length or the position is out of range
     */
    public boolean isPieceValid(MemorySegment piece, Bytes segmentCommitment, int position) {
        Candidate candidate = new Candidate(piece, segmentCommitment, position);
        Opening opening = candidate.opening();
        return isAtPosition(opening) && isCommitted(candidate);
    }

    /** Whether a record has a commitment, compared byte for byte; false where a chunk is not below the modulus. */
    private boolean isCommitted(Candidate candidate) {
        MemorySegment record = candidate.record();
        return Scalars.firstInvalid(record, 0, CHUNKS) == -1
                && kzg.commitValues(CHUNKS, record).equals(candidate.commitment());
    }

    private boolean isAtPosition(Opening opening) {
        return kzg.verify(opening.commitment(), opening.domain(), opening.index(), opening.value(), opening.witness());
    }

    /**
     * Whether the hash of a record's commitment stands at a position of a segment.
     *
     * @param hash 32 bytes: {@link Blake3#hash254} of the commitment
     * @param position 0 to 255
     * @throws IllegalArgumentException where the position is out of range
     */
    public boolean isRecordCommitmentHashValid(Bytes hash, Bytes segmentCommitment, Bytes recordWitness, int position) {
        return kzg.verify(segmentCommitment, Constants.PIECES_PER_SEGMENT, position, hash, recordWitness);
    }

    /**
     * Checks many pieces for little more than the price of one, as long as all are valid: random linear combinations of records, commitments and
     * witnesses are checked, and halves of those that fail. The answer is that of {@link #isPieceValid} but for a chance of one in 2^127 per
     * combination.
     *
     * @param random unpredictable for whoever made the pieces
     * @return the numbers of the pieces that are not valid
     */
    public BitSet invalid(List<Candidate> candidates, RandomGenerator random) {
        BitSet invalid = new BitSet();
        List<Integer> open = new ArrayList<>();
        Map<Bytes, Boolean> segments = new HashMap<>();
        for (int i = 0; i < candidates.size(); i++) {
            Candidate candidate = candidates.get(i);
            // Combinations say nothing about commitments outside the subgroup. None equals the commitment to a record.
            if (segments.computeIfAbsent(candidate.segmentCommitment(), G1::isPoint)
                    && G1.isPoint(candidate.opening().witness())
                    && G1.isInSubgroup(candidate.commitment())
                    && Scalars.firstInvalid(candidate.record(), 0, CHUNKS) == -1) {
                open.add(i);
            } else {
                invalid.set(i);
            }
        }
        searchWitnesses(candidates, open, random, invalid);
        open.removeIf(invalid::get);
        searchRecords(candidates, open, random, invalid);
        return invalid;
    }

    private void searchWitnesses(
            List<Candidate> candidates, List<Integer> numbers, RandomGenerator random, BitSet invalid) {
        if (numbers.isEmpty()) {
            return;
        }
        List<Opening> openings =
                numbers.stream().map(i -> candidates.get(i).opening()).toList();
        if (numbers.size() == 1) {
            invalid.set(numbers.getFirst(), !isAtPosition(openings.getFirst()));
        } else if (!kzg.verifyAll(openings, random)) {
            int half = numbers.size() / 2;
            searchWitnesses(candidates, numbers.subList(0, half), random, invalid);
            searchWitnesses(candidates, numbers.subList(half, numbers.size()), random, invalid);
        }
    }

    private void searchRecords(
            List<Candidate> candidates, List<Integer> numbers, RandomGenerator random, BitSet invalid) {
        if (numbers.isEmpty()) {
            return;
        }
        if (numbers.size() == 1) {
            invalid.set(numbers.getFirst(), !isCommitted(candidates.get(numbers.getFirst())));
        } else if (!combinationIsCommitted(candidates, numbers, random)) {
            int half = numbers.size() / 2;
            searchRecords(candidates, numbers.subList(0, half), random, invalid);
            searchRecords(candidates, numbers.subList(half, numbers.size()), random, invalid);
        }
    }

    private boolean combinationIsCommitted(List<Candidate> candidates, List<Integer> numbers, RandomGenerator random) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment weights = arena.allocate((long) Scalars.BYTES * numbers.size());
            MemorySegment point = arena.allocate(Blst.P1_AFFINE, Blst.ALIGN);
            PointSum sum = new PointSum(arena, numbers.size());
            List<MemorySegment> records = new ArrayList<>();
            for (int i = 0; i < numbers.size(); i++) {
                Candidate candidate = candidates.get(numbers.get(i));
                long[] weight = Kzg.weight(random);
                Scalars.write(weight, 0, weights, (long) Scalars.BYTES * i);
                if (!G1.read(candidate.commitment(), point, arena)) {
                    return false;
                }
                sum.add(point, weight);
                records.add(candidate.record());
            }
            MemorySegment combined = arena.allocate(Constants.RECORD_SIZE, Long.BYTES);
            kzg.field().combine(CHUNKS, records, weights, combined);
            return kzg.commitValues(CHUNKS, combined).equals(G1.write(sum.sum(), arena));
        }
    }
}
