package network.autonomys.farmer.runtime.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.Role;
import network.autonomys.farmer.protocol.message.MemberState;
import network.autonomys.farmer.protocol.message.Presence;
import network.autonomys.farmer.runtime.nats.Bucket;
import network.autonomys.farmer.runtime.settings.Timers;
import network.autonomys.farmer.runtime.sim.ManualScheduler;
import network.autonomys.farmer.runtime.sim.MemoryBroker;
import network.autonomys.farmer.runtime.sim.MemoryBus;
import org.junit.jupiter.api.Test;

class PresenceServiceTest {
    private final ManualScheduler scheduler = new ManualScheduler();
    private final Timers timers = Timers.normal();
    private final MemoryBroker broker = new MemoryBroker(scheduler, timers);
    private final List<String> changes = new ArrayList<>();

    private record Node(MemoryBus bus, SelfReport self, PresenceService presence) {}

    private Node process(int id, Role role) {
        MemoryBus bus = broker.connect();
        SelfReport self = new SelfReport(new InstanceId(0, id), role, "host-" + id, "", "test", scheduler.millis());
        PresenceService presence = new PresenceService(bus, scheduler, timers, new Random(id), self);
        presence.start();
        return new Node(bus, self, presence);
    }

    private Node watcher() {
        Node process = process(1, Role.CONTROLLER);
        process.presence()
                .addListener((member, change) -> changes.add(member.id().low() + " " + change));
        return process;
    }

    @Test
    void aNewMemberIsKnownAtOnceAndKnowsTheOthersSoon() {
        Node first = watcher();
        Node second = process(2, Role.PLOT_SERVER);
        assertThat(changes).containsExactly("2 JOINED");
        scheduler.advance(Duration.ofMillis(500));
        assertThat(second.presence().members()).extracting(m -> m.id().low()).containsExactly(1L, 2L);
        assertThat(first.presence().members(Role.PLOT_SERVER)).hasSize(1);
        assertThat(first.presence().ready(Role.PLOT_SERVER))
                .as("still starting")
                .isEmpty();
        second.presence().state(MemberState.READY, "");
        assertThat(changes).containsExactly("2 JOINED", "2 CHANGED");
        assertThat(first.presence().ready(Role.PLOT_SERVER)).hasSize(1);
    }

    @Test
    void missingBeatsMakeSuspectThenGone() {
        Node first = watcher();
        Node second = process(2, Role.PLOT_SERVER);
        second.presence().state(MemberState.READY, "");
        changes.clear();
        scheduler.advance(Duration.ofMinutes(5));
        assertThat(changes).as("beats keep it alive").isEmpty();
        second.bus().setConnected(false);
        scheduler.advance(Duration.ofSeconds(20));
        assertThat(changes).containsExactly("2 SUSPECT");
        assertThat(first.presence().ready(Role.PLOT_SERVER)).isEmpty();
        assertThat(first.presence().members(Role.PLOT_SERVER)).hasSize(1);
        second.bus().setConnected(true);
        assertThat(changes).containsExactly("2 SUSPECT", "2 BACK");
        second.bus().setConnected(false);
        scheduler.advance(Duration.ofSeconds(34));
        assertThat(changes).containsExactly("2 SUSPECT", "2 BACK", "2 SUSPECT", "2 GONE");
        assertThat(first.presence().member(new InstanceId(0, 2))).isEmpty();
    }

    @Test
    void whoIsCutOffItselfCallsNobodyGone() {
        Node first = watcher();
        process(2, Role.PLOT_SERVER);
        changes.clear();
        first.bus().setConnected(false);
        scheduler.advance(Duration.ofMinutes(10));
        assertThat(changes).isEmpty();
        first.bus().setConnected(true);
        scheduler.advance(Duration.ofMinutes(1));
        assertThat(changes).isEmpty();
        assertThat(first.presence().members()).hasSize(2);
    }

    @Test
    void whoStopsIsGoneAtOnce() {
        Node first = watcher();
        Node second = process(2, Role.PLOT_SERVER);
        second.presence().close();
        assertThat(changes).containsExactly("2 JOINED", "2 GONE");
        assertThat(first.presence().members(Role.PLOT_SERVER)).isEmpty();
        scheduler.advance(Duration.ofMinutes(1));
        assertThat(changes).hasSize(2);
    }

    @Test
    void beatsAreSpreadAndMirrored() throws Exception {
        MemoryBus tap = broker.connect();
        List<Long> times = new ArrayList<>();
        process(2, Role.PLOT_SERVER);
        tap.subscribe(tap.subjects().upAll(), Presence.class, beat -> times.add(scheduler.millis()));
        long begin = scheduler.millis();
        scheduler.advance(Duration.ofMinutes(10));
        assertThat(times.size()).isBetween(100, 150);
        long before = begin;
        for (long time : times.subList(1, times.size())) {
            assertThat(time - before).isLessThanOrEqualTo(6000);
            before = time;
        }
        assertThat(times.stream().map(time -> (time - begin) % 1000).distinct().count())
                .isGreaterThan(20);
        assertThat(tap.keyValue(Bucket.REGISTRY).keys()).containsExactly("plot-server." + new InstanceId(0, 2));
    }

    @Test
    void aToolListensWithoutBeingThere() {
        Node first = watcher();
        SelfReport self = new SelfReport(new InstanceId(0, 9), Role.TOOL, "h", "", "test", 0);
        PresenceService tool = PresenceService.listening(broker.connect(), scheduler, timers, new Random(9), self);
        tool.start();
        scheduler.advance(Duration.ofSeconds(1));
        assertThat(tool.members()).extracting(m -> m.id().low()).containsExactly(1L);
        tool.close();
        assertThat(changes).isEmpty();
        assertThat(first.presence().members()).hasSize(1);
    }

    @Test
    void theReportCarriesWhatTheRoleSets() {
        Node second = process(2, Role.SHARDED_CACHE);
        second.self().addresses(List.of("h:1"));
        second.self().load(() -> 3, () -> -1, () -> 1L << 40);
        second.self().weight(() -> 77);
        second.self().figure("pieces", () -> 5);
        for (int i = 0; i < 20; i++) {
            second.self().served(i);
        }
        Presence beat = second.self().beat();
        assertThat(beat.queued()).isEqualTo(3);
        assertThat(beat.running()).isZero();
        assertThat(beat.places()).isEqualTo(0xffff_ffffL);
        assertThat(beat.weight()).isEqualTo(77);
        assertThat(beat.figures()).containsEntry("pieces", 5L);
        assertThat(beat.recentMillis()).hasSize(16).startsWith(19L, 18L);
        assertThat(second.self().beat().sequence()).isEqualTo(beat.sequence() + 1);
    }
}
