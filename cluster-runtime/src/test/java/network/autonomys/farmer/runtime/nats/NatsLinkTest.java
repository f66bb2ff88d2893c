package network.autonomys.farmer.runtime.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import network.autonomys.farmer.protocol.Subjects;
import network.autonomys.farmer.protocol.message.JobPriority;
import network.autonomys.farmer.protocol.message.RingNotice;
import network.autonomys.farmer.protocol.message.SolutionAnswer;
import network.autonomys.farmer.protocol.message.SolutionOutcome;
import network.autonomys.farmer.protocol.message.Who;
import network.autonomys.farmer.runtime.ConfigurationException;
import network.autonomys.farmer.runtime.settings.Timer;
import network.autonomys.farmer.runtime.settings.Timers;
import network.autonomys.farmer.runtime.time.Scheduler;
import network.autonomys.farmer.runtime.time.ThreadScheduler;
import network.autonomys.farmer.testkit.NatsServerProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NatsLinkTest extends BusContract {
    private static final Duration WAIT = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private final ThreadScheduler scheduler = new ThreadScheduler();
    private final Timers timers =
            Timers.demo().with(Timer.LEASE, Duration.ofSeconds(2)).with(Timer.JOB_REDELIVERY, Duration.ofSeconds(2));
    private final List<Bus> open = new ArrayList<>();
    private NatsServerProcess server;

    @BeforeEach
    void startServer() throws IOException {
        Optional<Path> binary = NatsServerProcess.binary();
        Assumptions.assumeTrue(binary.isPresent(), "no nats-server");
        server = NatsServerProcess.start(binary.orElseThrow(), folder);
    }

    @AfterEach
    void stopServer() {
        open.forEach(Bus::close);
        if (server != null) {
            server.close();
        }
        scheduler.close();
    }

    @Override
    Bus connect() throws Exception {
        Bus bus = connect(server);
        open.add(bus);
        return bus;
    }

    private NatsLink connect(NatsServerProcess to) throws InterruptedException, ConfigurationException {
        return NatsLink.connect(
                NatsSettings.of(List.of(to.url()), "test", Duration.ofSeconds(1)),
                new Subjects("main"),
                timers,
                scheduler,
                BusObserver.NONE);
    }

    @Override
    Timers timers() {
        return timers;
    }

    @Override
    Scheduler scheduler() {
        return scheduler;
    }

    @Override
    void pass(Duration time) {
        CompletableFuture<Void> passed = new CompletableFuture<>();
        scheduler.after(time, () -> passed.complete(null));
        passed.join();
    }

    @Test
    void aServerThatDiesAndComesBackIsNoReasonToStop() throws Exception {
        try (Bus client = connect();
                Bus service = connect()) {
            List<Boolean> states = Collections.synchronizedList(new ArrayList<>());
            client.onConnection(states::add);
            service.serve(
                    client.subjects().appInfo(),
                    Who.class,
                    (who, deadline) -> new SolutionAnswer(SolutionOutcome.TAKEN, ""));
            List<Long> heard = Collections.synchronizedList(new ArrayList<>());
            service.subscribe(client.subjects().ring(), RingNotice.class, notice -> heard.add(notice.epoch()));
            client.keyValue(Bucket.CONFIG).put("kept", new RingNotice(7));
            settle(service);
            server.kill();
            await().atMost(WAIT).until(() -> !client.connected());
            client.publish(client.subjects().ring(), new RingNotice(1));
            assertThatExceptionOfType(BusException.class)
                    .isThrownBy(() -> client.call(client.subjects().appInfo(), new Who(), SolutionAnswer.class, WAIT))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(BusException.Kind.DISCONNECTED));
            assertThatExceptionOfType(BusException.class)
                    .isThrownBy(() -> client.keyValue(Bucket.CONFIG).get("kept"))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(BusException.Kind.STORE_UNAVAILABLE));
            server.start();
            await().atMost(WAIT).until(() -> client.connected() && service.connected());
            await().atMost(WAIT).until(() -> answered(client));
            await().atMost(WAIT).until(() -> readable(client));
            client.publish(client.subjects().ring(), new RingNotice(2));
            await().atMost(WAIT).until(() -> heard.contains(2L));
            assertThat(heard).as("what was published meanwhile is gone").containsExactly(2L);
            await().atMost(WAIT).until(() -> states.size() == 2);
            assertThat(states).containsExactly(false, true);
        }
    }

    private static boolean answered(Bus bus) throws InterruptedException {
        try {
            return bus.call(bus.subjects().appInfo(), new Who(), SolutionAnswer.class, Duration.ofSeconds(1))
                            .outcome()
                    == SolutionOutcome.TAKEN;
        } catch (BusException e) {
            return false;
        }
    }

    private static boolean readable(Bus bus) {
        try {
            return bus.keyValue(Bucket.CONFIG).get("kept").orElseThrow().value().equals(new RingNotice(7));
        } catch (BusException e) {
            return false;
        }
    }

    @Test
    void connectingWaitsForTheServer() throws Exception {
        server.kill();
        CompletableFuture<NatsLink> connecting = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                connecting.complete(connect(server));
            } catch (InterruptedException | ConfigurationException e) {
                connecting.completeExceptionally(e);
            }
        });
        pass(Duration.ofMillis(700));
        assertThat(connecting).isNotDone();
        server.start();
        open.add(connecting.get(20, TimeUnit.SECONDS));
    }

    @Test
    void aJobOfADeadServerProcessIsRedelivered() throws Exception {
        try (Bus living = connect();
                JobQueue queue = JobQueue.forServer(living, scheduler, timers, ID)) {
            Bus dying = connect();
            JobQueue first = JobQueue.forServer(dying, scheduler, timers, ID);
            queue.submit(job(ID, 1, 1, JobPriority.NEW));
            assertThat(first.take(WAIT)).isPresent();
            dying.close();
            JobDelivery again = queue.take(WAIT).orElseThrow();
            assertThat(again.deliveries()).isEqualTo(2);
            again.done();
        }
    }

    @Test
    void withoutJetStreamJobsGoByDirectOffer(@TempDir Path other) throws Exception {
        try (NatsServerProcess bare =
                        NatsServerProcess.start(NatsServerProcess.binary().orElseThrow(), other, "jetstream: false");
                NatsLink client = connect(bare);
                NatsLink worker = connect(bare);
                JobQueue submit = JobQueue.forClient(client, scheduler, timers, ID);
                JobQueue take = JobQueue.forServer(worker, scheduler, timers, ID)) {
            settle(worker);
            assertThat(submit.submit(job(ID, 1, 1, JobPriority.NEW)))
                    .as("nobody waits for work")
                    .isEqualTo(JobQueue.Submission.REFUSED);
            CompletableFuture<JobDelivery> taken = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> {
                try {
                    taken.complete(take.take(WAIT).orElseThrow());
                } catch (InterruptedException e) {
                    taken.completeExceptionally(e);
                }
            });
            await().atMost(WAIT)
                    .until(() -> submit.submit(job(ID, 2, 1, JobPriority.NEW)) == JobQueue.Submission.OFFERED);
            JobDelivery delivery = taken.get(20, TimeUnit.SECONDS);
            assertThat(delivery.job().sectorIndex()).isEqualTo(2);
            assertThat(delivery.offered()).isTrue();
            delivery.done();
        }
    }

    @Test
    void aServerWithTooShortMessagesIsRefusedWithTheLineToChange(@TempDir Path other) throws Exception {
        try (NatsServerProcess small =
                NatsServerProcess.start(NatsServerProcess.binary().orElseThrow(), other, "max_payload: 100000")) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> connect(small))
                    .withMessageContaining("100000")
                    .withMessageContaining("max_payload: 3MB");
        }
    }
}
