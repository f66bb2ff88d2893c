package network.autonomys.farmer.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import network.autonomys.farmer.core.sector.SectorIds;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.core.types.FarmerProtocolInfo;
import network.autonomys.farmer.runtime.cache.PieceFinder;

/** Imitates the download of sectors as a plot server does it, and measures it (cluster-and-cli §2.2). What comes is thrown away. */
final class CacheBenchmark {
    private static final double MIB = 1 << 20;

    private final PieceFinder finder;
    private final FarmerProtocolInfo protocol;
    private final RandomGenerator random;
    private final PrintStream out;

    /**
     * What to do.
     *
     * @param sectors downloads in each round
     * @param rounds repetitions, each with other sectors
     * @param atOnce downloads at a time
     * @param perSector time for one of them
     */
    record Plan(int sectors, int rounds, int atOnce, Duration perSector) {}

    /**
     * What came of it.
     *
     * @param pieces received
     * @param missing pieces that nobody gave in time
     * @param nanos in all
     */
    record Result(long pieces, long missing, long nanos) {}

    CacheBenchmark(PieceFinder finder, FarmerProtocolInfo protocol, RandomGenerator random, PrintStream out) {
        this.finder = finder;
        this.protocol = protocol;
        this.random = random;
        this.out = out;
    }

    /** Runs all rounds; a line for each. */
    Result run(Plan plan) throws IOException, InterruptedException {
        long pieces = 0;
        long missing = 0;
        long nanos = 0;
        for (int round = 1; round <= plan.rounds(); round++) {
            Result one = round(plan);
            pieces += one.pieces();
            missing += one.missing();
            nanos += one.nanos();
            out.printf(
                    Locale.ROOT,
                    "round %d of %d: %d sectors, %d pieces in %.2f s, %.1f MiB/s, %d missing%n",
                    round,
                    plan.rounds(),
                    plan.sectors(),
                    one.pieces(),
                    one.nanos() / 1e9,
                    mibPerSecond(one),
                    one.missing());
        }
        return new Result(pieces, missing, nanos);
    }

    private Result round(Plan plan) throws IOException, InterruptedException {
        List<long[]> sectors = new ArrayList<>();
        for (int i = 0; i < plan.sectors(); i++) {
            sectors.add(sector());
        }
        LongAdder came = new LongAdder();
        long missing = 0;
        long start = System.nanoTime();
        try (ExecutorService threads = Executors.newFixedThreadPool(
                plan.atOnce(), Thread.ofVirtual().name("sector-", 0).factory())) {
            List<Future<Integer>> downloads = new ArrayList<>();
            for (long[] sector : sectors) {
                Callable<Integer> download =
                        () -> finder.fetch(sector, (index, bytes, source) -> came.increment(), plan.perSector());
                downloads.add(threads.submit(download));
            }
            try {
                for (Future<Integer> download : downloads) {
                    missing += download.get();
                }
            } catch (ExecutionException e) {
                throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
            } finally {
                threads.shutdownNow();
            }
        }
        return new Result(came.sum(), missing, System.nanoTime() - start);
    }

    /** The pieces of a sector that might be: chosen by the network's rule, for an identity that nobody has. */
    private long[] sector() {
        byte[] key = new byte[32];
        random.nextBytes(key);
        Bytes id = SectorIds.sectorId(
                SectorIds.publicKeyHash(Bytes.of(key)), random.nextInt(1 << 16), protocol.historySize());
        long[] all = SectorIds.pieceIndexes(
                id,
                protocol.maxPiecesInSector(),
                protocol.historySize(),
                protocol.maxPiecesInSector(),
                protocol.recentSegments(),
                protocol.recentHistoryFraction());
        return Arrays.stream(all).distinct().toArray();
    }

    /** Prints totals, and a line for each listener. */
    void print(Result result, MeasuringTransport seen, Plan plan) {
        double seconds = result.nanos() / 1e9;
        out.printf(
                Locale.ROOT,
                "in all: %d sectors, %d pieces, %.1f MiB/s, %.1f sectors an hour, %d pieces missing%n",
                plan.sectors() * plan.rounds(),
                result.pieces(),
                mibPerSecond(result),
                plan.sectors() * plan.rounds() * 3600 / seconds,
                result.missing());
        out.printf(
                Locale.ROOT,
                "%-28s %8s %8s %8s %9s %9s %9s %9s%n",
                "listener",
                "asked",
                "pieces",
                "failures",
                "MiB",
                "p50 ms",
                "p95 ms",
                "p99 ms");
        seen.listeners()
                .forEach((address, listener) -> out.printf(
                        Locale.ROOT,
                        "%-28s %8d %8d %8d %9.0f %9.1f %9.1f %9.1f%n",
                        address,
                        listener.asked(),
                        listener.pieces(),
                        listener.failures(),
                        listener.bytes() / MIB,
                        listener.latencies().quantileMillis(0.5),
                        listener.latencies().quantileMillis(0.95),
                        listener.latencies().quantileMillis(0.99)));
    }

    private static double mibPerSecond(Result result) {
        return result.pieces() * (Constants.PIECE_SIZE / MIB) / (result.nanos() / 1e9);
    }
}
