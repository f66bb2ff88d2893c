package network.autonomys.farmer.core.archive;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import network.autonomys.farmer.core.engine.MsmEngine;
import network.autonomys.farmer.core.field.Fr;
import network.autonomys.farmer.core.field.Scalars;
import network.autonomys.farmer.core.kzg.CommitmentExtension;
import network.autonomys.farmer.core.kzg.CommitmentRecovery;
import network.autonomys.farmer.core.kzg.DevSecret;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Constants;
import org.jspecify.annotations.Nullable;

/**
 * Commitments over the dev chain's parameters, whose secret τ is known ({@link DevSecret}): the same bytes as with {@link KzgSegmentCommitter}, a
 * hundred times faster. A commitment is the polynomial's value at τ times the generator, and that value follows from those at the roots of unity
 * by the barycentric formula.
 */
public final class DevSegmentCommitter implements SegmentCommitter, AutoCloseable {
    private static final ValueLayout.OfLong BE64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final int PIECES = Constants.PIECES_PER_SEGMENT;

    private final MsmEngine generator = DevSecret.engine();
    private final long[] tau = DevSecret.tau();
    private final long[] recordWeights = weights(Constants.CHUNKS_PER_RECORD);
    private final long[] segmentWeights = weights(PIECES);
    private final long[] roots = powers(PIECES);

    private static long[] powers(int n) {
        long[] root = Fr.rootOfUnity(Integer.numberOfTrailingZeros(n));
        long[] powers = new long[Fr.WORDS * n];
        System.arraycopy(Fr.element(1), 0, powers, 0, Fr.WORDS);
        for (int i = 1; i < n; i++) {
            Fr.mul(powers, Fr.WORDS * (i - 1), root, 0, powers, Fr.WORDS * i);
        }
        return powers;
    }

    /** The value at τ is the sum of w^i · (τ^n - 1) / (n · (τ - w^i)) times value i. */
    private long[] weights(int n) {
        long[] roots = powers(n);
        long[] weights = new long[Fr.WORDS * n];
        long[] factor = Fr.element(n);
        for (int i = 0; i < n; i++) {
            Fr.sub(tau, 0, roots, Fr.WORDS * i, weights, Fr.WORDS * i);
            Fr.mul(weights, Fr.WORDS * i, factor, 0, weights, Fr.WORDS * i);
        }
        Fr.inverseAll(weights, 0, n);
        long[] numerator = tau.clone();
        for (int i = 1; i < n; i *= 2) {
            Fr.mul(numerator, 0, numerator, 0, numerator, 0);
        }
        Fr.sub(numerator, 0, Fr.element(1), 0, numerator, 0);
        for (int i = 0; i < n; i++) {
            Fr.mul(weights, Fr.WORDS * i, numerator, 0, weights, Fr.WORDS * i);
            Fr.mul(weights, Fr.WORDS * i, roots, Fr.WORDS * i, weights, Fr.WORDS * i);
        }
        return weights;
    }

    /** The value at τ, as a plain number. */
    private static long[] evaluate(long[] weights, MemorySegment values) {
        int n = weights.length / Fr.WORDS;
        if (Scalars.firstInvalid(values, 0, n) != -1) {
            throw new IllegalArgumentException("a chunk is not below the modulus");
        }
        long[] sum = new long[Fr.WORDS];
        long[] term = new long[Fr.WORDS];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < Fr.WORDS; j++) {
                term[j] = values.get(BE64, (long) Scalars.BYTES * i + 24 - 8L * j);
            }
            Fr.mul(term, 0, weights, Fr.WORDS * i, term, 0);
            Fr.add(sum, 0, term, 0, sum, 0);
        }
        return sum;
    }

    /** A multiple of the generator by a plain number. */
    private Bytes multiply(long[] scalar) {
        MemorySegment bytes = MemorySegment.ofArray(new byte[Scalars.BYTES]);
        for (int j = 0; j < Fr.WORDS; j++) {
            bytes.set(BE64, 24 - 8L * j, scalar[j]);
        }
        byte[] point = new byte[Constants.G1_SIZE];
        generator.commit(1, 1, bytes, MemorySegment.ofArray(point));
        return Bytes.of(point);
    }

    @Override
    public Bytes commitRecord(MemorySegment record) {
        KzgSegmentCommitter.checkRecord(record);
        return multiply(evaluate(recordWeights, record));
    }

    @Override
    public List<Bytes> extendCommitments(List<Bytes> sources) {
        return CommitmentExtension.extend(KzgSegmentCommitter.checked(sources, Constants.RECORDS_PER_SEGMENT));
    }

    @Override
    public List<Bytes> recoverCommitments(List<@Nullable Bytes> commitments) {
        return CommitmentRecovery.recover(KzgSegmentCommitter.checked(commitments, PIECES));
    }

    @Override
    public SegmentProof prove(List<Bytes> commitments) {
        MemorySegment hashes = KzgSegmentCommitter.hashes(commitments);
        return new Proof(hashes, evaluate(segmentWeights, hashes));
    }

    @Override
    public void close() {
        generator.close();
    }

    private final class Proof implements SegmentProof {
        private final MemorySegment hashes;
        private final long[] value;
        private final Bytes commitment;

        Proof(MemorySegment hashes, long[] value) {
            this.hashes = hashes;
            this.value = value;
            this.commitment = multiply(value);
        }

        @Override
        public Bytes commitment() {
            return commitment;
        }

        /** (S(τ) - S(x)) / (τ - x) times the generator. */
        @Override
        public Bytes witness(int position) {
            if (position < 0 || position >= PIECES) {
                throw new IllegalArgumentException("no position " + position + " in a segment");
            }
            long[] difference = new long[Fr.WORDS];
            long[] quotient = new long[Fr.WORDS];
            for (int j = 0; j < Fr.WORDS; j++) {
                quotient[j] = hashes.get(BE64, (long) Scalars.BYTES * position + 24 - 8L * j);
            }
            Fr.sub(value, 0, quotient, 0, quotient, 0);
            Fr.sub(tau, 0, roots, Fr.WORDS * position, difference, 0);
            Fr.inverse(difference, 0, difference, 0);
            Fr.mul(quotient, 0, difference, 0, quotient, 0);
            return multiply(quotient);
        }
    }
}
