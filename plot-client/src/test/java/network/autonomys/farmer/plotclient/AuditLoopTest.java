package network.autonomys.farmer.plotclient;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.SlotInfo;
import network.autonomys.farmer.protocol.ReasonCode;
import org.junit.jupiter.api.Test;

class AuditLoopTest {
    private static final Candidate CANDIDATE = new Candidate(0, 1, 2, 0, 0, Bytes.zeros(32), PosVersion.V1, 5);

    private final Counted counted = new Counted();
    private final List<Long> won = new ArrayList<>();

    @Test
    void aNewerSlotTakesThePlaceOfAWaitingOne() throws InterruptedException {
        CountDownLatch auditing = new CountDownLatch(1);
        Semaphore proceed = new Semaphore(0);
        AuditLoop loop = loop(slot -> {
            auditing.countDown();
            proceed.acquireUninterruptibly();
            return List.of(CANDIDATE);
        });
        Thread thread = Thread.ofPlatform().start(loop);
        loop.slot(arrived(1));
        assertThat(auditing.await(10, TimeUnit.SECONDS)).isTrue();
        loop.slot(arrived(2));
        loop.slot(arrived(3));
        proceed.release(2);
        counted.audits.acquire(2);
        loop.stop();
        thread.join();
        assertThat(won).containsExactly(1L, 3L);
        assertThat(counted.skipped).isEqualTo(1);
        assertThat(counted.missed).containsExactly(ReasonCode.AUDIT_SLOW);
    }

    @Test
    void aFarmThatCannotBeReadIsStoppedAfterTenFailures() throws InterruptedException {
        Semaphore tried = new Semaphore(0);
        AuditLoop loop = loop(slot -> {
            tried.release();
            throw new IOException("bad disk");
        });
        Thread thread = Thread.ofPlatform().start(loop);
        for (int i = 0; i < AuditLoop.MAX_FAILURES; i++) {
            loop.slot(arrived(i));
            tried.acquire();
        }
        thread.join();
        assertThat(loop.fault()).contains("bad disk");
        assertThat(counted.missed).hasSize(AuditLoop.MAX_FAILURES).containsOnly(ReasonCode.FARM_ERROR);
    }

    @Test
    void anUnexpectedFailureCostsOneSlot() throws InterruptedException {
        Semaphore tried = new Semaphore(0);
        AuditLoop loop = loop(slot -> {
            tried.release();
            if (slot.slotNumber() == 1) {
                throw new IllegalStateException("unexpected");
            }
            return List.of(CANDIDATE);
        });
        Thread thread = Thread.ofPlatform().start(loop);
        loop.slot(arrived(1));
        tried.acquire();
        loop.slot(arrived(2));
        tried.acquire();
        loop.stop();
        thread.join();
        assertThat(won).containsExactly(2L);
        assertThat(counted.missed).containsExactly(ReasonCode.FARM_ERROR);
    }

    private interface Audit {
        List<Candidate> audit(SlotInfo slot) throws IOException;
    }

    private AuditLoop loop(Audit audit) {
        AuditedFarm farm = new AuditedFarm() {
            @Override
            public String name() {
                return "farm";
            }

            @Override
            public Bytes publicKey() {
                return Bytes.zeros(32);
            }

            @Override
            public List<Candidate> audit(SlotInfo slot) throws IOException {
                return audit.audit(slot);
            }
        };
        return new AuditLoop(farm, (f, slot, c) -> won.add(slot.slot().slotNumber()), counted, System::nanoTime);
    }

    private static AuditLoop.Arrived arrived(long slot) {
        return new AuditLoop.Arrived(new SlotInfo(slot, Bytes.zeros(32), 10, 100), System.nanoTime());
    }

    private static final class Counted implements FarmingMetrics {
        private final Semaphore audits = new Semaphore(0);
        private final List<ReasonCode> missed = new ArrayList<>();
        private int skipped;

        @Override
        public void audited(Duration took) {
            audits.release();
        }

        @Override
        public void skipped() {
            skipped++;
        }

        @Override
        public void proven(boolean local, Duration took) {}

        @Override
        public void submitted(boolean block, Duration afterSlot) {}

        @Override
        public void signed(Duration took) {}

        @Override
        public synchronized void missed(ReasonCode reason) {
            missed.add(reason);
        }
    }
}
