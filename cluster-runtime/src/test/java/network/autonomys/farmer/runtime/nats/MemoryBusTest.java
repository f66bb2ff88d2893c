package network.autonomys.farmer.runtime.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import network.autonomys.farmer.protocol.message.JobPriority;
import network.autonomys.farmer.protocol.message.RingNotice;
import network.autonomys.farmer.protocol.message.SolutionAnswer;
import network.autonomys.farmer.protocol.message.Who;
import network.autonomys.farmer.runtime.settings.Timers;
import network.autonomys.farmer.runtime.sim.ManualScheduler;
import network.autonomys.farmer.runtime.sim.MemoryBroker;
import network.autonomys.farmer.runtime.sim.MemoryBus;
import network.autonomys.farmer.runtime.time.Scheduler;
import org.junit.jupiter.api.Test;

class MemoryBusTest extends BusContract {
    private final ManualScheduler scheduler = new ManualScheduler();
    private final MemoryBroker broker = new MemoryBroker(scheduler, Timers.demo());

    @Override
    MemoryBus connect() {
        return broker.connect();
    }

    @Override
    Timers timers() {
        return Timers.demo();
    }

    @Override
    Scheduler scheduler() {
        return scheduler;
    }

    @Override
    void pass(Duration time) {
        scheduler.advance(time);
    }

    @Test
    void faultsAreSwitchedOnAndOff() throws Exception {
        MemoryBus one = connect();
        MemoryBus two = connect();
        List<Long> heard = new ArrayList<>();
        List<Boolean> states = new ArrayList<>();
        two.subscribe("af.main.ring", RingNotice.class, notice -> heard.add(notice.epoch()));
        two.onConnection(states::add);
        one.publish("af.main.ring", new RingNotice(1));
        two.setConnected(false);
        one.publish("af.main.ring", new RingNotice(2));
        two.setConnected(true);
        broker.lose(subject -> subject.endsWith("ring"));
        one.publish("af.main.ring", new RingNotice(3));
        broker.lose(subject -> false);
        one.publish("af.main.ring", new RingNotice(4));
        assertThat(heard).containsExactly(1L, 4L);
        assertThat(states).containsExactly(false, true);
        broker.storeAvailable(false);
        assertThatExceptionOfType(BusException.class)
                .isThrownBy(() -> one.keyValue(Bucket.RING).get("x"))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(BusException.Kind.STORE_UNAVAILABLE));
        two.setConnected(false);
        assertThatExceptionOfType(BusException.class)
                .isThrownBy(() -> two.call("x", new Who(), SolutionAnswer.class, Duration.ofSeconds(1)))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(BusException.Kind.DISCONNECTED));
    }

    @Test
    void aJobOfWhichNothingIsHeardGoesToAnother() throws Exception {
        MemoryBus dying = connect();
        MemoryBus living = connect();
        try (JobQueue first = JobQueue.forServer(dying, scheduler, Timers.demo(), ID);
                JobQueue second = JobQueue.forServer(living, scheduler, Timers.demo(), ID)) {
            second.submit(job(ID, 1, 1, JobPriority.NEW));
            assertThat(first.take(Duration.ZERO)).isPresent();
            scheduler.advance(Duration.ofSeconds(60));
            assertThat(second.take(Duration.ZERO))
                    .as("the holder tells its progress")
                    .isEmpty();
            dying.setConnected(false);
            scheduler.advance(Duration.ofSeconds(11));
            assertThat(second.take(Duration.ZERO)).isPresent();
        }
    }
}
