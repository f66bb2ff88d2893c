package network.autonomys.farmer.core.kzg;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.random.RandomGenerator;
import network.autonomys.farmer.core.engine.FieldEngine;
import network.autonomys.farmer.core.engine.MsmEngine;
import network.autonomys.farmer.core.engine.Workers;
import network.autonomys.farmer.core.field.CpuFieldEngine;
import network.autonomys.farmer.core.field.Fr;
import network.autonomys.farmer.core.field.GradualFieldEngine;
import network.autonomys.farmer.core.field.Polynomials;
import network.autonomys.farmer.core.field.Scalars;
import network.autonomys.farmer.core.types.Bytes;

/**
 * Commitments to polynomials, witnesses of their values, and their verification (primitives §5.4).
 *
 * <p>Scalars are 32 bytes, big-endian. May be used by several threads at once; work runs on the calling thread.
 */
public final class Kzg implements AutoCloseable {
    /** Calls of the field engine until its vector code is worth being compiled: the checks of some segments. */
    private static final int FEW = 200;

    private final KzgParameters parameters;
    private final FieldEngine field;
    private final MsmEngine msm;

    /** @param msm over the same parameters; closed with this */
    public Kzg(KzgParameters parameters, FieldEngine field, MsmEngine msm) {
        this.parameters = parameters;
        this.field = field;
        this.msm = msm;
    }

    /** With the fastest engines of the processor: for those who commit all the time, for their kernels take seconds to be compiled. */
    public static Kzg cpu(KzgParameters parameters) {
        return new Kzg(parameters, new CpuFieldEngine(), new CpuMsmEngine(parameters));
    }

    /** With commitments by blst alone: slower by half, but at once. For those who check pieces now and then. */
    public static Kzg atOnce(KzgParameters parameters) {
        return atOnce(parameters, new CpuMsmEngine(parameters, FpLanes.ofLanes(1)), Workers.callingThread());
    }

    /**
     * The same with a given engine for commitments.
     *
     * @param msm over the same parameters; closed with this
     * @param workers for recoveries
     */
    public static Kzg atOnce(KzgParameters parameters, MsmEngine msm, Workers workers) {
        return new Kzg(parameters, GradualFieldEngine.cpu(FEW, workers), msm);
    }

    /** The parameters that commitments and witnesses refer to. */
    public KzgParameters parameters() {
        return parameters;
    }

    /** The engine for polynomials. */
    public FieldEngine field() {
        return field;
    }

    /**
     * The commitment to a polynomial given by its coefficients.
     *
     * @param n number of coefficients, 0 to 32 768
     * @param coefficients 32 n bytes, lowest first
     * @return 48 bytes
     * @throws IllegalArgumentException where there are more coefficients, the buffer is too short or one is not below the modulus
     */
    public Bytes commit(int n, MemorySegment coefficients) {
        byte[] commitment = new byte[G1.BYTES];
        msm.commit(n, 1, coefficients, MemorySegment.ofArray(commitment));
        return Bytes.of(commitment);
    }

    /**
     * The commitment to the polynomial with given values at the n-th roots of unity, as to a record.
     *
     * @param n a power of two from 1 to 32 768
     * @param values 32 n bytes
     * @return 48 bytes
     * @throws IllegalArgumentException as {@link #commit}
     */
    public Bytes commitValues(int n, MemorySegment values) {
        byte[] commitment = new byte[G1.BYTES];
        commitValues(n, 1, values, MemorySegment.ofArray(commitment));
        return Bytes.of(commitment);
    }

    /**
     * Commitments to polynomials given by their values.
     *
     * @param values 32 · n · count bytes
     * @param commitments 48 · count bytes, receives the commitments
     * @throws IllegalArgumentException as {@link #commit}
     */
    public void commitValues(int n, int count, MemorySegment values, MemorySegment commitments) {
        if (n > MsmEngine.MAX_COEFFICIENTS) {
            throw new IllegalArgumentException("a polynomial of " + n + " values is too long to commit to");
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment coefficients = arena.allocate(32L * n, Long.BYTES);
            for (int i = 0; i < count; i++) {
                field.interpolate(n, 1, values.asSlice(32L * n * i, 32L * n), coefficients);
                msm.commit(n, 1, coefficients, commitments.asSlice((long) G1.BYTES * i, G1.BYTES));
            }
        }
    }

    /**
     * The witness of a polynomial's value at root {@code index} of a domain, whose size does not depend on the polynomial's.
     *
     * @param n number of coefficients, 1 to 32 769
     * @param coefficients 32 n bytes, lowest first
     * @return 48 bytes
     * @throws IllegalArgumentException where the number of coefficients or the index is out of range, the buffer is too short or a coefficient
     *     is not below the modulus
     */
    public Bytes witness(int n, MemorySegment coefficients, int domain, int index) {
        if (n < 1 || n > MsmEngine.MAX_COEFFICIENTS + 1) {
            throw new IllegalArgumentException("no witness for " + n + " coefficients");
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment quotient = arena.allocate(32L * n, Long.BYTES);
            Polynomials.divide(n, coefficients, Polynomials.domainPoint(domain, index), quotient);
            return commit(n - 1, quotient);
        }
    }

    /**
     * Whether a committed polynomial has a value at root {@code index} of a domain. False also where the commitment or witness is no point of
     * the curve or the value not below the modulus.
     *
     * @throws IllegalArgumentException where the index is not in the domain
     */
    public boolean verify(Bytes commitment, int domain, int index, Bytes value, Bytes witness) {
        long[] x = Polynomials.domainPoint(domain, index);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment c = arena.allocate(Blst.P1_AFFINE, Blst.ALIGN);
            MemorySegment w = arena.allocate(Blst.P1_AFFINE, Blst.ALIGN);
            if (!Scalars.isCanonical(value.toArray())
                    || !G1.read(commitment, c, arena)
                    || !G1.read(witness, w, arena)) {
                return false;
            }
            // e(C - y g1, g2) = e(W, [τ]g2 - x g2), with x moved to the cheaper group: e(C - y g1 + x W, g2) = e(W,
            // [τ]g2).
            MemorySegment scalar = arena.allocate(Blst.SCALAR, Blst.ALIGN);
            MemorySegment left = arena.allocate(Blst.P1, Blst.ALIGN);
            MemorySegment term = arena.allocate(Blst.P1, Blst.ALIGN);
            Blst.fromAffineG1(left, parameters.point(0));
            G1.scalar(MemorySegment.ofArray(value.toArray()), 0, scalar, 0);
            Blst.multiplyG1(left, left, scalar);
            Blst.negateG1(left);
            Blst.addAffineG1(left, left, c);
            Blst.fromAffineG1(term, w);
            G1.scalar(x, scalar, 0);
            Blst.multiplyG1(term, term, scalar);
            Blst.addG1(left, left, term);
            Blst.fromAffineG1(term, w);
            Blst.negateG1(term);
            return pairingsCancel(arena, left, term);
        }
    }

    /** e(a, g2) · e(b, [τ]g2) = 1. */
    private boolean pairingsCancel(Arena arena, MemorySegment a, MemorySegment b) {
        MemorySegment first = arena.allocate(Blst.P1_AFFINE, Blst.ALIGN);
        MemorySegment second = arena.allocate(Blst.P1_AFFINE, Blst.ALIGN);
        Blst.toAffineG1(first, a);
        Blst.toAffineG1(second, b);
        return Blst.pairingProductIsOne(first, parameters.g2Point(0), second, parameters.g2Point(1));
    }

    /**
     * Whether all openings hold, at about the price of one and a small part for each: a random linear combination is checked, so that a false one
     * passes with a chance of at most one in 2^127.
     *
     * @param random unpredictable for whoever made the openings
     */
    public boolean verifyAll(List<Opening> openings, RandomGenerator random) {
        if (openings.isEmpty()) {
            return true;
        }
        int n = openings.size();
        try (Arena arena = Arena.ofConfined()) {
            PointSum left = new PointSum(arena, 2 * n + 1);
            PointSum right = new PointSum(arena, n);
            MemorySegment point = arena.allocate(Blst.P1_AFFINE, Blst.ALIGN);
            long[] weighted = new long[Fr.WORDS];
            long[] values = new long[Fr.WORDS];
            for (Opening opening : openings) {
                byte[] value = opening.value().toArray();
                if (!Scalars.isCanonical(value) || !G1.read(opening.commitment(), point, arena)) {
                    return false;
                }
                long[] weight = weight(random);
                left.add(point, weight);
                if (!G1.read(opening.witness(), point, arena)) {
                    return false;
                }
                right.add(point, weight);
                Fr.mul(Polynomials.domainPoint(opening.domain(), opening.index()), 0, weight, 0, weighted, 0);
                left.add(point, weighted);
                Fr.mul(Scalars.element(value), 0, weight, 0, weighted, 0);
                Fr.sub(values, 0, weighted, 0, values, 0);
            }
            left.add(parameters.point(0), values);
            MemorySegment negative = right.sum();
            Blst.negateG1(negative);
            return pairingsCancel(arena, left.sum(), negative);
        }
    }

    /** A random number from 1 to 2^127 as an element. */
    static long[] weight(RandomGenerator random) {
        byte[] bytes = new byte[Scalars.BYTES];
        MemorySegment.ofArray(bytes).set(ValueLayout.JAVA_LONG_UNALIGNED, 16, random.nextLong());
        MemorySegment.ofArray(bytes).set(ValueLayout.JAVA_LONG_UNALIGNED, 24, random.nextLong());
        bytes[16] &= 0x7f;
        long[] weight = Scalars.element(bytes);
        Fr.add(weight, 0, Fr.element(1), 0, weight, 0);
        return weight;
    }

    @Override
    public void close() {
        msm.close();
    }
}
