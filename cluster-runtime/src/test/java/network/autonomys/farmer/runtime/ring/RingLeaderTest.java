package network.autonomys.farmer.runtime.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.Role;
import network.autonomys.farmer.protocol.message.LeaseRecord;
import network.autonomys.farmer.protocol.message.MemberState;
import network.autonomys.farmer.runtime.nats.LeaderElection;
import network.autonomys.farmer.runtime.presence.PresenceService;
import network.autonomys.farmer.runtime.presence.SelfReport;
import network.autonomys.farmer.runtime.settings.Timers;
import network.autonomys.farmer.runtime.sim.ManualScheduler;
import network.autonomys.farmer.runtime.sim.MemoryBroker;
import network.autonomys.farmer.runtime.sim.MemoryBus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RingLeaderTest {
    private final ManualScheduler scheduler = new ManualScheduler();
    private final Timers timers = Timers.normal();
    private final MemoryBroker broker = new MemoryBroker(scheduler, timers);

    private record Node(MemoryBus bus, SelfReport self, PresenceService presence) {}

    private record Controller(Node process, LeaderElection election, RingLeader leader) {}

    private Node process(int id, Role role, long weight) {
        MemoryBus bus = broker.connect();
        SelfReport self = new SelfReport(new InstanceId(0, id), role, "host-" + id, "", "test", scheduler.millis());
        self.weight(() -> weight);
        PresenceService presence = new PresenceService(bus, scheduler, timers, new Random(id), self);
        presence.start();
        return new Node(bus, self, presence);
    }

    private Controller controller(int id) {
        Node process = process(id, Role.CONTROLLER, 0);
        LeaderElection election = new LeaderElection(
                process.bus(),
                scheduler,
                timers,
                LeaderElection.CONTROLLER,
                new LeaseRecord(new InstanceId(0, id), Role.CONTROLLER, "h", 0));
        return new Controller(
                process,
                election,
                new RingLeader(
                        process.bus(), process.presence(), election, scheduler, timers, new InstanceId(0, id), 2));
    }

    private RingService follower(Optional<Path> file) {
        RingService ring = new RingService(broker.connect(), scheduler, timers, file);
        ring.start();
        return ring;
    }

    private static List<Long> members(RingService ring) {
        return ring.ring().orElseThrow().epoch().members().stream()
                .map(member -> member.id().low())
                .toList();
    }

    @Test
    void theRingHasTheCachesAndFollowsThemSlowly() {
        RingService ring = follower(Optional.empty());
        List<Long> epochs = new ArrayList<>();
        ring.addListener(now -> epochs.add(now.epoch().epoch()));
        controller(1);
        process(11, Role.SHARDED_CACHE, 100);
        process(12, Role.SHARDED_CACHE, 100);
        process(13, Role.FULL_PIECE_CACHE, 100);
        process(14, Role.SHARDED_CACHE, 0);
        scheduler.advance(Duration.ofSeconds(20));
        assertThat(members(ring)).containsExactly(11L, 12L);
        process(15, Role.SHARDED_CACHE, 100);
        scheduler.advance(Duration.ofSeconds(30));
        assertThat(members(ring)).as("not twice a minute").containsExactly(11L, 12L);
        scheduler.advance(Duration.ofSeconds(60));
        assertThat(members(ring)).containsExactly(11L, 12L, 15L);
        scheduler.advance(Duration.ofMinutes(10));
        assertThat(epochs).containsExactly(1L, 2L);
    }

    @Test
    void aCacheThatIsAwayKeepsItsPlaceForTenMinutes() {
        RingService ring = follower(Optional.empty());
        controller(1);
        process(11, Role.SHARDED_CACHE, 100);
        Node away = process(12, Role.SHARDED_CACHE, 100);
        scheduler.advance(Duration.ofSeconds(20));
        away.bus().setConnected(false);
        scheduler.advance(Duration.ofMinutes(9));
        assertThat(members(ring)).containsExactly(11L, 12L);
        away.bus().setConnected(true);
        scheduler.advance(Duration.ofMinutes(5));
        away.bus().setConnected(false);
        scheduler.advance(Duration.ofMinutes(9));
        assertThat(members(ring)).as("patience starts anew").containsExactly(11L, 12L);
        scheduler.advance(Duration.ofMinutes(4));
        assertThat(members(ring)).containsExactly(11L);
    }

    @Test
    void aCacheThatDrainsLeavesAtOnceAndSmallChangesOfWeightDoNotMatter() {
        RingService ring = follower(Optional.empty());
        controller(1);
        Node steady = process(11, Role.SHARDED_CACHE, 1000);
        Node draining = process(12, Role.SHARDED_CACHE, 1000);
        scheduler.advance(Duration.ofSeconds(20));
        steady.self().weight(() -> 1050);
        scheduler.advance(Duration.ofMinutes(3));
        assertThat(ring.epoch()).isEqualTo(1);
        steady.self().weight(() -> 2000);
        scheduler.advance(Duration.ofMinutes(3));
        assertThat(ring.ring().orElseThrow().epoch().members().getFirst().weight())
                .isEqualTo(2000);
        draining.presence().state(MemberState.DRAINING, "by order");
        scheduler.advance(Duration.ofMinutes(2));
        assertThat(members(ring)).containsExactly(11L);
    }

    @Test
    void anotherControllerTakesOverAndGoesOnCounting() {
        RingService ring = follower(Optional.empty());
        Controller first = controller(1);
        process(11, Role.SHARDED_CACHE, 100);
        scheduler.advance(Duration.ofSeconds(20));
        Controller second = controller(2);
        scheduler.advance(Duration.ofSeconds(20));
        assertThat(first.election().lease()).isPresent();
        assertThat(second.election().lease()).isEmpty();
        first.process().bus().setConnected(false);
        scheduler.advance(Duration.ofSeconds(13));
        assertThat(first.election().lease())
                .as("it stops believing before the lease lapses")
                .isEmpty();
        scheduler.advance(Duration.ofSeconds(10));
        assertThat(second.election().lease()).isPresent();
        process(12, Role.SHARDED_CACHE, 100);
        scheduler.advance(Duration.ofMinutes(2));
        assertThat(members(ring)).containsExactly(11L, 12L);
        assertThat(ring.epoch()).isEqualTo(2);
        assertThat(ring.ring().orElseThrow().epoch().leader()).isEqualTo(new InstanceId(0, 2));
    }

    @Test
    void theLastRingSurvivesARestartWithoutJetStream(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("ring");
        RingService before = follower(Optional.of(file));
        controller(1);
        process(11, Role.SHARDED_CACHE, 100);
        scheduler.advance(Duration.ofSeconds(20));
        before.close();
        broker.storeAvailable(false);
        assertThat(members(follower(Optional.of(file)))).containsExactly(11L);
        Files.write(file, new byte[] {1, 2, 3});
        assertThat(follower(Optional.of(file)).ring()).isEmpty();
        broker.storeAvailable(true);
        RingService after = follower(Optional.of(file));
        scheduler.advance(Duration.ZERO);
        assertThat(members(after)).containsExactly(11L);
    }
}
