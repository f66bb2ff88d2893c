package network.autonomys.farmer.core.kzg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import network.autonomys.farmer.core.engine.MsmEngine;
import network.autonomys.farmer.core.field.Fr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commitments by vectors and by blst against those by the known secret of the dev chain. */
class CpuMsmEngineTest {
    private static final KzgParameters DEV = KzgParameters.parse(MemorySegment.ofArray(DevSecret.parameterFile()));

    private static void put(byte[] scalars, int index, BigInteger value) {
        byte[] bytes = value.toByteArray();
        int from = bytes.length > 32 ? 1 : 0;
        System.arraycopy(bytes, from, scalars, 32 * (index + 1) - (bytes.length - from), bytes.length - from);
    }

    /** Scalars of every kind: random, small, negative, with single digits and with digits at the ends of their range. */
    private static byte[] scalars(int n, int kind) {
        Random random = new Random(kind);
        byte[] scalars = new byte[32 * n];
        for (int i = 0; i < n; i++) {
            BigInteger value = switch (kind) {
                case 0 -> new BigInteger(300, random);
                case 1 -> BigInteger.valueOf(random.nextInt(3));
                case 2 -> BigInteger.valueOf(-1 - random.nextInt(5));
                case 3 -> BigInteger.ONE.shiftLeft(random.nextInt(255));
                case 4 ->
                    BigInteger.valueOf(4096).shiftLeft(13 * random.nextInt(19)).add(BigInteger.valueOf(4097));
                default -> i == n - 1 ? BigInteger.TWO : BigInteger.ZERO;
            };
            put(scalars, i, value.mod(Fr.MODULUS));
        }
        return scalars;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8})
    void enginesAgree(int lanes) {
        FpLanes kernel = FpLanes.ofLanes(lanes);
        long[] points = FpPoints.fromBlst(DEV.g1(), MsmEngine.MAX_COEFFICIENTS);
        try (MsmEngine secret = DevSecret.engine();
                MsmEngine engine = new CpuMsmEngine(DEV, kernel);
                Arena arena = Arena.ofConfined()) {
            BucketMsm buckets = new BucketMsm(kernel, points);
            for (int kind = 0; kind < 6; kind++) {
                for (int n : new int[] {32_768, 8192, 100, 1}) {
                    MemorySegment scalars = MemorySegment.ofArray(scalars(n, kind));
                    byte[] expected = new byte[48];
                    byte[] actual = new byte[48];
                    secret.commit(n, 1, scalars, MemorySegment.ofArray(expected));
                    engine.commit(n, 1, scalars, MemorySegment.ofArray(actual));
                    assertThat(actual).as("kind %d of %d", kind, n).isEqualTo(expected);
                    MemorySegment sum = arena.allocate(Blst.P1, Blst.ALIGN);
                    assertThat(buckets.multiply(n, scalars, sum)).isTrue();
                    assertThat(G1.write(sum, arena).toArray())
                            .as("kind %d of %d", kind, n)
                            .isEqualTo(expected);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8})
    void multiplesOfThePointsGiveTheSame(int lanes) {
        FpLanes kernel = FpLanes.ofLanes(lanes);
        int points = 16_384;
        TableMsm table = new TableMsm(kernel, new PointTable(kernel, DEV.g1(), points));
        try (MsmEngine secret = DevSecret.engine();
                Arena arena = Arena.ofConfined()) {
            MemorySegment sum = arena.allocate(Blst.P1, Blst.ALIGN);
            for (int kind = 0; kind < 6; kind++) {
                for (int n : new int[] {points, 8192, 100, 1}) {
                    MemorySegment scalars = MemorySegment.ofArray(scalars(n, kind));
                    byte[] expected = new byte[48];
                    secret.commit(n, 1, scalars, MemorySegment.ofArray(expected));
                    assertThat(table.multiply(n, scalars, 0, 1, sum)).isTrue();
                    assertThat(G1.write(sum, arena).toArray())
                            .as("kind %d of %d", kind, n)
                            .isEqualTo(expected);
                }
            }
        }
    }

    /** Parts are computed by other threads, which cannot reach the caller's buffer: here they all are. */
    private static final ParallelLoop ELSEWHERE = (count, task) -> {
        List<Thread> threads = IntStream.range(0, count)
                .mapToObj(i -> Thread.ofPlatform().start(() -> task.accept(i)))
                .toList();
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    };

    @ParameterizedTest
    @CsvSource({"1, 2", "8, 1", "8, 2", "8, 4"})
    void partsMakeTheWhole(int lanes, int parts) {
        try (MsmEngine secret = DevSecret.engine();
                CpuMsmEngine engine = new CpuMsmEngine(
                        DEV, FpLanes.ofLanes(lanes), parts == 1 ? ParallelLoop.SERIAL : ELSEWHERE, parts);
                Arena arena = Arena.ofConfined()) {
            for (boolean table : new boolean[] {false, true}) {
                if (table) {
                    engine.prepare();
                }
                for (int kind = 0; kind < 6; kind++) {
                    for (int n : new int[] {32_768, 8193, 100}) {
                        byte[] bytes = scalars(n, kind);
                        MemorySegment scalars = arena.allocate(bytes.length);
                        scalars.copyFrom(MemorySegment.ofArray(bytes));
                        byte[] expected = new byte[48];
                        byte[] actual = new byte[48];
                        secret.commit(n, 1, scalars, MemorySegment.ofArray(expected));
                        engine.commit(n, 1, scalars, MemorySegment.ofArray(actual));
                        assertThat(actual)
                                .as("kind %d of %d, table %s", kind, n, table)
                                .isEqualTo(expected);
                    }
                }
            }
        }
    }

    /** Each part is a sum of its own, and no part of the work is done twice. */
    @Test
    void everyPartIsNeeded() {
        FpLanes kernel = FpLanes.ofLanes(8);
        int n = 8192;
        TableMsm table = new TableMsm(kernel, new PointTable(kernel, DEV.g1(), n));
        MemorySegment scalars = MemorySegment.ofArray(scalars(n, 0));
        try (MsmEngine secret = DevSecret.engine();
                Arena arena = Arena.ofConfined()) {
            byte[] expected = new byte[48];
            secret.commit(n, 1, scalars, MemorySegment.ofArray(expected));
            MemorySegment sum = arena.allocate(Blst.P1, Blst.ALIGN);
            MemorySegment sums = arena.allocate(Blst.P1, Blst.ALIGN);
            sums.fill((byte) 0);
            for (int part = 0; part < 4; part++) {
                assertThat(table.multiply(n, scalars, part, 4, sum)).isTrue();
                assertThat(Blst.isInfinityG1(sum)).isFalse();
                assertThat(G1.write(sums, arena).toArray()).isNotEqualTo(expected);
                Blst.addG1(sums, sums, sum);
            }
            assertThat(G1.write(sums, arena).toArray()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 3, 32})
    void refusesNumbersOfPartsThatItDocuments(int parts) {
        assertThatThrownBy(() -> new CpuMsmEngine(DEV, FpLanes.ofLanes(8), ParallelLoop.SERIAL, parts))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** An engine with a table answers the same, also where the table cannot. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void anEngineWithATableCommitsAsBefore(int parts) {
        try (MsmEngine secret = DevSecret.engine();
                CpuMsmEngine engine = new CpuMsmEngine(DEV, FpLanes.ofLanes(8), ELSEWHERE, parts)) {
            engine.makeTable();
            for (int kind = 0; kind < 6; kind++) {
                MemorySegment scalars = MemorySegment.ofArray(scalars(32_768, kind));
                byte[] expected = new byte[48];
                byte[] actual = new byte[48];
                secret.commit(32_768, 1, scalars, MemorySegment.ofArray(expected));
                engine.commit(32_768, 1, scalars, MemorySegment.ofArray(actual));
                assertThat(actual).as("kind %d", kind).isEqualTo(expected);
            }
            BigInteger lambda = ScalarSplitTest.LAMBDA;
            byte[] ones = new byte[32 * 32_768];
            BigInteger repeated = BigInteger.ZERO;
            for (int window = 0; window < 7; window++) {
                repeated = repeated.add(BigInteger.ONE.shiftLeft(16 * window));
            }
            for (int i = 0; i < 32_768; i++) {
                put(ones, i, repeated.multiply(lambda.add(BigInteger.ONE)).mod(Fr.MODULUS));
            }
            byte[] expected = new byte[48];
            byte[] actual = new byte[48];
            secret.commit(32_768, 1, MemorySegment.ofArray(ones), MemorySegment.ofArray(expected));
            engine.commit(32_768, 1, MemorySegment.ofArray(ones), MemorySegment.ofArray(actual));
            assertThat(actual).isEqualTo(expected);
        }
    }

    /** Two equal points cannot be added as different ones are; then blst does the work. */
    @ParameterizedTest
    @ValueSource(ints = {1, 8})
    void equalPointsAreAddedToo(int lanes) {
        byte[] file = DevSecret.parameterFile();
        for (int i = 0; i < 20_000; i++) {
            System.arraycopy(file, 48 * 20_000, file, 48 * (i + 5), 48);
        }
        KzgParameters equal = KzgParameters.parse(MemorySegment.ofArray(file));
        MemorySegment scalars = MemorySegment.ofArray(scalars(20_000, 0));
        byte[] first = new byte[48];
        byte[] second = new byte[48];
        try (MsmEngine vectors = new CpuMsmEngine(equal, FpLanes.ofLanes(lanes));
                MsmEngine blst = new CpuMsmEngine(equal, FpLanes.ofLanes(1));
                Arena arena = Arena.ofConfined()) {
            vectors.commit(20_000, 1, scalars, MemorySegment.ofArray(first));
            blst.commit(20_000, 1, scalars, MemorySegment.ofArray(second));
            assertThat(first).isEqualTo(second);
            FpLanes kernel = FpLanes.ofLanes(lanes);
            BucketMsm buckets = new BucketMsm(kernel, FpPoints.fromBlst(equal.g1(), 20_000));
            assertThat(buckets.multiply(20_000, scalars, arena.allocate(Blst.P1, Blst.ALIGN)))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8})
    void refusesWhatItDocuments(int lanes) {
        MsmEngine engine = new CpuMsmEngine(DEV, FpLanes.ofLanes(lanes));
        try (engine) {
            MemorySegment out = MemorySegment.ofArray(new byte[48]);
            MemorySegment large = MemorySegment.ofArray(new byte[32 * 32_769]);
            assertThatThrownBy(() -> engine.commit(32_769, 1, large, out)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> engine.commit(-1, 1, large, out)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> engine.commit(10, 2, large, out)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> engine.commit(10, 1, large.asSlice(0, 319), out))
                    .isInstanceOf(IllegalArgumentException.class);
            byte[] modulus = new byte[320];
            put(modulus, 9, Fr.MODULUS);
            assertThatThrownBy(() -> engine.commit(10, 1, MemorySegment.ofArray(modulus), out))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        MemorySegment one = MemorySegment.ofArray(new byte[32]);
        assertThatThrownBy(() -> engine.commit(1, 1, one, MemorySegment.ofArray(new byte[48])))
                .isInstanceOf(IllegalStateException.class);
    }
}
