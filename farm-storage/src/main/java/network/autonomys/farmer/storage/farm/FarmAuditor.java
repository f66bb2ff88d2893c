package network.autonomys.farmer.storage.farm;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import network.autonomys.farmer.core.sector.Audit;
import network.autonomys.farmer.core.sector.Challenges;
import network.autonomys.farmer.core.sector.ContentsMap;
import network.autonomys.farmer.core.sector.SectorException;
import network.autonomys.farmer.core.sector.SectorIds;
import network.autonomys.farmer.core.sector.SectorLayout;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.storage.io.ReadMethod;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Audits all sectors of a farm for a slot (sectors-farms §5): one read for each sector, many at once. A sector that cannot be read is left out
 * and counted; the audit fails only where none can be read. One audit at a time.
 */
public final class FarmAuditor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FarmAuditor.class);
    /** Whose hashing takes a thread about a tenth of a second. */
    private static final int SECTORS_OF_A_RING = 8192;

    private final Farm farm;
    private final ContentsMaps contentsMaps;
    private final ExecutorService executor;
    private final List<Reader> readers = new ArrayList<>();
    private final Bytes publicKeyHash;

    /**
     * A chunk within the range.
     *
     * @param sectorIndex the sector
     * @param historySize its history size
     * @param sBucket the audited s-bucket
     * @param pieceOffset the record that the chunk is of
     * @param chunk the chunk as stored, 32 bytes
     * @param distance its solution distance, unsigned
     */
    public record Winner(int sectorIndex, long historySize, int sBucket, int pieceOffset, Bytes chunk, long distance) {}

    /**
     * What an audit found.
     *
     * @param winners smallest distance first
     * @param audited sectors that were audited
     * @param unreadable sectors that could not be read
     * @param damaged sectors that were read and hold something wrong
     */
    public record Result(List<Winner> winners, int audited, List<Integer> unreadable, List<Damage> damaged) {
        /** Copies the lists. */
        public Result {
            winners = List.copyOf(winners);
            unreadable = List.copyOf(unreadable);
            damaged = List.copyOf(damaged);
        }
    }

    /**
     * A damaged sector.
     *
     * @param what is wrong with it
     */
    public record Damage(int sectorIndex, String what) {}

    /**
     * Opens the handles.
     *
     * @param executor whose threads read and hash; the caller keeps it
     * @param threads most of them at once, at least 1; where each thread has many reads under way, only those that the hashing of so many sectors
     *     within a fraction of a second takes
     */
    public FarmAuditor(Farm farm, ContentsMaps contentsMaps, ReadMethod method, ExecutorService executor, int threads)
            throws IOException {
        this.farm = farm;
        this.contentsMaps = contentsMaps;
        this.executor = executor;
        this.publicKeyHash = SectorIds.publicKeyHash(farm.publicKey());
        int sectors = farm.targetSectors();
        int wanted = method == ReadMethod.RING ? (sectors + SECTORS_OF_A_RING - 1) / SECTORS_OF_A_RING : sectors;
        try {
            for (int i = 0; i < Math.min(threads, wanted); i++) {
                readers.add(Reader.open(farm, method));
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /**
     * Audits the farm.
     *
     * @param globalChallenge of the slot, 32 bytes
     * @param solutionRange the voting range, unsigned
     * @throws IOException where there are sectors to audit and none of them can be read, or where the executor takes no more work
     */
    public Result audit(Bytes globalChallenge, long solutionRange) throws IOException {
        Slot slot = new Slot(globalChallenge, solutionRange);
        List<Future<Boolean>> tasks = new ArrayList<>();
        boolean stopping = false;
        for (Reader reader : readers) {
            try {
                tasks.add(executor.submit(slot.worker(reader)));
            } catch (RejectedExecutionException e) {
                LOG.debug("{}: the readers are stopping", farm.folder(), e);
                stopping = true;
            }
        }
        boolean interrupted = false;
        for (Future<Boolean> task : tasks) {
            interrupted |= await(task);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted during an audit");
        }
        if (stopping) {
            throw new IOException(farm.folder() + ": is being closed");
        }
        List<Winner> winners = new ArrayList<>(slot.winners);
        winners.sort(Comparator.comparing(Winner::distance, Long::compareUnsigned)
                .thenComparingInt(Winner::sectorIndex)
                .thenComparingInt(Winner::pieceOffset));
        List<Integer> unreadable = slot.unreadable.stream().sorted().toList();
        int audited = slot.audited.get();
        if (audited == 0 && !unreadable.isEmpty()) {
            throw new IOException(farm.folder() + ": none of " + unreadable.size() + " sectors can be read");
        }
        return new Result(winners, audited, unreadable, List.copyOf(slot.damaged));
    }

    private static boolean await(Future<Boolean> task) throws IOException {
        boolean interrupted = false;
        while (true) {
            try {
                task.get();
                return interrupted;
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                throw new IOException("audit failed", e.getCause());
            }
        }
    }

    /** What one thread reads the plot by: s-buckets, and contents maps of winners. */
    private record Reader(SBucketReads sBuckets, PlotReader plot) implements AutoCloseable {
        static Reader open(Farm farm, ReadMethod method) throws IOException {
            PlotReader plot = farm.openReader();
            try {
                return new Reader(new SBucketReads(farm, method), plot);
            } catch (IOException e) {
                plot.close();
                throw e;
            }
        }

        @Override
        public void close() throws IOException {
            try (plot) {
                sBuckets.close();
            }
        }
    }

    private final class Slot {
        private final Bytes globalChallenge;
        private final long solutionRange;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger audited = new AtomicInteger();
        private final Queue<Winner> winners = new ConcurrentLinkedQueue<>();
        private final Queue<Integer> unreadable = new ConcurrentLinkedQueue<>();
        private final Queue<Damage> damaged = new ConcurrentLinkedQueue<>();

        Slot(Bytes globalChallenge, long solutionRange) {
            this.globalChallenge = globalChallenge;
            this.solutionRange = solutionRange;
        }

        Callable<Boolean> worker(Reader reader) {
            return () -> {
                reader.sBuckets.readAll(this::nextSector, new Share(reader.plot));
                return true;
            };
        }

        private int nextSector() {
            for (int i = next.getAndIncrement(); i < farm.targetSectors(); i = next.getAndIncrement()) {
                if (farm.isStored(i) && !farm.isModifying(i)) {
                    return i;
                }
            }
            return -1;
        }

        /** What one thread does with the s-buckets that it reads. */
        private final class Share implements SBucketReads.Visitor {
            private final PlotReader plot;
            private final byte[] buffer =
                    new byte[SectorLayout.CHUNK * farm.info().piecesInSector()];
            private final Audit.Search search = new Audit.Search();

            Share(PlotReader plot) {
                this.plot = plot;
            }

            @Override
            public SBucketReads.Target target(int sectorIndex) {
                long historySize = farm.historySize(sectorIndex);
                Bytes challenge = Challenges.sectorSlotChallenge(
                        SectorIds.sectorId(publicKeyHash, sectorIndex, historySize), globalChallenge);
                return new SBucketReads.Target(sectorIndex, historySize, challenge, Challenges.sBucket(challenge));
            }

            @Override
            public void read(SBucketReads.Target target, MemorySegment chunks) {
                int length = (int) chunks.byteSize();
                MemorySegment.copy(chunks, 0, MemorySegment.ofArray(buffer), 0, length);
                try {
                    List<Audit.Winner> found =
                            search.winners(buffer, length, target.challenge(), globalChallenge, solutionRange);
                    if (!found.isEmpty()) {
                        resolve(plot, target, buffer, found);
                    }
                    audited.incrementAndGet();
                } catch (IOException e) {
                    failed(target, e);
                } catch (SectorException e) {
                    if (isUnchanged(target)) {
                        damaged.add(new Damage(target.sectorIndex(), String.valueOf(e.getMessage())));
                    }
                }
            }

            @Override
            public void failed(SBucketReads.Target target, IOException failure) {
                if (isUnchanged(target)) {
                    unreadable.add(target.sectorIndex());
                    LOG.warn("{}: audit of sector {}: {}", farm.folder(), target.sectorIndex(), failure.toString());
                }
            }
        }

        /** A sector that is replaced while it is audited reads as damaged too. */
        private boolean isUnchanged(SBucketReads.Target target) {
            return !farm.isModifying(target.sectorIndex())
                    && farm.historySize(target.sectorIndex()) == target.historySize();
        }

        /** Finds the record of each chunk; chunks that are stored unencoded cannot be proven and are left out (sectors-farms §6). */
        private void resolve(PlotReader plot, SBucketReads.Target target, byte[] buffer, List<Audit.Winner> found)
                throws IOException, SectorException {
            int sBucket = target.sBucket();
            ContentsMap contents = contentsMaps.get(target.sectorIndex(), target.historySize(), plot);
            for (Audit.Winner winner : found) {
                int record = contents.recordAt(sBucket, winner.rank());
                if (record >= 0 && contents.isEncoded(record, sBucket)) {
                    int at = SectorLayout.CHUNK * winner.rank();
                    winners.add(new Winner(
                            target.sectorIndex(),
                            target.historySize(),
                            sBucket,
                            record,
                            Bytes.copyOf(buffer, at, at + SectorLayout.CHUNK),
                            winner.distance()));
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (Reader reader : readers) {
            reader.close();
        }
    }
}
