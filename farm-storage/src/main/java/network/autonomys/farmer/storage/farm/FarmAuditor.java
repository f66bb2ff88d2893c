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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Audits all sectors of a farm for a slot (sectors-farms §5): one read for each sector, by several threads with a handle each. A sector that
 * cannot be read is left out and counted; the audit fails only where none can be read. One audit at a time.
 */
public final class FarmAuditor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FarmAuditor.class);

    private final Farm farm;
    private final ContentsMaps contentsMaps;
    private final ExecutorService executor;
    private final List<PlotReader> readers = new ArrayList<>();
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
     * @param executor whose threads read; the caller keeps it
     * @param threads how many of them, at least 1
     */
    public FarmAuditor(Farm farm, ContentsMaps contentsMaps, ExecutorService executor, int threads) throws IOException {
        this.farm = farm;
        this.contentsMaps = contentsMaps;
        this.executor = executor;
        this.publicKeyHash = SectorIds.publicKeyHash(farm.publicKey());
        try {
            for (int i = 0; i < Math.min(threads, farm.targetSectors()); i++) {
                readers.add(farm.openAuditReader());
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
        for (PlotReader reader : readers) {
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

        Callable<Boolean> worker(PlotReader reader) {
            return () -> {
                byte[] buffer = new byte[SectorLayout.CHUNK * farm.info().piecesInSector()];
                Audit.Search search = new Audit.Search();
                for (int i = next.getAndIncrement(); i < farm.targetSectors(); i = next.getAndIncrement()) {
                    if (farm.isStored(i) && !farm.isModifying(i)) {
                        audit(reader, search, i, buffer);
                    }
                }
                return true;
            };
        }

        private void audit(PlotReader reader, Audit.Search search, int sectorIndex, byte[] buffer) {
            long historySize = farm.historySize(sectorIndex);
            try {
                Bytes challenge = Challenges.sectorSlotChallenge(
                        SectorIds.sectorId(publicKeyHash, sectorIndex, historySize), globalChallenge);
                int sBucket = Challenges.sBucket(challenge);
                Farm.SBucketRange range = farm.sBucket(sectorIndex, sBucket);
                if (range.bytes() > 0) {
                    reader.read(
                            sectorIndex,
                            range.offset(),
                            MemorySegment.ofArray(buffer).asSlice(0, range.bytes()));
                    List<Audit.Winner> found =
                            search.winners(buffer, range.bytes(), challenge, globalChallenge, solutionRange);
                    if (!found.isEmpty()) {
                        resolve(reader, sectorIndex, historySize, sBucket, buffer, found);
                    }
                }
                audited.incrementAndGet();
            } catch (IOException e) {
                if (isUnchanged(sectorIndex, historySize)) {
                    unreadable.add(sectorIndex);
                    LOG.warn("{}: audit of sector {}: {}", farm.folder(), sectorIndex, e.toString());
                }
            } catch (SectorException e) {
                if (isUnchanged(sectorIndex, historySize)) {
                    damaged.add(new Damage(sectorIndex, String.valueOf(e.getMessage())));
                }
            }
        }

        /** A sector that is replaced while it is audited reads as damaged too. */
        private boolean isUnchanged(int sectorIndex, long historySize) {
            return !farm.isModifying(sectorIndex) && farm.historySize(sectorIndex) == historySize;
        }

        /** Finds the record of each chunk; chunks that are stored unencoded cannot be proven and are left out (sectors-farms §6). */
        private void resolve(
                PlotReader reader,
                int sectorIndex,
                long historySize,
                int sBucket,
                byte[] buffer,
                List<Audit.Winner> found)
                throws IOException, SectorException {
            ContentsMap contents = contentsMaps.get(sectorIndex, historySize, reader);
            for (Audit.Winner winner : found) {
                int record = contents.recordAt(sBucket, winner.rank());
                if (record >= 0 && contents.isEncoded(record, sBucket)) {
                    int at = SectorLayout.CHUNK * winner.rank();
                    winners.add(new Winner(
                            sectorIndex,
                            historySize,
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
        for (PlotReader reader : readers) {
            reader.close();
        }
    }
}
