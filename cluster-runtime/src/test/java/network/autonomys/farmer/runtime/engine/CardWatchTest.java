package network.autonomys.farmer.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import network.autonomys.farmer.cuda.GpuInfo;
import network.autonomys.farmer.cuda.GpuStatus;
import network.autonomys.farmer.cuda.GpuStatus.State;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.Role;
import network.autonomys.farmer.protocol.message.MemberState;
import network.autonomys.farmer.runtime.cache.CacheHost;
import network.autonomys.farmer.runtime.settings.Timers;
import network.autonomys.farmer.runtime.sim.ManualScheduler;
import network.autonomys.farmer.runtime.sim.MemoryBroker;
import network.autonomys.farmer.runtime.sim.SimulatedProcess;
import org.junit.jupiter.api.Test;

/** What the cluster hears of a process's cards. */
@SuppressWarnings("try") // a watch works by itself
class CardWatchTest {
    private static final GpuInfo FIRST = new GpuInfo(0, "H200", 9, 0, 141L << 30);
    private static final GpuInfo SECOND = new GpuInfo(1, "A card with a name of more than 32 letters", 8, 6, 24L << 30);

    private final ManualScheduler scheduler = new ManualScheduler();
    private final MemoryBroker broker = new MemoryBroker(scheduler, Timers.demo());

    private static GpuStatus status(GpuInfo card, State state, String reason, long records) {
        return new GpuStatus(card, state, reason, 8, 2, records, 1, 2, state == State.READY ? 0 : 1, 976L << 20);
    }

    @Test
    void figuresAndReasonsAreTold() {
        AtomicReference<List<GpuStatus>> now =
                new AtomicReference<>(List.of(status(FIRST, State.READY, "", 0), status(SECOND, State.READY, "", 0)));
        try (SimulatedProcess process =
                new SimulatedProcess(broker, scheduler, Timers.demo(), Role.PLOT_SERVER, new InstanceId(1, 1))) {
            CacheHost host = process.host();
            host.presence().state(MemberState.READY, "");
            try (CardWatch watch = new CardWatch(now::get, host.report(), host.presence(), scheduler)) {
                assertThat(figures(host)).containsEntry("gpu0 H200/records_per_minute", 0L);
                now.set(List.of(
                        status(FIRST, State.READY, "", 600),
                        status(SECOND, State.FAILED, "no answer for 20000 ms", 60)));
                scheduler.advance(Duration.ofSeconds(30));
                assertThat(figures(host))
                        .containsEntry("gpu0 H200/ready", 1L)
                        .containsEntry("gpu0 H200/records", 600L)
                        .containsEntry("gpu0 H200/records_per_minute", 1200L)
                        .containsEntry("gpu0 H200/memory_used_mib", 976L)
                        .containsEntry("gpu0 H200/memory_mib", 141L << 10)
                        .containsEntry("gpu1 A card with a name of more than/ready", 0L)
                        .containsEntry("gpu1 A card with a name of more than/failures", 1L);
                assertThat(host.report().state()).isEqualTo(MemberState.DEGRADED);
                assertThat(host.report().reason())
                        .isEqualTo("GPU 1 (" + SECOND.name() + ") failed: no answer for 20000 ms");
                now.set(List.of(
                        status(FIRST, State.READY, "", 600), status(SECOND, State.LEFT_OUT, "it is broken", 60)));
                scheduler.advance(Duration.ofMinutes(2));
                assertThat(host.report().reason()).isEqualTo("GPU 1 (" + SECOND.name() + ") left out: it is broken");
                assertThat(figures(host)).containsEntry("gpu0 H200/records_per_minute", 0L);
                now.set(List.of(status(FIRST, State.READY, "", 600), status(SECOND, State.READY, "", 60)));
                scheduler.advance(Duration.ofSeconds(10));
                assertThat(host.report().state()).isEqualTo(MemberState.READY);
                assertThat(host.report().reason()).isEmpty();
            }
        }
    }

    @Test
    void whatOthersSayIsLeftAsItIs() {
        AtomicReference<List<GpuStatus>> now =
                new AtomicReference<>(List.of(status(FIRST, State.FAILED, "it fell off the bus", 0)));
        try (SimulatedProcess process =
                new SimulatedProcess(broker, scheduler, Timers.demo(), Role.PLOT_SERVER, new InstanceId(1, 2))) {
            CacheHost host = process.host();
            host.presence().state(MemberState.DEGRADED, "the spool is full");
            try (CardWatch watch = new CardWatch(now::get, host.report(), host.presence(), scheduler)) {
                scheduler.advance(Duration.ofSeconds(20));
                assertThat(host.report().reason()).isEqualTo("the spool is full");
                host.presence().state(MemberState.READY, "");
                scheduler.advance(Duration.ofSeconds(10));
                assertThat(host.report().reason()).isEqualTo("GPU 0 (H200) failed: it fell off the bus");
                host.presence().state(MemberState.DRAINING, "stopping");
                now.set(List.of(status(FIRST, State.READY, "", 0)));
                scheduler.advance(Duration.ofSeconds(10));
                assertThat(host.report().state()).isEqualTo(MemberState.DRAINING);
            }
        }
    }

    private static Map<String, Long> figures(CacheHost host) {
        return host.report().beat().figures();
    }
}
