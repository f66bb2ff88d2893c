package network.autonomys.farmer.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import network.autonomys.farmer.core.engine.ProofTable;
import network.autonomys.farmer.core.engine.RecordEngine;
import network.autonomys.farmer.core.pos.PosVersion;
import org.junit.jupiter.api.Test;

class WarmingRecordEngineTest {
    private static final byte[] SEED = new byte[32];

    private final Counted simple = new Counted();
    private final Counted fast = new Counted();
    private final WarmingRecordEngine engine = new WarmingRecordEngine(simple, fast, Thread::new);

    @Test
    void theSimpleEngineWorksUntilTheFastOneIsCompiled() throws InterruptedException {
        fast.hold = new CountDownLatch(1);
        ProofTable open = engine.table(PosVersion.V1, SEED);
        fast.entered.await();
        encode();
        assertThat(simple.encodes).hasValue(1);
        assertThat(engine.isWarm()).isFalse();
        fast.hold.countDown();
        await().until(engine::isWarm);
        assertThat(fast.encodes).hasValue(2);
        encode();
        engine.table(PosVersion.V1, SEED).close();
        assertThat(fast.encodes).hasValue(3);
        assertThat(fast.tables).hasValue(1);
        assertThat(simple.tables).hasValue(1);
        assertThat(simple.closed).isFalse();
        open.close();
        open.close();
        assertThat(simple.closed).isTrue();
        assertThat(fast.closed).isFalse();
        engine.close();
        assertThat(fast.closed).isTrue();
    }

    @Test
    void warmingUpCompilesTheSimpleEngineFirst() {
        engine.warmUp();
        engine.warmUp();
        await().until(engine::isWarm);
        assertThat(simple.tables).hasValue(1);
        assertThat(fast.encodes).hasValue(2);
        await().until(() -> simple.closed);
    }

    @Test
    void closedWhileWarmingUpItEndsQuietly() throws InterruptedException {
        fast.hold = new CountDownLatch(1);
        engine.warmUp();
        fast.entered.await();
        engine.close();
        fast.hold.countDown();
        await().until(engine::isWarm);
        assertThat(fast.encodes).hasValue(1);
    }

    private void encode() {
        MemorySegment memory = MemorySegment.ofArray(new byte[0]);
        engine.encode(PosVersion.V1, 0, memory, memory, memory, memory);
    }

    private static final class Counted implements RecordEngine {
        final AtomicInteger encodes = new AtomicInteger();
        final AtomicInteger tables = new AtomicInteger();
        final CountDownLatch entered = new CountDownLatch(1);
        volatile CountDownLatch hold = new CountDownLatch(0);
        volatile boolean closed;

        @Override
        public void encode(
                PosVersion version,
                int n,
                MemorySegment seeds,
                MemorySegment records,
                MemorySegment out,
                MemorySegment bitfields) {
            entered.countDown();
            try {
                hold.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            encodes.incrementAndGet();
        }

        @Override
        public ProofTable table(PosVersion version, byte[] seed) {
            tables.incrementAndGet();
            return new ProofTable() {
                @Override
                public boolean findProof(int sBucket, byte[] proof) {
                    return false;
                }

                @Override
                public void proofHashes(MemorySegment hashes, MemorySegment found) {}

                @Override
                public void close() {}
            };
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
