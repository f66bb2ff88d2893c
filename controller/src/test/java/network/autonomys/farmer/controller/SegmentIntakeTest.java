package network.autonomys.farmer.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import network.autonomys.farmer.core.types.SegmentHeader;
import network.autonomys.farmer.runtime.cache.HeaderChain;
import network.autonomys.farmer.runtime.cache.PieceSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SegmentIntakeTest {
    private final HeaderChain chain = new HeaderChain();
    private final FakeNode node = new FakeNode();
    private final FakeWindow window = new FakeWindow();
    private final Events events = new Events();
    private final PieceSet inCaches = new PieceSet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @BeforeEach
    void fiveSegments() {
        node.headers.addAll(FakeNode.chain(5, 99, 0));
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void takesAllHeadersOfTheNode() throws Exception {
        intake(AckPolicy.DEFAULT, 0).catchUp();
        assertThat(chain.size()).isEqualTo(5);
        assertThat(events.appended).containsExactlyElementsOf(node.headers);
    }

    @Test
    void acknowledgesOnlyAfterADurableCopyOfEveryPiece() throws Exception {
        SegmentIntake intake = intake(AckPolicy.DEFAULT, 0);
        Future<?> running = threads.submit(() -> archived(intake, 4));
        await().until(() -> window.held().countInSegment(4) == 256);
        for (int i = 0; i < 255; i++) {
            inCaches.add(4 * 256 + i);
        }
        assertThat(node.acknowledged).isEmpty();
        assertThat(running.isDone()).isFalse();
        inCaches.add(4 * 256 + 255);
        await().until(running::isDone);
        assertThat(node.acknowledged).containsExactly(4L);
        assertThat(events.log).containsExactly("acknowledged 4");
        assertThat(events.appended).hasSize(5);
        assertThat(node.mostPiecesAtOnce.get()).isBetween(1, 10);
    }

    @Test
    void acknowledgesWithAnAlarmWhenTheTimeIsOver() throws Exception {
        AckPolicy hasty = new AckPolicy(AckPolicy.When.DURABLE, Duration.ofMillis(300));
        for (int i = 0; i < 200; i++) {
            inCaches.add(4 * 256 + i);
        }
        intake(hasty, 0).archived(node.headers.get(4));
        assertThat(node.acknowledged).containsExactly(4L);
        assertThat(events.log).containsExactly("unsafe 4 without 56");
    }

    @Test
    void fetchesOnlyWhatTheClusterLacks() throws Exception {
        for (int i = 0; i < 200; i++) {
            inCaches.add(4 * 256 + i);
        }
        intake(new AckPolicy(AckPolicy.When.DURABLE, Duration.ofMillis(300)), 250)
                .archived(node.headers.get(4));
        await().until(() -> window.held().countInSegment(4) == 56);
        assertThat(node.piecesAsked).hasSize(56).doesNotHaveDuplicates();
        // The first batch begins at position 250; its pieces are asked for side by side.
        assertThat(node.piecesAsked.subList(0, 32)).contains(1274L, 1275L, 1276L, 1277L, 1278L, 1279L);
    }

    @Test
    void piecesThatACacheAsksForMeanwhileAreBroughtOnce() throws Exception {
        SegmentIntake intake = intake(new AckPolicy(AckPolicy.When.FETCHED, Duration.ofSeconds(30)), 0);
        List<Long> all = LongStream.range(4 * 256, 5 * 256).boxed().toList();
        Future<?> asked = threads.submit(() -> {
            intake.fetch(all);
            return null;
        });
        intake.archived(node.headers.get(4));
        asked.get();
        assertThat(node.piecesAsked).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void fetchedPolicyIsContentWithTheWindow() throws Exception {
        intake(new AckPolicy(AckPolicy.When.FETCHED, Duration.ofSeconds(30)), 0).archived(node.headers.get(4));
        assertThat(window.held().countInSegment(4)).isEqualTo(256);
        assertThat(events.log).containsExactly("acknowledged 4");
    }

    @Test
    void nodeOnAnotherForkRaisesTheAlarmAndIsNotHeldUp() throws Exception {
        node.headers.stream().limit(5).forEach(chain::offer);
        FakeNode other = new FakeNode();
        other.headers.addAll(FakeNode.chain(6, 4, 9));
        SegmentIntake intake = intake(other, AckPolicy.DEFAULT, 0);
        intake.archived(other.headers.get(5));
        assertThat(events.log).containsExactly("fork 5");
        assertThat(other.acknowledged).containsExactly(5L);
        assertThat(window.held().size()).isZero();
        intake.compare();
        assertThat(events.log).containsExactly("fork 5", "fork 4");
        assertThat(chain.last()).contains(node.headers.get(4));
    }

    @Test
    void wrongPieceOfTheNodeIsNotKept() throws Exception {
        node.lies = true;
        intake(new AckPolicy(AckPolicy.When.FETCHED, Duration.ofMillis(300)), 0).archived(node.headers.get(4));
        assertThat(window.held().size()).isZero();
        assertThat(events.log).contains("wrong 1024", "unsafe 4 without 256");
    }

    @Test
    void nodeThatGoesAwayDoesNotEndTheController() throws Exception {
        SegmentIntake intake = intake(new AckPolicy(AckPolicy.When.DURABLE, Duration.ofMillis(200)), 0);
        intake.catchUp();
        node.trouble = new IOException("connection reset");
        intake.archived(node.headers.get(4));
        assertThat(node.acknowledged).isEmpty();
        assertThat(events.log).containsExactly("unsafe 4 without 256");
        node.trouble = null;
        node.headers.add(FakeNode.chain(6, 99, 0).get(5));
        intake.catchUp();
        assertThat(chain.size()).isEqualTo(6);
    }

    private void archived(SegmentIntake intake, int segment) {
        try {
            intake.archived(node.headers.get(segment));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private SegmentIntake intake(AckPolicy policy, int firstPosition) {
        return intake(node, policy, firstPosition);
    }

    private SegmentIntake intake(FakeNode of, AckPolicy policy, int firstPosition) {
        return new SegmentIntake(
                chain,
                of,
                window,
                SegmentIntakeTest::invalid,
                segment -> inCaches,
                events,
                threads,
                new IntakeSettings(policy, Duration.ofMillis(10), 32, firstPosition));
    }

    private static BitSet invalid(long[] indexes, List<MemorySegment> pieces) {
        BitSet invalid = new BitSet();
        for (int i = 0; i < indexes.length; i++) {
            invalid.set(i, !FakeNode.valid(indexes[i], pieces.get(i)));
        }
        return invalid;
    }

    private static final class Events implements IntakeEvents {
        final List<SegmentHeader> appended = new CopyOnWriteArrayList<>();
        final List<String> log = new CopyOnWriteArrayList<>();

        @Override
        public void appended(SegmentHeader header) {
            appended.add(header);
        }

        @Override
        public void fork(SegmentHeader header) {
            log.add("fork " + header.segmentIndex());
        }

        @Override
        public void gap(SegmentHeader header, long known) {
            log.add("gap " + header.segmentIndex());
        }

        @Override
        public void acknowledged(long segment, Duration after) {
            log.add("acknowledged " + segment);
        }

        @Override
        public void acknowledgedUnsafe(long segment, int uncovered, Duration after) {
            log.add("unsafe " + segment + " without " + uncovered);
        }

        @Override
        public void wrongPiece(long piece) {
            log.add("wrong " + piece);
        }
    }
}
