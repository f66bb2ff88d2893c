package network.autonomys.farmer.core.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import network.autonomys.farmer.core.engine.FieldEngine;
import network.autonomys.farmer.core.engine.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of the field engine, held by every number of lanes, against definitions in whole numbers. */
class CpuFieldEngineTest {
    private static final BigInteger R = Fr.MODULUS;

    private static final ExecutorService HELPER = Executors.newSingleThreadExecutor();
    private static final Map<Integer, FieldEngine> ON_TWO_THREADS = new HashMap<>();

    @AfterAll
    static void endHelper() {
        HELPER.shutdownNow();
        // Their work arrays would stay for all the tests of this process.
        ON_TWO_THREADS.clear();
    }

    private static FieldEngine engine(int lanes) {
        return new CpuFieldEngine(LaneKernel.ofLanes(lanes));
    }

    private static FieldEngine onTwoThreads(int lanes) {
        return ON_TWO_THREADS.computeIfAbsent(
                lanes, l -> new CpuFieldEngine(LaneKernel.ofLanes(l), Workers.with(HELPER, 1)));
    }

    private static BigInteger[] random(int n, long seed) {
        Random random = new Random(seed);
        BigInteger[] values = new BigInteger[n];
        for (int i = 0; i < n; i++) {
            values[i] = switch (random.nextInt(8)) {
                case 0 -> R.subtract(BigInteger.ONE);
                case 1 -> BigInteger.ZERO;
                default -> new BigInteger(300, random).mod(R);
            };
        }
        return values;
    }

    private static MemorySegment bytes(BigInteger... values) {
        byte[] bytes = new byte[32 * values.length];
        for (int i = 0; i < values.length; i++) {
            byte[] one = values[i].toByteArray();
            int from = one.length > 32 ? 1 : 0;
            System.arraycopy(one, from, bytes, 32 * (i + 1) - (one.length - from), one.length - from);
        }
        return MemorySegment.ofArray(bytes);
    }

    private static BigInteger[] numbers(MemorySegment bytes, int n) {
        BigInteger[] values = new BigInteger[n];
        for (int i = 0; i < n; i++) {
            values[i] = new BigInteger(1, bytes.asSlice(32L * i, 32).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE));
        }
        return values;
    }

    private static BigInteger root(int order) {
        return BigInteger.valueOf(7).modPow(R.subtract(BigInteger.ONE).divide(BigInteger.valueOf(order)), R);
    }

    private static BigInteger valueAt(BigInteger[] coefficients, BigInteger x) {
        BigInteger value = BigInteger.ZERO;
        for (int i = coefficients.length - 1; i >= 0; i--) {
            value = value.multiply(x).add(coefficients[i]).mod(R);
        }
        return value;
    }

    private static MemorySegment buffer(int scalars) {
        return MemorySegment.ofArray(new byte[32 * scalars]);
    }

    @ParameterizedTest
    @CsvSource({
        "1,1", "1,2", "1,8", "1,128", "1,256", "1,1024", "4,16", "4,256", "4,512", "8,64", "8,256", "8,512", "8,2048",
        "1,65536", "4,65536", "8,65536", "8,32768"
    })
    void transformsGiveValuesOfThePolynomial(int lanes, int n) {
        FieldEngine engine = engine(lanes);
        BigInteger[] coefficients = random(n, n);
        MemorySegment values = buffer(n);
        engine.evaluate(n, 1, bytes(coefficients), values);
        BigInteger[] got = numbers(values, n);
        BigInteger w = root(n);
        int step = n > 1024 ? n / 16 - 1 : n > 64 ? 31 : 1;
        for (int i = 0; i < n; i += step) {
            assertThat(got[i]).isEqualTo(valueAt(coefficients, w.modPow(BigInteger.valueOf(i), R)));
        }
        MemorySegment back = buffer(n);
        engine.interpolate(n, 1, values, back);
        assertThat(numbers(back, n)).isEqualTo(coefficients);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "1,4", "8,128", "1,1024", "4,256", "8,256", "8,1024", "4,32768", "8,32768", "1,32768"})
    void extensionGivesTheOddValues(int lanes, int n) {
        FieldEngine engine = engine(lanes);
        BigInteger[] coefficients = random(n, 3L * n);
        BigInteger[] padded = new BigInteger[2 * n];
        for (int i = 0; i < 2 * n; i++) {
            padded[i] = i < n ? coefficients[i] : BigInteger.ZERO;
        }
        MemorySegment all = buffer(2 * n);
        engine.evaluate(2 * n, 1, bytes(padded), all);
        BigInteger[] shards = numbers(all, 2 * n);
        BigInteger[] source = new BigInteger[n];
        BigInteger[] odd = new BigInteger[n];
        for (int i = 0; i < n; i++) {
            source[i] = shards[2 * i];
            odd[i] = shards[2 * i + 1];
        }
        MemorySegment parity = buffer(n);
        engine.extend(n, 1, bytes(source), parity);
        assertThat(numbers(parity, n)).isEqualTo(odd);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8})
    void columnsExtendLikeSinglePolynomials(int lanes) {
        FieldEngine engine = engine(lanes);
        int n = 16;
        int columns = 77;
        long stride = 32L * columns + 96;
        MemorySegment rows = MemorySegment.ofArray(new byte[(int) stride * 2 * n]);
        BigInteger[] values = random(n * columns, 9);
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < columns; k++) {
                rows.asSlice(2L * i * stride + 32L * k, 32).copyFrom(bytes(values[i * columns + k]));
            }
        }
        engine.extendColumns(n, columns, rows, 2 * stride, rows.asSlice(stride), 2 * stride);
        for (int k = 0; k < columns; k += 19) {
            BigInteger[] column = new BigInteger[n];
            for (int i = 0; i < n; i++) {
                column[i] = values[i * columns + k];
            }
            MemorySegment parity = buffer(n);
            engine.extend(n, 1, bytes(column), parity);
            for (int i = 0; i < n; i++) {
                assertThat(rows.asSlice((2L * i + 1) * stride + 32L * k, 32).mismatch(parity.asSlice(32L * i, 32)))
                        .isEqualTo(-1);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1,2", "8,16", "8,512", "1,1024", "4,1024", "8,1024", "8,4096", "8,65536", "4,65536", "1,65536"})
    void recoversFromAnyHalf(int lanes, int points) {
        Random random = new Random(points);
        BitSet present = new BitSet();
        while (present.cardinality() < points / 2) {
            present.set(random.nextInt(points));
        }
        recovers(engine(lanes), points, present);
        recovers(onTwoThreads(lanes), points, present);
    }

    /** Only source, only parity, one half or the other, all of one kind but one. */
    @ParameterizedTest
    @CsvSource({"1,1024", "4,1024", "8,1024", "8,65536"})
    void recoversFromHalvesOfOneKind(int lanes, int points) {
        for (int kind = 0; kind < 6; kind++) {
            BitSet present = new BitSet();
            for (int i = 0; i < points / 2; i++) {
                present.set(
                        switch (kind) {
                            case 0, 4 -> 2 * i;
                            case 1, 5 -> 2 * i + 1;
                            case 2 -> i;
                            default -> points / 2 + i;
                        });
            }
            if (kind >= 4) {
                present.flip(6, 8);
            }
            recovers(engine(lanes), points, present);
            recovers(onTwoThreads(lanes), points, present);
        }
    }

    private static void recovers(FieldEngine engine, int points, BitSet present) {
        int n = points / 2;
        BigInteger[] coefficients = random(points, 5L * points);
        for (int i = n; i < points; i++) {
            coefficients[i] = BigInteger.ZERO;
        }
        MemorySegment shards = buffer(points);
        engine.evaluate(points, 1, bytes(coefficients), shards);
        MemorySegment damaged = buffer(points).copyFrom(shards);
        for (int i = present.nextClearBit(0); i < points; i = present.nextClearBit(i + 1)) {
            damaged.asSlice(32L * i, 32).fill((byte) 0x11);
        }
        byte[] bits = java.util.Arrays.copyOf(present.toByteArray(), (points + 7) / 8);
        MemorySegment out = buffer(points);
        engine.recover(points, MemorySegment.ofArray(bits), damaged, FieldEngine.Recovered.SHARDS, out);
        assertThat(out.mismatch(shards)).isEqualTo(-1);
        engine.recover(points, MemorySegment.ofArray(bits), damaged, FieldEngine.Recovered.COEFFICIENTS, out);
        assertThat(numbers(out, n)).isEqualTo(java.util.Arrays.copyOf(coefficients, n));
        engine.recover(points, MemorySegment.ofArray(bits), damaged, FieldEngine.Recovered.SOURCE, out);
        for (int i = 0; i < n; i++) {
            assertThat(out.asSlice(32L * i, 32).mismatch(shards.asSlice(64L * i, 32)))
                    .isEqualTo(-1);
        }
        MemorySegment map = MemorySegment.ofArray(bits);
        MemorySegment source = buffer(n);
        try (FieldEngine.Recovery first = engine.prepareRecovery(points, map);
                FieldEngine.Recovery unused = engine.prepareRecovery(points, map);
                FieldEngine.Recovery second = engine.prepareRecovery(points, map)) {
            map.fill((byte) 0);
            second.recover(damaged, FieldEngine.Recovered.SOURCE, source);
            assertThat(source.mismatch(out.asSlice(0, 32L * n))).isEqualTo(-1);
            first.recover(damaged, FieldEngine.Recovered.SHARDS, out);
            assertThat(out.mismatch(shards)).isEqualTo(-1);
            assertThatThrownBy(() -> first.recover(damaged, FieldEngine.Recovered.SHARDS, out))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> unused.recover(buffer(n), FieldEngine.Recovered.SHARDS, out))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8})
    void recoversColumns(int lanes) {
        FieldEngine engine = engine(lanes);
        int points = 256;
        int columns = 70;
        long stride = 32L * columns + 7;
        MemorySegment rows = MemorySegment.ofArray(new byte[(int) stride * points]);
        for (int k = 0; k < columns; k++) {
            BigInteger[] coefficients = random(points, k);
            java.util.Arrays.fill(coefficients, points / 2, points, BigInteger.ZERO);
            MemorySegment shards = buffer(points);
            engine.evaluate(points, 1, bytes(coefficients), shards);
            for (int i = 0; i < points; i++) {
                rows.asSlice(i * stride + 32L * k, 32).copyFrom(shards.asSlice(32L * i, 32));
            }
        }
        MemorySegment damaged =
                MemorySegment.ofArray(new byte[(int) stride * points]).copyFrom(rows);
        byte[] present = new byte[32];
        new Random(4).nextBytes(present);
        for (int i = 0; i < 16; i++) {
            present[i] = (byte) ~present[31 - i];
        }
        for (int i = 0; i < points; i++) {
            if ((present[i / 8] >> i % 8 & 1) == 0) {
                damaged.asSlice(i * stride, 32L * columns).fill((byte) 0xff);
            }
        }
        engine.recoverColumns(points, MemorySegment.ofArray(present), columns, damaged, stride);
        assertThat(damaged.mismatch(rows)).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8})
    void combinesRows(int lanes) {
        FieldEngine engine = engine(lanes);
        int n = 130;
        int count = 40;
        List<MemorySegment> rows = new ArrayList<>();
        BigInteger[] weights = random(count, 77);
        BigInteger[] expected = new BigInteger[n];
        java.util.Arrays.fill(expected, BigInteger.ZERO);
        for (int i = 0; i < count; i++) {
            BigInteger[] row = random(n, 100 + i);
            rows.add(bytes(row));
            for (int k = 0; k < n; k++) {
                expected[k] = expected[k].add(row[k].multiply(weights[i])).mod(R);
            }
        }
        MemorySegment out = buffer(n);
        engine.combine(n, rows, bytes(weights), out);
        assertThat(numbers(out, n)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8})
    void refusesWhatItDocuments(int lanes) {
        FieldEngine engine = engine(lanes);
        MemorySegment modulus = buffer(512);
        modulus.asSlice(32L * 511, 32).copyFrom(bytes(R));
        MemorySegment out = buffer(1024);
        for (int n : new int[] {0, 3, 131072, -4}) {
            assertThatThrownBy(() -> engine.evaluate(n, 1, buffer(4), buffer(4)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> engine.extend(512, 1, modulus, out)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> engine.extend(65536, 1, buffer(65536), buffer(65536)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> engine.extend(8, 2, buffer(15), out)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> engine.extend(8, 2, buffer(16), buffer(15)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> engine.extendColumns(4, 8, modulus, 255, out, 256))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> engine.recover(
                        8, MemorySegment.ofArray(new byte[] {7}), buffer(8), FieldEngine.Recovered.SOURCE, out))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> engine.prepareRecovery(8, MemorySegment.ofArray(new byte[] {7})))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> engine.prepareRecovery(16, MemorySegment.ofArray(new byte[] {7})))
                .isInstanceOf(IllegalArgumentException.class);
        byte[] half = new byte[128];
        Arrays.fill(half, (byte) 0x0f);
        assertThatThrownBy(() -> engine.recover(
                        1024, MemorySegment.ofArray(half), modulusAtFirst(1024), FieldEngine.Recovered.SOURCE, out))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> engine.recoverColumns(8, MemorySegment.ofArray(new byte[0]), 1, buffer(8), 32))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static MemorySegment modulusAtFirst(int n) {
        MemorySegment shards = buffer(n);
        shards.asSlice(0, 32).copyFrom(bytes(R));
        return shards;
    }
}
