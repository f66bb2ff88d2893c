package network.autonomys.farmer.cuda;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import network.autonomys.farmer.core.engine.FieldEngine;
import org.jspecify.annotations.Nullable;

/**
 * Long transforms, extensions and recoveries on the cards of a {@link CudaRecordEngine}, byte for byte those of the processor: what a record and a
 * solution need. Short polynomials, columns and combinations are the processor's, and so is everything while no card can. The first results of each
 * card and 1 in 64 after that are computed on the processor as well.
 */
public final class CudaFieldEngine implements FieldEngine {
    /** Below this the way to the card takes longer than the transform. */
    static final int USUAL_MIN_POINTS = 4_096;

    private static final int SCALAR = 32;

    private final CudaRecordEngine cards;
    private final FieldEngine processor;
    private final int minPoints;
    private final SpotCheck checks = new SpotCheck();

    /**
     * An engine on cards.
     *
     * @param cards do the work; closed by their owner
     * @param processor does the rest
     */
    public CudaFieldEngine(CudaRecordEngine cards, FieldEngine processor) {
        this(cards, processor, USUAL_MIN_POINTS);
    }

    CudaFieldEngine(CudaRecordEngine cards, FieldEngine processor, int minPoints) {
        if (minPoints < 2 * CardField.MIN_VALUES) {
            throw new IllegalArgumentException("cards transform no fewer than " + 2 * CardField.MIN_VALUES + " points");
        }
        this.cards = cards;
        this.processor = processor;
        this.minPoints = minPoints;
    }

    @Override
    public void extend(int n, int count, MemorySegment source, MemorySegment parity) {
        if (isForCards(n, CardField.MAX_POINTS / 2, count, source, parity)) {
            each(n, count, source, parity, (field, some, from) -> field.extend(n, some, from), processor::extend);
        } else {
            processor.extend(n, count, source, parity);
        }
    }

    @Override
    public void interpolate(int n, int count, MemorySegment values, MemorySegment coefficients) {
        if (isForCards(n, CardField.MAX_POINTS, count, values, coefficients)) {
            each(
                    n,
                    count,
                    values,
                    coefficients,
                    (field, some, from) -> field.transform(n, some, from, true),
                    processor::interpolate);
        } else {
            processor.interpolate(n, count, values, coefficients);
        }
    }

    @Override
    public void evaluate(int n, int count, MemorySegment coefficients, MemorySegment values) {
        if (isForCards(n, CardField.MAX_POINTS, count, coefficients, values)) {
            each(
                    n,
                    count,
                    coefficients,
                    values,
                    (field, some, from) -> field.transform(n, some, from, false),
                    processor::evaluate);
        } else {
            processor.evaluate(n, count, coefficients, values);
        }
    }

    /** Whether a call is right and long enough; the processor refuses those that are not right. */
    private boolean isForCards(int n, int most, int count, MemorySegment from, MemorySegment to) {
        long bytes = (long) SCALAR * n * count;
        return n >= minPoints
                && n <= most
                && Integer.bitCount(n) == 1
                && count >= 0
                && from.byteSize() >= bytes
                && to.byteSize() >= bytes;
    }

    /** What a card does with some polynomials. */
    private interface OnCard {
        byte[] compute(CardField field, int count, MemorySegment from);
    }

    /** What the processor does with them. */
    private interface OnProcessor {
        void compute(int n, int count, MemorySegment from, MemorySegment to);
    }

    private void each(int n, int count, MemorySegment from, MemorySegment to, OnCard onCard, OnProcessor onProcessor) {
        for (int i = 0, taken; i < count; i += taken) {
            int some = Math.min(CardField.POINTS_AT_ONCE / n, count - i);
            taken = some;
            long bytes = (long) SCALAR * n * some;
            MemorySegment in = from.asSlice((long) SCALAR * n * i, bytes);
            MemorySegment out = to.asSlice((long) SCALAR * n * i, bytes);
            compute(
                    Math.toIntExact(bytes),
                    out,
                    field -> onCard.compute(field, some, in),
                    result -> onProcessor.compute(n, some, in, result));
        }
    }

    private void compute(
            int bytes, MemorySegment out, Function<CardField, byte[]> onCard, Consumer<MemorySegment> onProcessor) {
        byte @Nullable [] result = cards.onAnyCard((gpu, session) -> {
            boolean isFirst = !session.hasField();
            byte[] made = onCard.apply(session.field());
            checks.after(isFirst, () -> {
                MemorySegment expected = MemorySegment.ofArray(new byte[bytes]);
                onProcessor.accept(expected);
                if (expected.mismatch(MemorySegment.ofArray(made)) >= 0) {
                    throw new GpuFailure("a transform differs from the processor's");
                }
            });
            return made;
        });
        if (result == null) {
            onProcessor.accept(out);
        } else {
            MemorySegment.copy(result, 0, out, ValueLayout.JAVA_BYTE, 0, bytes);
        }
    }

    @Override
    public void recover(int points, MemorySegment present, MemorySegment shards, Recovered what, MemorySegment out) {
        long bytes = (long) SCALAR * (what == Recovered.SHARDS ? points : points / 2);
        if (!isForCards(points, CardField.MAX_POINTS, 1, shards, shards)
                || out.byteSize() < bytes
                || present.byteSize() < points / Byte.SIZE) {
            processor.recover(points, present, shards, what, out);
            return;
        }
        int[] used = used(points, present);
        if (used.length < points / 2) {
            processor.recover(points, present, shards, what, out);
            return;
        }
        compute(
                Math.toIntExact(bytes),
                out,
                field -> field.recover(points, used, shards, what),
                result -> processor.recover(points, present, shards, what, result));
    }

    /** The first half of a code word's shards that are there; as the processor's engine takes them. */
    private static int[] used(int points, MemorySegment present) {
        return BitSet.valueOf(present.asSlice(0, points / Byte.SIZE).toArray(ValueLayout.JAVA_BYTE)).stream()
                .limit(points / 2)
                .toArray();
    }

    @Override
    public void extendColumns(
            int n, int columns, MemorySegment source, long sourceStride, MemorySegment parity, long parityStride) {
        processor.extendColumns(n, columns, source, sourceStride, parity, parityStride);
    }

    @Override
    public void recoverColumns(int points, MemorySegment present, int columns, MemorySegment rows, long stride) {
        processor.recoverColumns(points, present, columns, rows, stride);
    }

    @Override
    public void combine(int n, List<MemorySegment> rows, MemorySegment weights, MemorySegment out) {
        processor.combine(n, rows, weights, out);
    }
}
