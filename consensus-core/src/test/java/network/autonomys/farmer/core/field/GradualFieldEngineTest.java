package network.autonomys.farmer.core.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import network.autonomys.farmer.core.engine.FieldEngine;
import network.autonomys.farmer.core.engine.FieldEngine.Recovered;
import org.junit.jupiter.api.Test;

class GradualFieldEngineTest {
    private static final int N = 8;

    private final List<String> asked = new ArrayList<>();

    /** An engine whose calls are noted. */
    private FieldEngine noted(String name) {
        FieldEngine engine = new CpuFieldEngine(LaneKernel.scalar());
        return (FieldEngine) Proxy.newProxyInstance(
                FieldEngine.class.getClassLoader(), new Class<?>[] {FieldEngine.class}, (self, method, arguments) -> {
                    asked.add(name);
                    return call(engine, method, arguments);
                });
    }

    private static Object call(FieldEngine engine, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(engine, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Test
    void theSimpleEngineAnswersFirstAndTheFastOneFromThenOn() {
        GradualFieldEngine engine = new GradualFieldEngine(noted("simple"), noted("fast"), 3);
        MemorySegment values = MemorySegment.ofArray(new byte[32 * N]);
        for (int i = 0; i < 5; i++) {
            engine.interpolate(N, 1, values, MemorySegment.ofArray(new byte[32 * N]));
        }
        assertThat(asked).containsExactly("simple", "simple", "simple", "fast", "fast");
    }

    @Test
    void recoveriesArePreparedByTheEngineThatAnswersNext() {
        GradualFieldEngine engine = new GradualFieldEngine(noted("simple"), noted("fast"), 1);
        MemorySegment values = MemorySegment.ofArray(new byte[32 * N]);
        engine.prepareRecoveries();
        engine.interpolate(N, 1, values, values);
        engine.interpolate(N, 1, values, values);
        engine.prepareRecoveries();
        assertThat(asked).containsExactly("simple", "simple", "fast", "fast");
    }

    @Test
    void everyOperationIsTheEnginesOwn() {
        GradualFieldEngine gradual = new GradualFieldEngine(noted("simple"), noted("fast"), 4);
        assertThat(results(gradual)).isEqualTo(results(new CpuFieldEngine()));
        assertThat(asked).containsExactly("simple", "simple", "simple", "simple", "fast", "fast", "fast", "fast");
    }

    private static List<List<Byte>> results(FieldEngine engine) {
        Random random = new Random(3);
        byte[] source = new byte[32 * N];
        for (int i = 0; i < N; i++) {
            for (int k = 1; k < 32; k++) {
                source[32 * i + k] = (byte) random.nextInt();
            }
        }
        MemorySegment values = MemorySegment.ofArray(source);
        List<List<Byte>> results = new ArrayList<>();
        byte[] out = new byte[32 * N];
        engine.extend(N, 1, values, MemorySegment.ofArray(out));
        results.add(bytes(out));
        byte[] shards = new byte[64 * N];
        for (int i = 0; i < N; i++) {
            System.arraycopy(source, 32 * i, shards, 64 * i, 32);
            System.arraycopy(out, 32 * i, shards, 64 * i + 32, 32);
        }
        engine.extendColumns(N / 2, 2, values, 64, MemorySegment.ofArray(out), 64);
        results.add(bytes(out));
        engine.interpolate(N, 1, values, MemorySegment.ofArray(out));
        results.add(bytes(out));
        engine.evaluate(N, 1, values, MemorySegment.ofArray(out));
        results.add(bytes(out));
        byte[] present = {(byte) 0xf0, (byte) 0x0f};
        byte[] recovered = new byte[32 * N];
        engine.recover(
                2 * N,
                MemorySegment.ofArray(present),
                MemorySegment.ofArray(shards),
                Recovered.SOURCE,
                MemorySegment.ofArray(recovered));
        results.add(bytes(recovered));
        try (FieldEngine.Recovery recovery = engine.prepareRecovery(2 * N, MemorySegment.ofArray(present))) {
            recovery.recover(MemorySegment.ofArray(shards), Recovered.COEFFICIENTS, MemorySegment.ofArray(recovered));
        }
        results.add(bytes(recovered));
        engine.recoverColumns(N, MemorySegment.ofArray(new byte[] {0x5a}), 2, MemorySegment.ofArray(shards), 64);
        results.add(bytes(shards));
        engine.combine(
                N / 2,
                List.of(values.asSlice(0, 16L * N), values.asSlice(16L * N)),
                values,
                MemorySegment.ofArray(out));
        results.add(bytes(out));
        return results;
    }

    private static List<Byte> bytes(byte[] array) {
        List<Byte> list = new ArrayList<>();
        for (byte b : array) {
            list.add(b);
        }
        return list;
    }
}
