package network.autonomys.farmer.plotserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.FarmerProtocolInfo;
import network.autonomys.farmer.core.types.Fraction;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.message.JobPriority;
import network.autonomys.farmer.protocol.message.JobStage;
import network.autonomys.farmer.protocol.message.JobState;
import network.autonomys.farmer.protocol.message.PlotJob;
import network.autonomys.farmer.runtime.nats.Bus;
import network.autonomys.farmer.runtime.settings.Timers;
import network.autonomys.farmer.runtime.sim.ManualScheduler;
import network.autonomys.farmer.runtime.sim.MemoryBroker;
import org.junit.jupiter.api.Test;

class JobProgressTest {
    private static final InstanceId SERVER = new InstanceId(3, 4);
    private static final InstanceId CLIENT = new InstanceId(1, 2);
    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final PlotJob JOB = new PlotJob(
            new InstanceId(5, 6),
            2,
            CLIENT,
            new InstanceId(7, 8),
            Bytes.zeros(32),
            9,
            1,
            4,
            new FarmerProtocolInfo(1, 4, 5, new Fraction(1, 10), 4),
            PosVersion.V1,
            JobPriority.NEW,
            "",
            0);

    private final ManualScheduler scheduler = new ManualScheduler();
    private final MemoryBroker broker = new MemoryBroker(scheduler, Timers.demo());
    private final List<String> told = new ArrayList<>();

    @Test
    void aClientHearsOfALongStageAgainAndAgain() {
        Bus client = broker.connect();
        client.subscribe(client.subjects().jobState(CLIENT), JobState.class, state -> {
            assertThat(state.job()).isEqualTo(JOB.job());
            assertThat(state.attempt()).isEqualTo(2);
            assertThat(state.server()).isEqualTo(SERVER);
            told.add(state.stage() + " " + state.permille());
        });
        try (JobProgress progress = new JobProgress(SERVER, broker.connect(), JOB, scheduler, PERIOD)) {
            scheduler.advance(PERIOD);
            progress.begin(JobStage.ENCODING, 4);
            progress.step();
            scheduler.advance(PERIOD);
            progress.step();
            progress.step();
            scheduler.advance(PERIOD);
            progress.begin(JobStage.SPOOLING, 0);
        }
        scheduler.advance(PERIOD.multipliedBy(3));
        assertThat(told)
                .containsExactly(
                        "DOWNLOADING 0", "DOWNLOADING 0", "ENCODING 0", "ENCODING 250", "ENCODING 750", "SPOOLING 0");
    }
}
