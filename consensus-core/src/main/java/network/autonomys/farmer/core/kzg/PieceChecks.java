package network.autonomys.farmer.core.kzg;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import network.autonomys.farmer.core.field.Fr;
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
    private static final int POINTS = Constants.PIECE_SIZE - Constants.RECORD_SIZE;

    private final Kzg kzg;

    /** Checks against the parameters of {@code kzg}. */
    public PieceChecks(Kzg kzg) {
        this.kzg = kzg;
    }

    /**
     * A piece to check.
     *
     * @param record 1 048 576 bytes
     * @param points the record's commitment and its witness, 96 bytes
     * @param segmentCommitment 48 bytes
     * @param position of the piece in its segment, 0 to 255
     */
    public record Candidate(MemorySegment record, MemorySegment points, Bytes segmentCommitment, int position) {
        /** @throws IllegalArgumentException where a part has another length or the position is out of range */
        public Candidate {
            if (record.byteSize() != Constants.RECORD_SIZE || points.byteSize() != POINTS) {
                throw new IllegalArgumentException("a piece has " + Constants.RECORD_SIZE + " + " + POINTS
                        + " bytes, not " + record.byteSize() + " + " + points.byteSize());
            }
            if (position < 0 || position >= Constants.PIECES_PER_SEGMENT) {
                throw new IllegalArgumentException("no position " + position + " in a segment");
            }
        }

        /**
         * A piece in one.
         *
         * @param piece 1 048 672 bytes
         * @throws IllegalArgumentException where it has another length or the position is out of range
         */
        public Candidate(MemorySegment piece, Bytes segmentCommitment, int position) {
            this(
                    requireLength(piece).asSlice(0, Constants.RECORD_SIZE),
                    piece.asSlice(Constants.PIECE_COMMITMENT_OFFSET, POINTS),
                    segmentCommitment,
                    position);
        }

        private static MemorySegment requireLength(MemorySegment piece) {
            if (piece.byteSize() != Constants.PIECE_SIZE) {
                throw new IllegalArgumentException(
                        "a piece has " + Constants.PIECE_SIZE + " bytes, not " + piece.byteSize());
            }
            return piece;
        }

        private Bytes commitment() {
            return bytes(0);
        }

        private Opening opening() {
            Bytes value = Bytes.of(Blake3.hash254(commitment().toArray()));
            return new Opening(segmentCommitment, Constants.PIECES_PER_SEGMENT, position, value, bytes(G1.BYTES));
        }

        private Bytes bytes(long offset) {
            return Bytes.of(points.asSlice(offset, G1.BYTES).toArray(ValueLayout.JAVA_BYTE));
        }
    }

    /**
     * Whether a piece is the one at a position of a segment.
     *
     * @throws IllegalArgumentException where the piece has another length or the position is out of range
     */
    public boolean isPieceValid(MemorySegment piece, Bytes segmentCommitment, int position) {
        return isPieceValid(new Candidate(piece, segmentCommitment, position));
    }

    /** Whether a piece is the one at a position of a segment. */
    public boolean isPieceValid(Candidate candidate) {
        return isAtPosition(candidate.opening()) && isCommitted(candidate);
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
     * witnesses are checked. Where one fails, a few more find a single bad piece, and halves are searched where there are several. The answer is that of {@link #isPieceValid} but for a chance of one in 2^127 per
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
        new RecordSearch(candidates, random, invalid).search(open);
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

    /** Looks for records that are not committed to; never for much longer than checking each by itself would take. */
    private final class RecordSearch {
        /** Groups up to this size are checked one by one. */
        private static final int FEW = 3;

        private final List<Candidate> candidates;
        private final RandomGenerator random;
        private final BitSet invalid;
        /** Combinations that may still be checked before what is left is checked one by one. */
        private int combinations;

        RecordSearch(List<Candidate> candidates, RandomGenerator random, BitSet invalid) {
            this.candidates = candidates;
            this.random = random;
            this.invalid = invalid;
            combinations = 4 + candidates.size() / 2;
        }

        /**
         * Marks the bad ones of a group. Where its combination fails, a second one with weights multiplied by 1, 2, 3, … tells which record it is
         * if it is a single one, for then the second difference is that multiple of the first; where it is not, halves are searched.
         */
        void search(List<Integer> numbers) {
            if (numbers.size() <= FEW || combinations <= 0) {
                numbers.forEach(this::check);
                return;
            }
            int single;
            try (Arena arena = Arena.ofConfined()) {
                long[][] weights = new long[numbers.size()][];
                Arrays.setAll(weights, i -> Kzg.weight(random));
                MemorySegment difference = difference(arena, candidates, numbers, weights);
                if (Blst.isInfinityG1(difference)) {
                    return;
                }
                for (int i = 0; i < weights.length; i++) {
                    Fr.mul(weights[i], 0, Fr.element(i + 1L), 0, weights[i], 0);
                }
                MemorySegment second = difference(arena, candidates, numbers, weights);
                single = multiple(arena, difference, second, numbers.size());
                combinations -= 2;
            }
            if (single > 0) {
                check(numbers.get(single - 1));
                List<Integer> rest = new ArrayList<>(numbers);
                rest.remove(/* index */ single - 1);
                search(rest);
            } else {
                int half = numbers.size() / 2;
                search(numbers.subList(0, half));
                search(numbers.subList(half, numbers.size()));
            }
        }

        private void check(int number) {
            invalid.set(number, !isCommitted(candidates.get(number)));
        }
    }

    /** The k from 1 to the limit for which other = k · point; 0 where there is none. */
    private static int multiple(Arena arena, MemorySegment point, MemorySegment other, int limit) {
        MemorySegment sum = arena.allocate(Blst.P1, Blst.ALIGN);
        for (int k = 1; k <= limit; k++) {
            Blst.addG1(sum, sum, point);
            if (Blst.equalG1(sum, other)) {
                return k;
            }
        }
        return 0;
    }

    /** The commitment to the combination of records minus the combination of commitments: infinity where they agree. */
    private MemorySegment difference(
            Arena arena, List<Candidate> candidates, List<Integer> numbers, long[][] elements) {
        MemorySegment weights = arena.allocate((long) Scalars.BYTES * numbers.size());
        MemorySegment point = arena.allocate(Blst.P1_AFFINE, Blst.ALIGN);
        PointSum sum = new PointSum(arena, numbers.size());
        List<MemorySegment> records = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i++) {
            Candidate candidate = candidates.get(numbers.get(i));
            Scalars.write(elements[i], 0, weights, (long) Scalars.BYTES * i);
            read(candidate.commitment(), point, arena);
            sum.add(point, elements[i]);
            records.add(candidate.record());
        }
        MemorySegment combined = arena.allocate(Constants.RECORD_SIZE, Long.BYTES);
        kzg.field().combine(CHUNKS, records, weights, combined);
        read(kzg.commitValues(CHUNKS, combined), point, arena);
        MemorySegment difference = sum.sum();
        Blst.negateG1(difference);
        Blst.addAffineG1(difference, difference, point);
        return difference;
    }

    private static void read(Bytes commitment, MemorySegment affine, Arena arena) {
        if (!G1.read(commitment, affine, arena)) {
            throw new IllegalStateException("a point that was one before is none now: " + commitment);
        }
    }
}
