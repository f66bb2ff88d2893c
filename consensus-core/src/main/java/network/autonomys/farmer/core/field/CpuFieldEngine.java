package network.autonomys.farmer.core.field;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import network.autonomys.farmer.core.engine.FieldEngine;
import network.autonomys.farmer.core.engine.Workers;
import org.jspecify.annotations.Nullable;

/**
 * The field engine of the processor. Long polynomials use the lanes of a vector within one transform, columns use a lane each, and short single
 * polynomials plain arithmetic. It keeps about 60 MiB of tables once every size has been used, and about 20 MiB of scratch per concurrent call
 * of {@link #recover} with 65 536 points (6 MiB for a record's extension).
 */
public final class CpuFieldEngine implements FieldEngine {
    private static final int WORDS = LaneCodec.WORDS;
    private static final int LIMBS = LaneKernel.LIMBS;
    private static final int LOG_MAX = 16;
    private static final int MAX_COLUMN_SOURCE = 256;
    /** From here on a transform is spread over lanes. */
    private static final int MIN_SPREAD = 256;
    /** Columns per step: one memory page of each row. */
    private static final int COLUMN_STEP = 64;
    /** Products that may be added before carrying. */
    private static final int SUMMANDS = 6;

    private static final ValueLayout.OfLong BE64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final LaneKernel wide;
    private final Workers workers;
    private final LaneKernel narrow = LaneKernel.scalar();
    private final LaneCodec wideCodec;
    private final LaneCodec narrowCodec;
    private final NttCache ntts;
    private final LaneRoots roots;
    private final AtomicReferenceArray<RecordRecovery> recoveries = new AtomicReferenceArray<>(LOG_MAX + 1);
    private final AtomicReference<@Nullable ResiduePowers> powers = new AtomicReference<>();
    private final AtomicReferenceArray<long[]> shifts = new AtomicReferenceArray<>(LOG_MAX);
    private final Scratch.Pool pool = new Scratch.Pool();

    /** An engine with the widest vectors that this machine has. */
    public CpuFieldEngine() {
        this(LaneKernel.preferred());
    }

    /** An engine with a given kernel; all give the same results. */
    public CpuFieldEngine(LaneKernel kernel) {
        this(kernel, Workers.callingThread());
    }

    /**
     * An engine that recovers records on two threads.
     *
     * @param workers for single code words of more than 512 shards; all else uses the calling thread alone
     */
    public CpuFieldEngine(LaneKernel kernel, Workers workers) {
        wide = kernel;
        this.workers = workers;
        wideCodec = new LaneCodec(wide);
        narrowCodec = new LaneCodec(narrow);
        ntts = new NttCache(wide);
        roots = ntts.roots();
    }

    @Override
    public void extend(int n, int count, MemorySegment source, MemorySegment parity) {
        checkSize(n, 1, MAX_POINTS / 2);
        checkBuffer(source, n, count);
        checkBuffer(parity, n, count);
        pool.run(scratch -> {
            for (int i = 0; i < count; i++) {
                long at = 32L * n * i;
                if (n < MIN_SPREAD) {
                    extendShort(n, source, at, parity, scratch);
                } else {
                    long[] words = read(source, at, n, scratch);
                    long[] vector = scratch.array(1, n * LIMBS);
                    unpack(wideCodec, words, n, vector);
                    Ntt ntt = ntts.get(Tables.log(n));
                    ntt.extend(
                            vector,
                            longShift(ntt),
                            scratch.array(2, ntt.vectorSize()),
                            scratch.array(3, ntt.workSize()));
                    wideCodec.pack(vector, 0, n / wide.lanes(), words, 0, WORDS * wide.lanes());
                    MemorySegment.copy(words, 0, parity, BE64, at, n * WORDS);
                }
            }
        });
    }

    private void extendShort(int n, MemorySegment source, long at, MemorySegment parity, Scratch scratch) {
        long[] words = read(source, at, n, scratch);
        long[] a = scratch.array(1, n * LIMBS);
        unpack(narrowCodec, words, n, a);
        extendInLanes(narrow, Tables.log(n), a, shift(n));
        narrowCodec.pack(a, 0, n, words, 0, WORDS);
        MemorySegment.copy(words, 0, parity, BE64, at, n * WORDS);
    }

    /** w_2n^k in middle order. */
    private long[] longShift(Ntt ntt) {
        int log = Tables.log(ntt.size());
        long[] found = shifts.get(log);
        if (found == null) {
            shifts.compareAndSet(log, null, ntt.table(Fr.element(1), Fr.rootOfUnity(log + 1)));
            found = requireNonNull(shifts.get(log));
        }
        return found;
    }

    /** w_2n^k / n in reversed order. */
    private static long[] shift(int n) {
        int log = Tables.log(n);
        return Tables.reversed(Tables.powers(Tables.inverse(Fr.element(n)), Fr.rootOfUnity(log + 1), n), log);
    }

    private void extendInLanes(LaneKernel kernel, int log, long[] a, long[] shift) {
        kernel.toReversed(a, 0, log, roots.inverseReversed);
        kernel.scaleEach(a, 0, shift, 0, LIMBS, 1 << log);
        kernel.fromReversed(a, 0, log, roots.forward, roots.logOrder);
    }

    @Override
    public void extendColumns(
            int n, int columns, MemorySegment source, long sourceStride, MemorySegment parity, long parityStride) {
        checkSize(n, 1, MAX_COLUMN_SOURCE);
        checkRows(source, n, columns, sourceStride);
        checkRows(parity, n, columns, parityStride);
        long[] shift = shift(n);
        int log = Tables.log(n);
        pool.run(scratch -> {
            long[] words = scratch.array(0, n * COLUMN_STEP * WORDS);
            long[] a = scratch.array(1, n * wide.blockSize());
            for (int first = 0; first < columns; first += COLUMN_STEP) {
                int width = Math.min(COLUMN_STEP, columns - first);
                for (int row = 0; row < n; row++) {
                    readRow(source, row * sourceStride + 32L * first, width, words, row);
                }
                for (int c = 0; c < width; c += wide.lanes()) {
                    boolean canonical = wideCodec.unpack(words, c * WORDS, COLUMN_STEP * WORDS, n, a, 0);
                    checkScalars(canonical);
                    extendInLanes(wide, log, a, shift);
                    wideCodec.pack(a, 0, n, words, c * WORDS, COLUMN_STEP * WORDS);
                }
                for (int row = 0; row < n; row++) {
                    MemorySegment.copy(
                            words,
                            row * COLUMN_STEP * WORDS,
                            parity,
                            BE64,
                            row * parityStride + 32L * first,
                            width * WORDS);
                }
            }
        });
    }

    /** Reads up to one step of a row, the rest zero. */
    private static void readRow(MemorySegment rows, long at, int width, long[] words, int row) {
        int to = row * COLUMN_STEP * WORDS;
        MemorySegment.copy(rows, BE64, at, words, to, width * WORDS);
        Arrays.fill(words, to + width * WORDS, to + COLUMN_STEP * WORDS, 0);
    }

    @Override
    public void interpolate(int n, int count, MemorySegment values, MemorySegment coefficients) {
        transform(n, count, values, coefficients, true);
    }

    @Override
    public void evaluate(int n, int count, MemorySegment coefficients, MemorySegment values) {
        transform(n, count, coefficients, values, false);
    }

    private void transform(int n, int count, MemorySegment in, MemorySegment out, boolean inverse) {
        checkSize(n, 1, MAX_POINTS);
        checkBuffer(in, n, count);
        checkBuffer(out, n, count);
        pool.run(scratch -> {
            for (int i = 0; i < count; i++) {
                long[] words = read(in, 32L * n * i, n, scratch);
                if (n < MIN_SPREAD) {
                    transformShort(n, words, scratch.array(1, n * LIMBS), inverse);
                } else {
                    transformLong(n, words, scratch, inverse);
                }
                MemorySegment.copy(words, 0, out, BE64, 32L * n * i, n * WORDS);
            }
        });
    }

    private void transformShort(int n, long[] words, long[] a, boolean inverse) {
        int log = Tables.log(n);
        unpack(narrowCodec, words, n, a);
        narrow.toReversed(a, 0, log, inverse ? roots.inverseReversed : roots.forwardReversed);
        if (inverse) {
            narrow.scaleEach(a, 0, Tables.constant(Tables.inverse(Fr.element(n))), 0, 0, n);
        }
        for (int b = 0; b < n; b++) {
            narrowCodec.pack(a, b * LIMBS, 1, words, Tables.reverse(b, log) * WORDS, 0);
        }
    }

    private void transformLong(int n, long[] words, Scratch scratch, boolean inverse) {
        Ntt ntt = ntts.get(Tables.log(n));
        long[] vector = scratch.array(1, n * LIMBS);
        long[] middle = scratch.array(2, n * LIMBS);
        long[] work = scratch.array(3, ntt.workSize());
        if (inverse) {
            unpack(wideCodec, words, n, vector);
            ntt.inverse(vector, middle, work);
            wideCodec.packMiddle(middle, ntt, words);
        } else {
            checkScalars(wideCodec.unpackMiddle(words, ntt, middle));
            ntt.forward(middle, vector, work);
            wideCodec.pack(vector, 0, n / wide.lanes(), words, 0, WORDS * wide.lanes());
        }
    }

    @Override
    public void recover(int points, MemorySegment present, MemorySegment shards, Recovered what, MemorySegment out) {
        checkSize(points, 2, MAX_POINTS);
        checkShards(points, shards, what, out);
        try (Recovery recovery = prepareRecovery(points, present)) {
            recovery.recover(shards, what, out);
        }
    }

    private static void checkShards(int points, MemorySegment shards, Recovered what, MemorySegment out) {
        checkBuffer(shards, points, 1);
        checkBuffer(out, what == Recovered.SHARDS ? points : points / 2, 1);
    }

    @Override
    public Recovery prepareRecovery(int points, MemorySegment present) {
        checkSize(points, 2, MAX_POINTS);
        return new PreparedRecovery(points, used(points, present), workers);
    }

    @Override
    public void prepareRecoveries() {
        byte[] present = new byte[MAX_POINTS / Byte.SIZE];
        Arrays.fill(present, (byte) 0x0f);
        try (Recovery recovery = new PreparedRecovery(
                MAX_POINTS, used(MAX_POINTS, MemorySegment.ofArray(present)), Workers.callingThread())) {
            MemorySegment zeros = MemorySegment.ofArray(new byte[Scalars.BYTES * MAX_POINTS]);
            recovery.recover(zeros, Recovered.COEFFICIENTS, zeros);
        }
    }

    /** A set of scratch arrays in which a recovery has begun. */
    private final class PreparedRecovery implements Recovery {
        private final int points;
        private final BitSet used;
        private final Workers workers;
        private @Nullable Scratch scratch = pool.take();

        PreparedRecovery(int points, BitSet used, Workers workers) {
            this.points = points;
            this.used = used;
            this.workers = workers;
            if (points > ColumnRecovery.MAX_POINTS) {
                recovery(Tables.log(points), workers).prepare(used, requireNonNull(scratch), workers);
            }
        }

        @Override
        public void recover(MemorySegment shards, Recovered what, MemorySegment out) {
            checkShards(points, shards, what, out);
            Scratch own = scratch;
            if (own == null) {
                throw new IllegalStateException("recovered already");
            }
            scratch = null;
            try {
                long[] words = read(shards, 0, points, own);
                for (int i = used.nextClearBit(0); i < points; i = used.nextClearBit(i + 1)) {
                    Arrays.fill(words, i * WORDS, (i + 1) * WORDS, 0);
                }
                if (points <= ColumnRecovery.MAX_POINTS) {
                    recoverShort(points, used, words, what, own);
                } else {
                    recoverLong(points, used, words, what, own, workers);
                }
                MemorySegment.copy(words, 0, out, BE64, 0, (what == Recovered.SHARDS ? points : points / 2) * WORDS);
            } finally {
                pool.giveBack(own);
            }
        }

        @Override
        public void close() {
            Scratch own = scratch;
            if (own != null) {
                scratch = null;
                pool.giveBack(own);
            }
        }
    }

    private void recoverShort(int points, BitSet used, long[] words, Recovered what, Scratch scratch) {
        int half = points / 2;
        int log = Tables.log(half);
        ColumnRecovery recovery = new ColumnRecovery(roots, points, used);
        long[] a = scratch.array(1, points * LIMBS);
        unpack(narrowCodec, words, points, a);
        recovery.toCoefficients(narrow, a, 0);
        switch (what) {
            case SHARDS -> {
                recovery.toShards(narrow, a, 0);
                narrowCodec.pack(a, 0, points, words, 0, WORDS);
            }
            case SOURCE -> {
                narrow.fromReversed(a, 0, log, roots.forward, roots.logOrder);
                narrowCodec.pack(a, 0, half, words, 0, WORDS);
            }
            case COEFFICIENTS -> {
                for (int b = 0; b < half; b++) {
                    narrowCodec.pack(a, b * LIMBS, 1, words, Tables.reverse(b, log) * WORDS, 0);
                }
            }
        }
    }

    private void recoverLong(int points, BitSet used, long[] words, Recovered what, Scratch scratch, Workers workers) {
        RecordRecovery recovery = recovery(Tables.log(points), workers);
        long[] even = scratch.array(1, recovery.arraySize());
        long[] odd = scratch.array(2, recovery.arraySize());
        int lanes = wide.lanes();
        int blocks = points / 2 / lanes;
        workers.forEach(
                2, half -> checkScalars(wideCodec.unpackHalf(words, half * WORDS, blocks, half == 0 ? even : odd)));
        recovery.recover(used, what, even, odd, scratch, workers);
        switch (what) {
            case SHARDS -> {
                wideCodec.packHalf(even, blocks, words, 0);
                wideCodec.packHalf(odd, blocks, words, WORDS);
            }
            case SOURCE -> wideCodec.pack(even, 0, blocks, words, 0, WORDS * lanes);
            case COEFFICIENTS -> wideCodec.packMiddle(even, recovery.ntt(), words);
        }
    }

    private RecordRecovery recovery(int logPoints, Workers workers) {
        RecordRecovery found = recoveries.get(logPoints);
        if (found == null) {
            recoveries.compareAndSet(
                    logPoints, null, new RecordRecovery(wide, ntts.get(logPoints - 1), powers(workers), workers));
            found = requireNonNull(recoveries.get(logPoints));
        }
        return found;
    }

    /** Made when first wanted. */
    private ResiduePowers powers(Workers workers) {
        ResiduePowers found = powers.get();
        if (found == null) {
            powers.compareAndSet(null, new ResiduePowers(wide, workers));
            found = requireNonNull(powers.get());
        }
        return found;
    }

    @Override
    public void recoverColumns(int points, MemorySegment present, int columns, MemorySegment rows, long stride) {
        checkSize(points, 2, ColumnRecovery.MAX_POINTS);
        checkRows(rows, points, columns, stride);
        BitSet used = used(points, present);
        BitSet there = bits(points, present);
        ColumnRecovery recovery = new ColumnRecovery(roots, points, used);
        pool.run(scratch -> {
            long[] words = scratch.array(0, points * COLUMN_STEP * WORDS);
            Arrays.fill(words, 0, points * COLUMN_STEP * WORDS, 0);
            long[] a = scratch.array(1, points * wide.blockSize());
            for (int first = 0; first < columns; first += COLUMN_STEP) {
                int width = Math.min(COLUMN_STEP, columns - first);
                for (int row = used.nextSetBit(0); row >= 0; row = used.nextSetBit(row + 1)) {
                    readRow(rows, row * stride + 32L * first, width, words, row);
                }
                for (int c = 0; c < width; c += wide.lanes()) {
                    checkScalars(wideCodec.unpack(words, c * WORDS, COLUMN_STEP * WORDS, points, a, 0));
                    recovery.toCoefficients(wide, a, 0);
                    recovery.toShards(wide, a, 0);
                    wideCodec.pack(a, 0, points, words, c * WORDS, COLUMN_STEP * WORDS);
                }
                for (int row = there.nextClearBit(0); row < points; row = there.nextClearBit(row + 1)) {
                    long to = row * stride + 32L * first;
                    MemorySegment.copy(words, row * COLUMN_STEP * WORDS, rows, BE64, to, width * WORDS);
                }
            }
        });
    }

    @Override
    public void combine(int n, List<MemorySegment> rows, MemorySegment weights, MemorySegment out) {
        if (n < 1) {
            throw new IllegalArgumentException("no rows of " + n + " scalars");
        }
        checkBuffer(weights, 1, rows.size());
        checkBuffer(out, n, 1);
        rows.forEach(row -> checkBuffer(row, n, 1));
        long[] constants = new long[LIMBS * rows.size()];
        long[] element = new long[Fr.WORDS];
        for (int i = 0; i < rows.size(); i++) {
            Scalars.read(weights, 32L * i, element, 0);
            Tables.constant(element, 0, constants, LIMBS * i);
        }
        pool.run(scratch -> {
            int lanes = wide.lanes();
            int blocks = COLUMN_STEP / lanes;
            long[] words = scratch.array(0, COLUMN_STEP * WORDS);
            long[] product = scratch.array(1, COLUMN_STEP * LIMBS);
            long[] sum = scratch.array(2, COLUMN_STEP * LIMBS);
            for (int first = 0; first < n; first += COLUMN_STEP) {
                int width = Math.min(COLUMN_STEP, n - first);
                Arrays.fill(sum, 0, COLUMN_STEP * LIMBS, 0);
                for (int i = 0; i < rows.size(); i++) {
                    readRow(rows.get(i), 32L * first, width, words, 0);
                    checkScalars(wideCodec.unpack(words, 0, WORDS * lanes, blocks, product, 0));
                    wide.scaleEach(product, 0, constants, LIMBS * i, 0, blocks);
                    wide.add(sum, 0, product, 0, sum, 0, blocks);
                    if (i % SUMMANDS == SUMMANDS - 1) {
                        wide.reduce(sum, 0, blocks);
                    }
                }
                wideCodec.pack(sum, 0, blocks, words, 0, WORDS * lanes);
                MemorySegment.copy(words, 0, out, BE64, 32L * first, width * WORDS);
            }
        });
    }

    /** The shards to recover from: the first half of those that are there. */
    private static BitSet used(int points, MemorySegment present) {
        BitSet bits = bits(points, present);
        int there = bits.cardinality();
        if (there < points / 2) {
            throw new IllegalArgumentException(there + " of " + points + " shards are too few");
        }
        int last = points;
        for (int extra = there - points / 2; extra > 0; extra--) {
            last = bits.previousSetBit(last - 1);
        }
        bits.clear(last, points);
        return bits;
    }

    private static BitSet bits(int points, MemorySegment present) {
        int bytes = (points + 7) / 8;
        if (present.byteSize() < bytes) {
            throw new IllegalArgumentException("a set of " + points + " shards takes " + bytes + " bytes");
        }
        BitSet bits = BitSet.valueOf(present.asSlice(0, bytes).toArray(ValueLayout.JAVA_BYTE));
        bits.clear(points, Math.max(points, bits.length()));
        return bits;
    }

    private static long[] read(MemorySegment scalars, long at, int n, Scratch scratch) {
        long[] words = scratch.array(0, n * WORDS);
        MemorySegment.copy(scalars, BE64, at, words, 0, n * WORDS);
        return words;
    }

    private static void unpack(LaneCodec codec, long[] words, int n, long[] a) {
        int lanes = codec.lanes();
        checkScalars(codec.unpack(words, 0, WORDS * lanes, n / lanes, a, 0));
    }

    private static void checkScalars(boolean canonical) {
        if (!canonical) {
            throw new IllegalArgumentException("not a scalar: not below the modulus");
        }
    }

    private static void checkSize(int n, int min, int max) {
        if (n < min || n > max || Integer.bitCount(n) != 1) {
            throw new IllegalArgumentException(n + " is no power of two from " + min + " to " + max);
        }
    }

    private static void checkBuffer(MemorySegment buffer, int n, int count) {
        if (count < 0 || buffer.byteSize() / 32 / n < count) {
            throw new IllegalArgumentException(
                    buffer.byteSize() + " bytes are too few for " + count + " times " + n + " scalars");
        }
    }

    private static void checkRows(MemorySegment buffer, int rows, int columns, long stride) {
        if (columns < 0
                || stride < 32L * columns
                || stride > Long.MAX_VALUE / rows
                || buffer.byteSize() < stride * (rows - 1) + 32L * columns) {
            throw new IllegalArgumentException(buffer.byteSize() + " bytes are too few for " + rows + " rows of "
                    + columns + " scalars, " + stride + " bytes apart");
        }
    }
}
