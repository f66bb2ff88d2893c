package network.autonomys.farmer.benchmarks;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import network.autonomys.farmer.core.archive.KzgSegmentCommitter;
import network.autonomys.farmer.core.archive.SegmentCommitter;
import network.autonomys.farmer.core.engine.Workers;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.kzg.CommitmentExtension;
import network.autonomys.farmer.core.kzg.Kzg;
import network.autonomys.farmer.core.kzg.Opening;
import network.autonomys.farmer.core.kzg.PieceChecks;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Constants;

/** Commitments, witnesses and their checks; sums of points against blst's own Pippenger. */
final class KzgCases {
    private static final String BLST = "blst Pippenger";

    private KzgCases() {}

    static void addTo(Cases cases) {
        cases.add("kzg/commit", KzgCases::commit);
        cases.add("kzg/witness", KzgCases::witness);
        cases.add("kzg/witness-two-threads", KzgCases::witnessInTwoParts);
        cases.add("kzg/verify", KzgCases::verify);
        cases.add("kzg/verify-batch", KzgCases::verifyBatch);
        cases.add("kzg/extend-commitments-128", KzgCases::extendCommitments);
        cases.add("kzg/segment-witnesses-256", KzgCases::segmentWitnesses);
        cases.add("kzg/check-piece", setup -> checkPieces(setup, 1).elsewhere("250 ms Zen 5, 500-900 ms Cascade Lake"));
        cases.add("kzg/check-pieces-256", setup -> checkPieces(setup, setup.size(256, 8)));
    }

    private static Case commit(Setup setup) {
        int n = setup.size(32_768, 8192);
        MemorySegment scalars = setup.scalars(n);
        Kzg kzg = setup.kzg();
        Kzg blst = setup.blstKzg();
        return Case.of(() -> kzg.commit(n, scalars))
                .against(BLST, () -> blst.commit(n, scalars))
                .elsewhere("230 ms Zen 5, 386 ms Cascade Lake");
    }

    private static Case witness(Setup setup) {
        int n = setup.size(32_768, 8193);
        MemorySegment scalars = setup.scalars(n);
        Kzg kzg = setup.kzg();
        Kzg blst = setup.blstKzg();
        return Case.of(() -> kzg.witness(n, scalars, 65_536, 12_345))
                .against(BLST, () -> blst.witness(n, scalars, 65_536, 12_345))
                .elsewhere("240 ms Zen 5");
    }

    /** What a solution waits for. */
    private static Case witnessInTwoParts(Setup setup) {
        int n = setup.size(32_768, 8193);
        MemorySegment scalars = setup.scalars(n);
        Kzg two = setup.latencyKzg();
        Kzg one = setup.kzg();
        return Case.of(() -> two.witness(n, scalars, 65_536, 12_345))
                .onTheWall()
                .against("one thread", () -> one.witness(n, scalars, 65_536, 12_345));
    }

    private static List<Opening> openings(Setup setup, int count) {
        int n = 64;
        MemorySegment values = setup.scalars(n);
        MemorySegment coefficients = setup.buffer(values.byteSize());
        setup.field().interpolate(n, 1, values, coefficients);
        Kzg kzg = setup.kzg();
        Bytes commitment = kzg.commit(n, coefficients);
        List<Opening> openings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int index = i % n;
            Bytes value = Bytes.of(values.asSlice(32L * index, 32).toArray(ValueLayout.JAVA_BYTE));
            openings.add(new Opening(commitment, n, index, value, kzg.witness(n, coefficients, n, index)));
        }
        return openings;
    }

    private static Case verify(Setup setup) {
        Kzg kzg = setup.kzg();
        Opening opening = openings(setup, 2).get(1);
        return Case.of(() -> one(kzg, opening)).elsewhere("0.5 ms Zen 5, 1.5-1.7 ms Cascade Lake");
    }

    private static boolean one(Kzg kzg, Opening opening) {
        return kzg.verify(opening.commitment(), opening.domain(), opening.index(), opening.value(), opening.witness());
    }

    /** Per opening. */
    private static Case verifyBatch(Setup setup) {
        Kzg kzg = setup.kzg();
        List<Opening> openings = openings(setup, setup.size(256, 8));
        Random random = new Random(5);
        return Case.of(() -> kzg.verifyAll(openings, random))
                .operations(openings.size())
                .against("one by one", () -> openings.stream().allMatch(opening -> one(kzg, opening)));
    }

    private static List<Bytes> commitments(Setup setup, int count) {
        MemorySegment scalars = setup.scalars(count);
        List<Bytes> commitments = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            commitments.add(setup.kzg().commit(1, scalars.asSlice(32L * i, 32)));
        }
        return commitments;
    }

    private static Case extendCommitments(Setup setup) {
        List<Bytes> commitments = commitments(setup, setup.size(128, 16));
        return Case.of(() -> CommitmentExtension.extend(commitments).getLast());
    }

    /** The segment commitment and all witnesses of a segment, against one quotient after the other. */
    private static Case segmentWitnesses(Setup setup) {
        List<Bytes> commitments = commitments(setup, Constants.PIECES_PER_SEGMENT);
        Kzg kzg = setup.kzg();
        SegmentCommitter committer = new KzgSegmentCommitter(kzg);
        MemorySegment hashes = setup.buffer(32L * Constants.PIECES_PER_SEGMENT);
        for (int i = 0; i < Constants.PIECES_PER_SEGMENT; i++) {
            byte[] hash = Blake3.hash254(commitments.get(i).toArray());
            MemorySegment.copy(hash, 0, hashes, ValueLayout.JAVA_BYTE, 32L * i, hash.length);
        }
        setup.field().interpolate(Constants.PIECES_PER_SEGMENT, 1, hashes, hashes);
        return Case.of(() -> committer.prove(commitments).witnesses(Workers.callingThread()))
                .against("one quotient each", () -> {
                    List<Bytes> witnesses = new ArrayList<>();
                    for (int i = 0; i < Constants.PIECES_PER_SEGMENT; i++) {
                        witnesses.add(
                                kzg.witness(Constants.PIECES_PER_SEGMENT, hashes, Constants.PIECES_PER_SEGMENT, i));
                    }
                    return witnesses;
                });
    }

    /** Pieces of one made-up segment, of which only so many records are there. */
    static List<PieceChecks.Candidate> pieces(Setup setup, int count) {
        Kzg kzg = setup.kzg();
        List<MemorySegment> pieces = new ArrayList<>();
        List<Bytes> commitments = new ArrayList<>(commitments(setup, Constants.PIECES_PER_SEGMENT));
        for (int i = 0; i < count; i++) {
            MemorySegment piece = setup.buffer(Constants.PIECE_SIZE);
            MemorySegment.copy(setup.scalars(Constants.CHUNKS_PER_RECORD), 0, piece, 0, Constants.RECORD_SIZE);
            pieces.add(piece);
            commitments.set(i, kzg.commitValues(Constants.CHUNKS_PER_RECORD, piece.asSlice(0, Constants.RECORD_SIZE)));
        }
        SegmentCommitter.SegmentProof proof = new KzgSegmentCommitter(kzg).prove(commitments);
        List<PieceChecks.Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            MemorySegment piece = pieces.get(i);
            piece.asSlice(Constants.PIECE_COMMITMENT_OFFSET, Constants.G1_SIZE)
                    .copyFrom(MemorySegment.ofArray(commitments.get(i).toArray()));
            piece.asSlice(Constants.PIECE_WITNESS_OFFSET, Constants.G1_SIZE)
                    .copyFrom(MemorySegment.ofArray(proof.witness(i).toArray()));
            candidates.add(new PieceChecks.Candidate(piece, proof.commitment(), i));
        }
        return candidates;
    }

    /** Per piece; batches against some of the pieces checked one by one. */
    private static Case checkPieces(Setup setup, int count) {
        PieceChecks checks = new PieceChecks(setup.kzg());
        List<PieceChecks.Candidate> candidates = pieces(setup, count);
        if (count == 1) {
            PieceChecks.Candidate piece = candidates.getFirst();
            PieceChecks blst = new PieceChecks(setup.blstKzg());
            return Case.of(() -> checks.isPieceValid(piece)).against(BLST, () -> blst.isPieceValid(piece));
        }
        Random random = new Random(6);
        int few = Math.min(count, 8);
        Case batch = Case.of(() -> checks.invalid(candidates, random)).operations(count);
        return batch.baselineOperations(few).against("one by one", () -> {
            BitSet invalid = new BitSet();
            for (int i = 0; i < few; i++) {
                PieceChecks.Candidate piece = candidates.get(i);
                invalid.set(i, !checks.isPieceValid(piece));
            }
            return invalid;
        });
    }
}
