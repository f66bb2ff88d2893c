package network.autonomys.farmer.proofserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Solution;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.ReasonCode;
import network.autonomys.farmer.protocol.message.ProofAnswer;
import network.autonomys.farmer.protocol.message.ProofCancel;
import network.autonomys.farmer.protocol.message.ProofRequest;
import network.autonomys.farmer.runtime.cache.PieceFinder;
import org.junit.jupiter.api.Test;

class ProofDeskTest {
    private static final Solution SOLUTION = Solution.genesis(Bytes.zeros(32), Bytes.zeros(32));
    private static final long SECOND = 1_000_000_000;
    private static final byte[] GOOD = {1};
    private static final byte[] BAD = {2};

    private final List<Long> asked = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();

    @Test
    void solvesFromThePieceAndKeepsIt() throws InterruptedException {
        try (ProofDesk desk = desk(pieces(GOOD), solving(Optional.of(SOLUTION)))) {
            for (int i = 0; i < 3; i++) {
                assertThat(desk.answer(request(5), in(10)).solution()).contains(SOLUTION);
            }
            assertThat(desk.recentBytes()).isEqualTo(1);
        }
        assertThat(asked).containsExactly(77L);
    }

    @Test
    void everyFailureHasItsReason() throws InterruptedException {
        try (ProofDesk desk = desk(pieces(), solving(Optional.of(SOLUTION)))) {
            assertThat(refusal(desk)).isEqualTo(ReasonCode.NO_PIECE);
        }
        try (ProofDesk desk = desk(pieces(GOOD), solving(Optional.empty()))) {
            assertThat(refusal(desk)).isEqualTo(ReasonCode.NO_SOLUTION);
            assertThat(desk.recentBytes()).isZero();
        }
        try (ProofDesk desk = desk(pieces(GOOD), new Maker((r, p) -> {
            throw new IllegalStateException("engine");
        }))) {
            assertThat(refusal(desk)).isEqualTo(ReasonCode.INTERNAL);
        }
        try (ProofDesk desk = desk(pieces(GOOD), solving(Optional.of(SOLUTION)))) {
            assertThat(desk.answer(request(1), System.nanoTime() - 1).refused()).contains(ReasonCode.LATE);
        }
        assertThat(refused).isEmpty();
    }

    @Test
    void aBadPieceIsRefusedAndAnotherOneTried() throws InterruptedException {
        Maker maker = solving(Optional.of(SOLUTION));
        try (ProofDesk desk = desk(pieces(BAD, BAD, GOOD), maker)) {
            assertThat(desk.answer(request(5), in(10)).solution()).contains(SOLUTION);
        }
        assertThat(refused).containsExactly("77 cache 0", "77 cache 1");
        refused.clear();
        asked.clear();
        try (ProofDesk desk = desk(pieces(BAD), new Maker((r, p) -> {
            throw new IllegalArgumentException("no scalars");
        }))) {
            assertThat(refusal(desk)).isEqualTo(ReasonCode.NO_PIECE);
        }
        assertThat(refused).containsExactly("77 cache 0");
    }

    @Test
    void whatCannotBeInTimeIsRefusedAtOnceWithoutFetching() throws InterruptedException {
        try (ProofDesk desk = desk(pieces(GOOD), solving(Optional.of(SOLUTION)))) {
            ProofAnswer answer = desk.answer(request(1), System.nanoTime() + 1_000_000);
            assertThat(answer.refused()).contains(ReasonCode.BUSY);
            assertThat(answer.retryAfterMillis()).isEqualTo(10);
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void onlySoManyRequestsFetchTheirPiece() throws InterruptedException {
        CountDownLatch arrive = new CountDownLatch(1);
        PieceLookup slow = new Lookup((index, limit) -> {
            asked.add(index);
            return arrive.await(limit.toNanos(), TimeUnit.NANOSECONDS)
                    ? Optional.of(new PieceFinder.Found(GOOD, "cache"))
                    : Optional.empty();
        });
        try (ProofDesk desk = desk(slow, solving(Optional.of(SOLUTION)))) {
            List<ProofAnswer> answers = new CopyOnWriteArrayList<>();
            List<Thread> first = List.of(asking(desk, 1, answers), asking(desk, 2, answers));
            await().until(() -> asked.size() == 2);
            assertThat(refusal(desk)).isEqualTo(ReasonCode.BUSY);
            arrive.countDown();
            for (Thread thread : first) {
                thread.join();
            }
            assertThat(answers).hasSize(2).allMatch(answer -> answer.solution().isPresent());
        }
    }

    @Test
    void whatIsComputedHearsThatItIsNotWantedAnyMore() throws InterruptedException {
        CountDownLatch computing = new CountDownLatch(1);
        SolutionMaker maker = new Maker((r, p) -> Optional.of(SOLUTION)) {
            @Override
            public Optional<Solution> solve(ProofRequest request, byte[] piece, BooleanSupplier wanted) {
                computing.countDown();
                await().until(() -> !wanted.getAsBoolean());
                throw new CancellationException();
            }
        };
        try (ProofDesk desk = desk(pieces(GOOD), maker)) {
            List<ProofAnswer> answers = new CopyOnWriteArrayList<>();
            Thread asking = asking(desk, 1, answers);
            assertThat(computing.await(10, TimeUnit.SECONDS)).isTrue();
            ProofRequest request = request(1);
            desk.cancel(new ProofCancel(
                    request.client(), request.slot(), request.publicKey(), request.sectorIndex(), request.sBucket()));
            asking.join();
            assertThat(answers)
                    .singleElement()
                    .extracting(ProofAnswer::refused)
                    .isEqualTo(Optional.of(ReasonCode.CANCELLED));
            await().until(() -> desk.running() == 0);
            assertThat(desk.answer(request(2), System.nanoTime() + 300_000_000).refused())
                    .as("the deadline ends it too")
                    .contains(ReasonCode.LATE);
        }
    }

    @Test
    void aFullQueueIsBusyAtOnceAndTheMostUrgentGoesFirst() throws InterruptedException {
        CountDownLatch computing = new CountDownLatch(1);
        CountDownLatch proceed = new CountDownLatch(1);
        List<Integer> order = new CopyOnWriteArrayList<>();
        try (ProofDesk desk = desk(pieces(GOOD), new Maker((r, p) -> {
            order.add(r.sectorIndex());
            computing.countDown();
            hold(proceed);
            return Optional.of(SOLUTION);
        }))) {
            List<ProofAnswer> answers = new CopyOnWriteArrayList<>();
            List<Thread> threads = new ArrayList<>();
            threads.add(asking(desk, 1, answers));
            assertThat(computing.await(10, TimeUnit.SECONDS)).isTrue();
            for (int sector : List.of(5, 3, 4, 2)) {
                int waiting = desk.waiting();
                threads.add(asking(desk, sector, answers));
                await().until(() -> desk.waiting() == waiting + 1);
            }
            ProofAnswer busy = desk.answer(request(9), in(60));
            assertThat(busy.refused()).contains(ReasonCode.BUSY);
            assertThat(busy.retryAfterMillis()).isPositive();
            proceed.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(order).containsExactly(1, 2, 3, 4, 5);
            assertThat(answers).hasSize(5).allMatch(answer -> answer.solution().isPresent());
        }
    }

    @Test
    void whoseDeadlinePassesIsToldSo() throws InterruptedException {
        CountDownLatch proceed = new CountDownLatch(1);
        try (ProofDesk desk = desk(pieces(GOOD), new Maker((r, p) -> {
            hold(proceed);
            return Optional.of(SOLUTION);
        }))) {
            assertThat(desk.answer(request(1), System.nanoTime() + SECOND / 5).refused())
                    .contains(ReasonCode.LATE);
            assertThat(desk.answer(request(2), System.nanoTime() + SECOND / 5).refused())
                    .contains(ReasonCode.LATE);
            assertThat(desk.waiting()).isZero();
            proceed.countDown();
        }
    }

    @Test
    void aWaitingRequestCanBeCancelled() throws InterruptedException {
        CountDownLatch computing = new CountDownLatch(1);
        CountDownLatch proceed = new CountDownLatch(1);
        try (ProofDesk desk = desk(pieces(GOOD), new Maker((r, p) -> {
            computing.countDown();
            hold(proceed);
            return Optional.of(SOLUTION);
        }))) {
            List<ProofAnswer> second = new CopyOnWriteArrayList<>();
            Thread first = asking(desk, 1, new CopyOnWriteArrayList<>());
            assertThat(computing.await(10, TimeUnit.SECONDS)).isTrue();
            Thread waiting = asking(desk, 2, second);
            await().until(() -> desk.waiting() == 1);
            desk.cancel(new ProofCancel(new InstanceId(1, 2), 9, Bytes.zeros(32), 2, 3));
            waiting.join();
            proceed.countDown();
            first.join();
            assertThat(second.getFirst().refused()).contains(ReasonCode.CANCELLED);
        }
    }

    @Test
    void recentPiecesAreBoundedByTheirBytes() {
        RecentPieces recent = new RecentPieces(10);
        recent.put(1, new byte[4]);
        recent.put(2, new byte[4]);
        assertThat(recent.get(1)).isPresent();
        recent.put(3, new byte[4]);
        assertThat(recent.get(2)).isEmpty();
        assertThat(recent.get(1)).isPresent();
        assertThat(recent.get(3)).isPresent();
        recent.put(3, new byte[6]);
        assertThat(recent.bytes()).isEqualTo(10);
        recent.put(4, new byte[11]);
        assertThat(recent.get(4)).isEmpty();
        assertThat(recent.bytes()).isEqualTo(10);
    }

    private static long in(int seconds) {
        return System.nanoTime() + seconds * SECOND;
    }

    /** Asks on a thread of its own; higher sectors have more time. */
    private static Thread asking(ProofDesk desk, int sector, List<ProofAnswer> answers) {
        return Thread.startVirtualThread(() -> {
            try {
                answers.add(desk.answer(request(sector), in(20 + sector)));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static void hold(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ReasonCode refusal(ProofDesk desk) throws InterruptedException {
        return desk.answer(request(1), in(10)).refused().orElseThrow();
    }

    private static ProofDesk desk(PieceLookup pieces, SolutionMaker solver) {
        ProofServerSettings settings =
                new ProofServerSettings(4, 2, 1, 1 << 20, Duration.ofMillis(10), Optional.empty());
        return new ProofDesk(pieces, solver, settings, System::nanoTime, millis -> {});
    }

    /** One cache after the other gives what is listed, then nobody gives anything. */
    private PieceLookup pieces(byte[]... each) {
        return new Lookup((index, limit) -> {
            int number = refused.size();
            asked.add(index);
            return number < each.length
                    ? Optional.of(new PieceFinder.Found(each[number], "cache " + number))
                    : Optional.empty();
        });
    }

    private interface Search {
        Optional<PieceFinder.Found> piece(long index, Duration limit) throws InterruptedException;
    }

    private final class Lookup implements PieceLookup {
        private final Search search;

        Lookup(Search search) {
            this.search = search;
        }

        @Override
        public Optional<PieceFinder.Found> piece(long pieceIndex, Duration limit) throws InterruptedException {
            return search.piece(pieceIndex, limit);
        }

        @Override
        public void refuse(long pieceIndex, String source) {
            refused.add(pieceIndex + " " + source);
        }
    }

    private static Maker solving(Optional<Solution> solution) {
        return new Maker((request, piece) -> Arrays.equals(piece, GOOD) ? solution : Optional.empty());
    }

    /** Finds good what {@link #GOOD} is. */
    private static class Maker implements SolutionMaker {
        private final BiFunction<ProofRequest, byte[], Optional<Solution>> proof;

        Maker(BiFunction<ProofRequest, byte[], Optional<Solution>> proof) {
            this.proof = proof;
        }

        @Override
        public Optional<Solution> solve(ProofRequest request, byte[] piece, BooleanSupplier wanted) {
            return proof.apply(request, piece);
        }

        @Override
        public boolean isSound(ProofRequest request, Solution solution) {
            return true;
        }

        @Override
        public boolean isGood(long pieceIndex, byte[] piece) {
            return Arrays.equals(piece, GOOD);
        }
    }

    private static ProofRequest request(int sector) {
        return new ProofRequest(
                new InstanceId(1, 2),
                Bytes.zeros(32),
                Bytes.zeros(32),
                sector,
                1,
                2,
                0,
                77,
                3,
                Bytes.zeros(32),
                PosVersion.V1,
                9,
                Bytes.zeros(32),
                0,
                1000,
                10_000);
    }
}
