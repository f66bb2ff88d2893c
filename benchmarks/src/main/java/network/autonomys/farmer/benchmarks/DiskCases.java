package network.autonomys.farmer.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import network.autonomys.farmer.core.sector.SectorReader;
import network.autonomys.farmer.core.sector.SectorSource;
import network.autonomys.farmer.storage.farm.ContentsMaps;
import network.autonomys.farmer.storage.farm.FarmAuditor;
import network.autonomys.farmer.storage.farm.PlotReader;
import network.autonomys.farmer.storage.io.DirectFile;
import network.autonomys.farmer.storage.io.NativeFile;
import network.autonomys.farmer.storage.io.ReadMethod;

/** Farming from a disk: the audit of a whole farm, and a piece out of a sector. Plots are read past the page cache, as farms are. */
final class DiskCases {
    /** As the plot-client has them. */
    private static final int AUDIT_THREADS = 8;

    /** Threads at most. */
    private static final int PIECE_READS = 16;

    /** No chunk is so near that its sector's contents map, a hole, would be read. */
    private static final long NOTHING_WINS = 0;

    private DiskCases() {}

    static void addTo(Cases cases) {
        cases.add("disk/audit-10000-sectors", orFail(setup -> audit(setup, ReadMethod.best(), false)));
        cases.add("disk/audit-10000-sectors-by-threads", orFail(setup -> audit(setup, ReadMethod.THREADS, false)));
        cases.add("disk/audit-10000-sectors-cold-metadata", orFail(setup -> audit(setup, ReadMethod.best(), true)));
        cases.add("disk/read-piece", orFail(setup -> readPiece(setup, ReadMethod.best())));
        cases.add("disk/read-piece-by-threads", orFail(setup -> readPiece(setup, ReadMethod.THREADS)));
    }

    /** A case that needs files. */
    @FunctionalInterface
    private interface OnDisk {
        Case in(Setup setup) throws Exception;
    }

    private static Function<Setup, Case> orFail(OnDisk made) {
        return setup -> {
            try {
                return made.in(setup);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        };
    }

    /**
     * A slot of a farm, and beside it the same reads by as many threads that do nothing else. Each takes the next slot each time, half of all apart,
     * so that neither reads what the other has just read.
     */
    private static Case audit(Setup setup, ReadMethod method, boolean coldMetadata) throws IOException {
        SparseFarm farm = setup.farm();
        Tally audits = new Tally();
        Tally reads = new Tally();
        ExecutorService auditThreads = setup.opened(Executors.newFixedThreadPool(AUDIT_THREADS, audits));
        ExecutorService readThreads = setup.opened(Executors.newFixedThreadPool(AUDIT_THREADS, reads));
        FarmAuditor auditor = setup.opened(
                new FarmAuditor(farm.farm(), new ContentsMaps(farm.farm()), method, auditThreads, AUDIT_THREADS));
        PlainReads plain = setup.opened(new PlainReads(farm.plot(), AUDIT_THREADS));
        AtomicInteger audited = new AtomicInteger();
        AtomicInteger read = new AtomicInteger(farm.slots().size() / 2);
        Work ours = () -> {
            SparseFarm.Slot slot = next(farm, audited);
            if (coldMetadata) {
                dropCachedPages(farm.metadata());
            }
            FarmAuditor.Result result = audits.run(() -> auditor.audit(slot.globalChallenge(), NOTHING_WINS));
            if (!result.unreadable().isEmpty() || !result.damaged().isEmpty()) {
                throw new IOException(result.toString());
            }
            return result.audited();
        };
        Work baseline = () -> {
            SparseFarm.Slot slot = next(farm, read);
            return reads.run(() -> plain.read(slot, readThreads));
        };
        return Case.of(ours)
                .operations(farm.farm().targetSectors())
                .onTheWall()
                .against("the plot's reads alone", baseline)
                .details(runs -> shares(farm, audits.details(runs), reads.details(runs)));
    }

    private static void dropCachedPages(Path path) throws IOException {
        try (NativeFile file = NativeFile.openForReading(path)) {
            file.dropCachedPages();
        }
    }

    private static SparseFarm.Slot next(SparseFarm farm, AtomicInteger number) {
        return farm.slots().get(number.getAndIncrement() % farm.slots().size());
    }

    private static Case.Details shares(SparseFarm farm, Case.Details audits, Case.Details reads) {
        List<String> lines = new ArrayList<>();
        audits.lines().forEach(line -> lines.add("audit: " + line));
        reads.lines().forEach(line -> lines.add("reads: " + line));
        Map<String, Double> figures = new LinkedHashMap<>(audits.figures());
        reads.figures().forEach((name, value) -> figures.put("readsAlone." + name, value));
        figures.put("pagesMegabytes", farm.slots().getFirst().pageBytes() / 1e6);
        figures.put("percentOfACoreAtOneSlotASecond", figures.getOrDefault("processorMillis", Double.NaN) / 10);
        return new Case.Details(lines, figures);
    }

    /** Reads the pages that an audit needs, and nothing else, by many reads at once. */
    private static final class PlainReads implements AutoCloseable {
        private final List<DirectFile> handles = new ArrayList<>();

        PlainReads(Path plot, int threads) throws IOException {
            for (int i = 0; i < threads; i++) {
                handles.add(DirectFile.openForReading(plot, 16 * DirectFile.PAGE));
            }
        }

        /** Returns how many s-buckets were read. */
        int read(SparseFarm.Slot slot, ExecutorService threads) throws Exception {
            AtomicInteger next = new AtomicInteger();
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (DirectFile handle : handles) {
                tasks.add(() -> {
                    MemorySegment into = MemorySegment.ofArray(new byte[16 * DirectFile.PAGE]);
                    int sectors = slot.sectors();
                    for (int i = next.getAndIncrement(); i < sectors; i = next.getAndIncrement()) {
                        long begin = slot.begin(i);
                        handle.read(begin, into.asSlice(0, slot.end(i) - begin));
                    }
                    return true;
                });
            }
            for (Future<Boolean> task : threads.invokeAll(tasks)) {
                task.get();
            }
            return slot.sectors();
        }

        @Override
        public void close() throws IOException {
            for (DirectFile handle : handles) {
                handle.close();
            }
        }
    }

    /**
     * A piece out of a whole sector: chunks from 32 768 places, table, decoding, recovery, hash; and the same with the sector in memory. Tables are built and
     * records recovered by two threads, as in the plot-client.
     */
    private static Case readPiece(Setup setup, ReadMethod method) throws IOException {
        StoredSector stored = StoredSector.plot(setup);
        Tally tally = new Tally();
        ExecutorService threads = setup.opened(Executors.newFixedThreadPool(PIECE_READS, tally));
        PlotReader reader = setup.opened(stored.farm().openReader());
        SectorReader pieces = new SectorReader(setup.latencyRecords(), setup.latencyField());
        TimedSource disk = new TimedSource(reader.sector(0, method, threads, PIECE_READS));
        AtomicInteger fromDisk = new AtomicInteger();
        AtomicInteger fromMemory = new AtomicInteger();
        return Case.of(() -> tally.run(() -> stored.piece(pieces, fromDisk.getAndIncrement(), disk)))
                .onTheWall()
                .against(
                        "the sector in memory",
                        () -> stored.piece(pieces, fromMemory.getAndIncrement(), stored.memory()))
                .details(runs -> disk.addTo(tally.details(runs), runs));
    }

    /** Knows how long each piece waited for reads: of its sector's contents map, and of the chunks once its table was built. */
    private static final class TimedSource implements SectorSource {
        private final SectorSource source;
        private final List<Long> chunks = new ArrayList<>();
        private long others;

        TimedSource(SectorSource source) {
            this.source = source;
        }

        @Override
        public void read(long offset, MemorySegment into) throws IOException {
            long begin = System.nanoTime();
            source.read(offset, into);
            others += System.nanoTime() - begin;
        }

        @Override
        public ChunkReads beginChunks(long[] offsets) throws IOException {
            ChunkReads reads = source.beginChunks(offsets);
            return new ChunkReads() {
                @Override
                public void await(MemorySegment into) throws IOException {
                    long begin = System.nanoTime();
                    reads.await(into);
                    chunks.add(System.nanoTime() - begin);
                }

                @Override
                public void close() {
                    reads.close();
                }
            };
        }

        Case.Details addTo(Case.Details details, int runs) {
            Map<String, Double> figures = new LinkedHashMap<>(details.figures());
            double[] last = chunks.subList(Math.max(0, chunks.size() - runs), chunks.size()).stream()
                    .mapToDouble(nanos -> nanos / 1e6)
                    .sorted()
                    .toArray();
            figures.put("waitingForChunksMillis", last.length == 0 ? Double.NaN : last[last.length / 2]);
            figures.put("otherReadsMillisOnAverage", others / 1e6 / Math.max(1, chunks.size()));
            return new Case.Details(details.lines(), figures);
        }
    }
}
