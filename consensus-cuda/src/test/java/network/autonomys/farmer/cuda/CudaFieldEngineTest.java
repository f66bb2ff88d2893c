package network.autonomys.farmer.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import network.autonomys.farmer.core.engine.FieldEngine;
import network.autonomys.farmer.core.engine.FieldEngine.Recovered;
import network.autonomys.farmer.core.field.CpuFieldEngine;
import network.autonomys.farmer.testkit.StandIn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Transforms and recoveries by the kernels, run on the host, byte for byte against the processor's engine. */
class CudaFieldEngineTest {
    private static final int LAUNCH_FAILED = 719;
    private static final byte[] MODULUS =
            new BigInteger("73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001", 16).toByteArray();
    private static final FieldEngine PROCESSOR = new CpuFieldEngine();

    private final StandIn standIn = StandIn.fresh();
    private final AtomicLong clock = new AtomicLong();

    private CudaRecordEngine cards() throws GpuUnavailableException {
        return CudaRecordEngine.open(
                CudaTesting.settings(1_000),
                CudaTesting.PROCESSOR,
                false,
                GpuObserver.none(),
                Limits.OF_MEMORY,
                slot -> {},
                () -> clock.addAndGet(1_000_000));
    }

    private static FieldEngine engine(CudaRecordEngine cards) {
        return new CudaFieldEngine(cards, PROCESSOR, 512);
    }

    /** Scalars at random, among them zero and the largest. */
    private static byte[] scalars(int n, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] scalars = new byte[32 * n];
        random.nextBytes(scalars);
        for (int i = 0; i < n; i++) {
            switch (random.nextInt(8)) {
                case 0 -> java.util.Arrays.fill(scalars, 32 * i, 32 * i + 32, (byte) 0);
                case 1 -> {
                    System.arraycopy(MODULUS, 0, scalars, 32 * i, 32);
                    scalars[32 * i + 31]--;
                }
                default -> scalars[32 * i] &= 0x3F;
            }
        }
        return scalars;
    }

    private static MemorySegment segment(byte[] bytes) {
        return MemorySegment.ofArray(bytes);
    }

    @ParameterizedTest
    @CsvSource({"512, 2, 1", "1024, 1, 1", "8192, 3, 1", "32768, 1, 1", "1024, 520, 2"})
    void transformsAgree(int n, int count, int calls) throws GpuUnavailableException {
        byte[] in = scalars(n * count, n);
        byte[][] expected = new byte[3][in.length];
        byte[][] actual = new byte[3][in.length];
        try (CudaRecordEngine cards = cards()) {
            FieldEngine engine = engine(cards);
            for (int i = 0; i < 2; i++) {
                FieldEngine one = i == 0 ? PROCESSOR : engine;
                byte[][] out = i == 0 ? expected : actual;
                one.evaluate(n, count, segment(in), segment(out[0]));
                one.interpolate(n, count, segment(in), segment(out[1]));
                one.extend(n, count, segment(in), segment(out[2]));
            }
            assertThat(actual[0]).as("values").isEqualTo(expected[0]);
            assertThat(actual[1]).as("coefficients").isEqualTo(expected[1]);
            assertThat(actual[2]).as("parity").isEqualTo(expected[2]);
            assertThat(standIn.calls("scalars_out")).as("done by the card").isEqualTo(3 * calls);
        }
        assertThat(standIn.used()).as("bytes left on the card").isZero();
    }

    @Test
    void theLargestTransformGoesThereAndBackInItsOwnBuffer() throws GpuUnavailableException {
        byte[] in = scalars(65_536, 1);
        byte[] values = in.clone();
        byte[] expected = new byte[in.length];
        PROCESSOR.evaluate(65_536, 1, segment(in), segment(expected));
        try (CudaRecordEngine cards = cards()) {
            FieldEngine engine = engine(cards);
            engine.evaluate(65_536, 1, segment(values), segment(values));
            assertThat(values).isEqualTo(expected);
            engine.interpolate(65_536, 1, segment(values), segment(values));
            assertThat(values).isEqualTo(in);
            assertThat(standIn.calls("scalars_out")).isEqualTo(2);
        }
    }

    /** A code word, with what is absent replaced by what is no scalar. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    private record Word(int points, byte[] shards, byte[] damaged, byte[] present) {
        static Word of(int points, BitSet present) {
            byte[] coefficients = java.util.Arrays.copyOf(scalars(points / 2, points), 32 * points);
            byte[] shards = new byte[32 * points];
            PROCESSOR.evaluate(points, 1, segment(coefficients), segment(shards));
            byte[] damaged = shards.clone();
            for (int i = present.nextClearBit(0); i < points; i = present.nextClearBit(i + 1)) {
                java.util.Arrays.fill(damaged, 32 * i, 32 * i + 32, (byte) 0xFF);
            }
            return new Word(
                    points, shards, damaged, java.util.Arrays.copyOf(present.toByteArray(), points / Byte.SIZE));
        }

        byte[] recovered(FieldEngine engine, Recovered what) {
            byte[] out = new byte[what == Recovered.SHARDS ? 32 * points : 16 * points];
            engine.recover(points, segment(present), segment(damaged), what, segment(out));
            return out;
        }

        void isRecovered(FieldEngine engine, Recovered what) {
            assertThat(recovered(engine, what)).as("%s", what).isEqualTo(recovered(PROCESSOR, what));
        }
    }

    private static BitSet random(int points, int there) {
        Random random = new Random(points + there);
        BitSet present = new BitSet();
        while (present.cardinality() < there) {
            present.set(random.nextInt(points));
        }
        return present;
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 1024, 4096})
    void recoversFromAnyHalf(int points) throws GpuUnavailableException {
        BitSet even = new BitSet();
        BitSet odd = new BitSet();
        BitSet low = new BitSet();
        BitSet high = new BitSet();
        low.set(0, points / 2);
        high.set(points / 2, points);
        for (int i = 0; i < points; i += 2) {
            even.set(i);
            odd.set(i + 1);
        }
        try (CudaRecordEngine cards = cards()) {
            FieldEngine engine = engine(cards);
            int done = 0;
            for (BitSet present : new BitSet[] {
                even,
                odd,
                low,
                high,
                random(points, points / 2),
                random(points, points / 2 + 17),
                random(points, points - 1)
            }) {
                Word.of(points, present)
                        .isRecovered(engine, List.of(Recovered.values()).get(done++ % 3));
            }
            assertThat(standIn.calls("recover_series")).as("done by the card").isEqualTo(done);
        }
    }

    @Test
    void recoversARecordFromTheHalfThatAPlotHas() throws GpuUnavailableException {
        Word word = Word.of(65_536, random(65_536, 32_768));
        try (CudaRecordEngine cards = cards()) {
            FieldEngine engine = new CudaFieldEngine(cards, PROCESSOR);
            assertThat(word.recovered(engine, Recovered.SHARDS)).isEqualTo(word.shards());
            assertThat(standIn.calls("recover_series")).isEqualTo(1);
        }
        assertThat(standIn.used()).as("bytes left on the card").isZero();
    }

    @ParameterizedTest
    @EnumSource(Recovered.class)
    void tooFewShardsAreRefusedAsTheProcessorDoes(Recovered what) throws GpuUnavailableException {
        Word word = Word.of(512, random(512, 255));
        try (CudaRecordEngine cards = cards()) {
            assertThatThrownBy(() -> word.recovered(engine(cards), what))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("255 of 512 shards are too few");
        }
    }

    @Test
    void refusesWhatIsNoScalarAndBuffersTooShort() throws GpuUnavailableException {
        byte[] in = scalars(512, 3);
        System.arraycopy(MODULUS, 0, in, 32 * 300, 32);
        byte[] out = new byte[in.length];
        BitSet all = new BitSet();
        all.set(0, 512);
        Word word = Word.of(512, all);
        System.arraycopy(MODULUS, 0, word.damaged(), 32 * 7, 32);
        try (CudaRecordEngine cards = cards()) {
            FieldEngine engine = engine(cards);
            assertThatThrownBy(() -> engine.interpolate(512, 1, segment(in), segment(out)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("not below the modulus");
            assertThatThrownBy(() -> engine.extend(512, 1, segment(in), segment(out)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> word.recovered(engine, Recovered.SOURCE))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> engine.evaluate(512, 2, segment(in), segment(out)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> engine.evaluate(1000, 1, segment(new byte[32_000]), segment(new byte[32_000])))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> engine.extend(65_536, 1, segment(new byte[1 << 21]), segment(new byte[1 << 21])))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(cards.status().getFirst().state()).isEqualTo(GpuStatus.State.READY);
            // What is not used may be anything.
            Word damaged = Word.of(512, random(512, 256));
            damaged.isRecovered(engine, Recovered.SHARDS);
        }
    }

    @Test
    void shortPolynomialsStayWithTheProcessor() throws GpuUnavailableException {
        byte[] in = scalars(2_048, 5);
        byte[] out = new byte[in.length];
        byte[] expected = new byte[in.length];
        try (CudaRecordEngine cards = cards()) {
            FieldEngine engine = new CudaFieldEngine(cards, PROCESSOR);
            engine.interpolate(2_048, 1, segment(in), segment(out));
            PROCESSOR.interpolate(2_048, 1, segment(in), segment(expected));
            assertThat(out).isEqualTo(expected);
            assertThat(standIn.calls("scalars_in")).isZero();
            assertThatThrownBy(() -> new CudaFieldEngine(cards, PROCESSOR, 256))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void wrongResultsAreFoundOutAndTheProcessorGoesOn() throws GpuUnavailableException {
        Word word = Word.of(1024, random(1024, 512));
        try (CudaRecordEngine cards = cards()) {
            FieldEngine engine = engine(cards);
            standIn.wrong("recover_weigh", 6, 33);
            word.isRecovered(engine, Recovered.SOURCE);
            assertThat(cards.status().getFirst().reason()).isEqualTo("a transform differs from the processor's");
            word.isRecovered(engine, Recovered.SHARDS);
            assertThat(standIn.calls("recover_weigh")).isEqualTo(1);
        }
    }

    @Test
    void aCardThatFailsOrHangsLosesNothing() throws GpuUnavailableException {
        byte[] in = scalars(512, 7);
        byte[] expected = new byte[in.length];
        PROCESSOR.extend(512, 1, segment(in), segment(expected));
        for (int fault = 0; fault < 3; fault++) {
            standIn.machine(1, 12_000, 75, 8L << 30);
            try (CudaRecordEngine cards = cards()) {
                switch (fault) {
                    case 0 -> standIn.fail("cuLaunchKernel", LAUNCH_FAILED, 2, 1);
                    case 1 -> standIn.fail("cuMemAlloc", 2, 0, 1);
                    default -> standIn.hang(true);
                }
                byte[] out = new byte[in.length];
                engine(cards).extend(512, 1, segment(in), segment(out));
                assertThat(out).isEqualTo(expected);
                assertThat(cards.status().getFirst().reason())
                        .contains(fault == 0 ? "starting kernel" : fault == 1 ? "OUT_OF_MEMORY" : "no answer");
            }
        }
    }
}
