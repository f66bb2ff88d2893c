package network.autonomys.farmer.runtime.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.core.types.ArchivedBlockProgress;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.FarmerProtocolInfo;
import network.autonomys.farmer.core.types.Fraction;
import network.autonomys.farmer.core.types.LastArchivedBlock;
import network.autonomys.farmer.core.types.SegmentHeader;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.ReasonCode;
import network.autonomys.farmer.protocol.Role;
import network.autonomys.farmer.protocol.message.AppInfoRequest;
import network.autonomys.farmer.protocol.message.CommandAnswer;
import network.autonomys.farmer.protocol.message.HeaderNotice;
import network.autonomys.farmer.protocol.message.JobPriority;
import network.autonomys.farmer.protocol.message.LeaseRecord;
import network.autonomys.farmer.protocol.message.PlotJob;
import network.autonomys.farmer.protocol.message.RingNotice;
import network.autonomys.farmer.protocol.message.Severity;
import network.autonomys.farmer.protocol.message.SolutionAnswer;
import network.autonomys.farmer.protocol.message.SolutionOutcome;
import network.autonomys.farmer.protocol.message.Who;
import network.autonomys.farmer.runtime.settings.Timers;
import network.autonomys.farmer.runtime.time.Scheduler;
import org.junit.jupiter.api.Test;

/** What every {@link Bus} does: the same tests over a real server and in memory. */
abstract class BusContract {
    static final InstanceId ID = new InstanceId(1, 2);
    private static final Duration WAIT = Duration.ofSeconds(5);

    /** A connection to one and the same server for all calls within a test. */
    abstract Bus connect() throws Exception;

    abstract Timers timers();

    abstract Scheduler scheduler();

    /** Lets time pass. */
    abstract void pass(Duration time);

    @Test
    void publishedMessagesArriveInOrder() throws Exception {
        try (Bus sender = connect();
                Bus receiver = connect()) {
            List<Long> heard = Collections.synchronizedList(new ArrayList<>());
            receiver.subscribe(sender.subjects().ring(), RingNotice.class, notice -> heard.add(notice.epoch()));
            settle(receiver);
            for (long i = 0; i < 100; i++) {
                sender.publish(sender.subjects().ring(), new RingNotice(i));
            }
            await().atMost(WAIT).until(() -> heard.size() == 100);
            assertThat(heard).isSorted();
        }
    }

    @Test
    void aRequestIsAnsweredRefusedOrNotServed() throws Exception {
        try (Bus client = connect();
                Bus server = connect()) {
            String subject = client.subjects().solution(ID);
            assertThatExceptionOfType(BusException.class)
                    .isThrownBy(() -> client.call(subject, new Who(), SolutionAnswer.class, WAIT))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(BusException.Kind.NO_RESPONDERS))
                    .satisfies(e -> assertThat(e.certainlyNotDone()).isTrue());
            Registration service = server.serve(subject, Who.class, (who, deadline) -> {
                assertThat(deadline.remaining(scheduler())).isBetween(Duration.ofMillis(1), WAIT);
                return new SolutionAnswer(SolutionOutcome.TAKEN, "ok");
            });
            settle(server);
            assertThat(client.call(subject, new Who(), SolutionAnswer.class, WAIT)
                            .outcome())
                    .isEqualTo(SolutionOutcome.TAKEN);
            assertThatExceptionOfType(BusException.class)
                    .isThrownBy(() -> client.call(subject, new AppInfoRequest(), SolutionAnswer.class, WAIT))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(BusException.Kind.REFUSED))
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(ReasonCode.UNEXPECTED));
            assertThatExceptionOfType(BusException.class)
                    .isThrownBy(() -> client.call(subject, new Who(), CommandAnswer.class, WAIT))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(BusException.Kind.MALFORMED));
            service.close();
            settle(server);
            assertThatExceptionOfType(BusException.class)
                    .isThrownBy(() -> client.call(subject, new Who(), SolutionAnswer.class, WAIT))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(BusException.Kind.NO_RESPONDERS));
        }
    }

    @Test
    void refusalsAndFailuresOfTheResponderReachTheRequester() throws Exception {
        try (Bus bus = connect()) {
            bus.serve(bus.subjects().appInfo(), Who.class, (who, deadline) -> {
                throw new BusException(
                        BusException.Kind.REFUSED, ReasonCode.BUSY, Duration.ofMillis(250), "queue full");
            });
            bus.serve(bus.subjects().headers(), Who.class, (who, deadline) -> {
                throw new IllegalStateException("broken");
            });
            settle(bus);
            assertThatExceptionOfType(BusException.class)
                    .isThrownBy(() -> bus.call(bus.subjects().appInfo(), new Who(), SolutionAnswer.class, WAIT))
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(ReasonCode.BUSY))
                    .satisfies(e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofMillis(250)))
                    .withMessageContaining("queue full");
            assertThatExceptionOfType(BusException.class)
                    .isThrownBy(() -> bus.call(bus.subjects().headers(), new Who(), SolutionAnswer.class, WAIT))
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(ReasonCode.INTERNAL));
        }
    }

    @Test
    void silenceEndsInATimeout() throws Exception {
        try (Bus bus = connect()) {
            bus.serve(bus.subjects().appInfo(), Who.class, (who, deadline) -> null);
            settle(bus);
            var future = bus.request(bus.subjects().appInfo(), new Who(), SolutionAnswer.class, Duration.ofMillis(100));
            pass(Duration.ofMillis(100));
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(future::get)
                    .havingCause()
                    .isInstanceOfSatisfying(
                            BusException.class, e -> assertThat(e.kind()).isEqualTo(BusException.Kind.TIMEOUT));
        }
    }

    @Test
    void aQueueGroupSharesRequestsAndManyAnswersAreCollected() throws Exception {
        try (Bus client = connect();
                Bus one = connect();
                Bus two = connect()) {
            String subject = client.subjects().appInfo();
            for (Map.Entry<String, Bus> entry : Map.of("one", one, "two", two).entrySet()) {
                String name = entry.getKey();
                Bus bus = entry.getValue();
                bus.serve(
                        subject,
                        "group",
                        Who.class,
                        (who, deadline) -> new SolutionAnswer(SolutionOutcome.TAKEN, name));
                bus.serve(
                        client.subjects().commandAll(Role.CONTROLLER),
                        Who.class,
                        (who, deadline) -> new CommandAnswer(ID, Role.CONTROLLER, name, true, ""));
                settle(bus);
            }
            List<String> answers = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                answers.add(client.call(subject, new Who(), SolutionAnswer.class, WAIT)
                        .text());
            }
            assertThat(answers).contains("one", "two");
            var all = client.requestMany(
                    client.subjects().commandAll(Role.CONTROLLER), new Who(), CommandAnswer.class, WAIT, 2);
            assertThat(all.get()).extracting(CommandAnswer::host).containsExactlyInAnyOrder("one", "two");
        }
    }

    @Test
    void bucketsCompareAndSet() throws Exception {
        try (Bus bus = connect()) {
            KeyValue store = bus.keyValue(Bucket.CONFIG);
            assertThat(store.get("a")).isEmpty();
            long first = store.create("a", new RingNotice(1));
            assertConflict(() -> store.create("a", new RingNotice(2)));
            assertThat(store.get("a")).contains(new KeyValue.Entry(new RingNotice(1), first));
            long second = store.update("a", new RingNotice(2), first);
            assertThat(second).isGreaterThan(first);
            assertConflict(() -> store.update("a", new RingNotice(3), first));
            assertConflict(() -> store.delete("a", first));
            store.put("b.c", new RingNotice(9));
            assertThat(store.keys()).containsExactlyInAnyOrder("a", "b.c");
            store.delete("a", second);
            store.delete("b.c");
            store.delete("never");
            assertThat(store.keys()).isEmpty();
            long third = store.create("a", new RingNotice(4));
            assertThat(third).isGreaterThan(second);
            store.delete("a");
        }
    }

    private interface Access {
        void run() throws BusException;
    }

    private static void assertConflict(Access access) {
        assertThatExceptionOfType(BusException.class)
                .isThrownBy(access::run)
                .satisfies(e -> assertThat(e.kind()).isEqualTo(BusException.Kind.CONFLICT));
    }

    @Test
    void aLeaseHasOneHolderAndRisingTokens() throws Exception {
        try (Bus one = connect();
                Bus two = connect()) {
            LeaseRecord record = new LeaseRecord(ID, Role.CONTROLLER, "h", 0);
            Lease lease =
                    Lease.tryAcquire(one, scheduler(), timers(), "x", record).orElseThrow();
            assertThat(Lease.tryAcquire(two, scheduler(), timers(), "x", record))
                    .isEmpty();
            assertThat(Lease.holder(two, "x")).contains(record);
            assertThat(lease.renew()).isTrue();
            assertThat(lease.held()).isTrue();
            lease.release();
            assertThat(lease.held()).isFalse();
            assertThat(lease.renew()).isFalse();
            Lease next =
                    Lease.tryAcquire(two, scheduler(), timers(), "x", record).orElseThrow();
            assertThat(next.token()).isGreaterThan(lease.token());
            next.release();
        }
    }

    @Test
    void aLeaseThatIsNotRenewedLapses() throws Exception {
        try (Bus one = connect();
                Bus two = connect()) {
            LeaseRecord record = new LeaseRecord(ID, Role.CONTROLLER, "h", 0);
            Lease lost =
                    Lease.tryAcquire(one, scheduler(), timers(), "y", record).orElseThrow();
            assertThat(lost.held()).isTrue();
            Optional<Lease> next = Optional.empty();
            for (int i = 0; i < 200 && next.isEmpty(); i++) {
                pass(Duration.ofMillis(100));
                // Never two at a time, whatever the moment.
                boolean before = lost.held();
                next = Lease.tryAcquire(two, scheduler(), timers(), "y", record);
                assertThat(before && next.isPresent()).isFalse();
            }
            assertThat(next).isPresent();
            assertThat(lost.renew()).isFalse();
            next.orElseThrow().release();
        }
    }

    @Test
    void jobsAreTakenByUrgencyAndClientsInTurn() throws Exception {
        try (Bus clients = connect();
                Bus servers = connect();
                JobQueue submit = JobQueue.forClient(clients, scheduler(), timers(), ID);
                JobQueue take = JobQueue.forServer(servers, scheduler(), timers(), ID)) {
            InstanceId a = new InstanceId(7, 1);
            InstanceId b = new InstanceId(7, 2);
            for (int i = 0; i < 3; i++) {
                assertThat(submit.submit(job(a, i, 1, JobPriority.NEW))).isEqualTo(JobQueue.Submission.QUEUED);
            }
            assertThat(submit.submit(job(a, 0, 1, JobPriority.NEW))).isEqualTo(JobQueue.Submission.QUEUED);
            submit.submit(job(b, 100, 1, JobPriority.NEW));
            submit.submit(job(b, 101, 1, JobPriority.EXPIRED));
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                JobDelivery delivery = take.take(WAIT).orElseThrow();
                order.add(delivery.job().sectorIndex());
                delivery.done();
            }
            assertThat(order).containsExactly(101, 0, 100, 1, 2);
            assertThat(take.take(Duration.ZERO)).isEmpty();
        }
    }

    @Test
    void jobsOfARuleThatAServerDoesNotPlotStayForOthers() throws Exception {
        try (Bus bus = connect();
                JobQueue first = JobQueue.forServer(bus, scheduler(), timers(), ID, Set.of(PosVersion.V1));
                JobQueue all = JobQueue.forServer(bus, scheduler(), timers(), ID)) {
            InstanceId client = new InstanceId(7, 4);
            PlotJob second = job(client, 1, 1, JobPriority.EXPIRED, PosVersion.V2);
            first.submit(second);
            first.submit(job(client, 2, 1, JobPriority.NEW));
            JobDelivery taken = first.take(WAIT).orElseThrow();
            assertThat(taken.job().sectorIndex()).isEqualTo(2);
            taken.done();
            assertThat(first.take(Duration.ZERO)).isEmpty();
            JobDelivery left = all.take(WAIT).orElseThrow();
            assertThat(left.job()).isEqualTo(second);
            assertThat(left.deliveries()).isEqualTo(1);
            left.done();
            assertThatThrownBy(() -> JobQueue.forServer(bus, scheduler(), timers(), ID, Set.of()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aFailedJobComesAgainUntilItIsParked() throws Exception {
        try (Bus bus = connect();
                JobQueue queue = JobQueue.forServer(bus, scheduler(), timers(), ID)) {
            PlotJob job = job(new InstanceId(7, 3), 5, 1, JobPriority.NEW);
            queue.submit(job);
            for (int attempt = 1; attempt <= 3; attempt++) {
                JobDelivery delivery = queue.take(WAIT).orElseThrow();
                assertThat(delivery.job()).isEqualTo(job);
                assertThat(delivery.deliveries()).isEqualTo(attempt);
                assertThat(delivery.failed(Duration.ZERO)).isEqualTo(attempt < 3);
            }
            assertThat(queue.take(Duration.ofMillis(200))).isEmpty();
        }
    }

    @Test
    void headersAreHeardAndKept() throws Exception {
        try (Bus controller = connect();
                Bus cache = connect()) {
            List<HeaderNotice> heard = Collections.synchronizedList(new ArrayList<>());
            HeaderStream stream = new HeaderStream(cache);
            stream.subscribe(heard::add);
            settle(cache);
            List<HeaderNotice> sent = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                HeaderNotice notice = new HeaderNotice(ID, header(i), "");
                sent.add(notice);
                new HeaderStream(controller).publish(notice).get();
            }
            HeaderNotice again = new HeaderNotice(new InstanceId(8, 8), header(2), "other");
            new HeaderStream(controller).publish(again).get();
            await().atMost(WAIT).until(() -> heard.size() == 6);
            assertThat(heard).startsWith(sent.toArray(HeaderNotice[]::new));
            assertThat(stream.stored()).hasSize(5).endsWith(again);
        }
    }

    @Test
    void eventsAreKept() throws Exception {
        try (Bus bus = connect()) {
            EventLog log = new EventLog(bus, scheduler(), ID, Role.CONTROLLER, "h");
            log.record(Severity.INFO, "test.event", "one", Map.of("k", "v"));
            log.record(Severity.ERROR, "test.event", "two", Map.of());
            await().atMost(WAIT)
                    .until(() -> bus.stream(StreamKind.EVENTS).read(1, 100).size() == 2);
            assertThat(bus.stream(StreamKind.EVENTS).read(1, 100))
                    .extracting(MessageStream.Stored::subject)
                    .containsExactly("af.main.event.info.test.event", "af.main.event.error.test.event");
        }
    }

    /** Subscriptions travel to the server without an answer; a request on the same connection comes back after them. */
    static void settle(Bus bus) throws Exception {
        Registration echo =
                bus.serve("settle." + System.identityHashCode(bus), Who.class, (who, deadline) -> new Who());
        for (int i = 0; ; i++) {
            try {
                bus.call("settle." + System.identityHashCode(bus), new Who(), Who.class, WAIT);
                break;
            } catch (BusException e) {
                assertThat(i).isLessThan(100);
            }
        }
        echo.close();
    }

    static PlotJob job(InstanceId client, int sector, long attempt, JobPriority priority) {
        return job(client, sector, attempt, priority, PosVersion.V1);
    }

    private static PlotJob job(InstanceId client, int sector, long attempt, JobPriority priority, PosVersion version) {
        return new PlotJob(
                new InstanceId(sector, client.low()),
                attempt,
                client,
                ID,
                Bytes.zeros(32),
                sector,
                20,
                1000,
                new FarmerProtocolInfo(20, 1000, 5, new Fraction(1, 10), 4),
                version,
                priority,
                "",
                0);
    }

    static SegmentHeader header(long index) {
        return new SegmentHeader(
                index,
                Bytes.zeros(48),
                Bytes.zeros(32),
                new LastArchivedBlock(1, new ArchivedBlockProgress.Complete()));
    }
}
