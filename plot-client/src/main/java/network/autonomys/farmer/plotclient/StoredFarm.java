package network.autonomys.farmer.plotclient;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import network.autonomys.farmer.core.sector.Prover;
import network.autonomys.farmer.core.sector.SectorException;
import network.autonomys.farmer.core.sector.SectorReader;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.SlotInfo;
import network.autonomys.farmer.core.types.Solution;
import network.autonomys.farmer.protocol.ReasonCode;
import network.autonomys.farmer.protocol.message.ProofRequest;
import network.autonomys.farmer.storage.farm.ContentsMaps;
import network.autonomys.farmer.storage.farm.Farm;
import network.autonomys.farmer.storage.farm.FarmAuditor;
import network.autonomys.farmer.storage.farm.FarmException;
import network.autonomys.farmer.storage.farm.PlotReader;
import network.autonomys.farmer.storage.io.ReadMethod;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A farm on disk, audited and proven from. Its disk is read by several threads, each with its own handle to the plot. Damage that is found on the way
 * is reported, so that the sector is plotted again.
 */
final class StoredFarm implements AuditedFarm, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StoredFarm.class);
    /** Most threads that audit a farm. */
    private static final int AUDIT_THREADS = 8;
    /** Most threads that read chunks of a record. */
    private static final int PROOF_READS = 16;

    /** How long reads that have begun are waited for at the end. */
    private static final Duration CLOSING = Duration.ofSeconds(3);

    /** Failed reads of a sector in a row after which it is given up: a single one may be a passing fault of the disk. */
    private static final int MOST_FAILED_READS = 3;

    /** Hears of sectors that were given up. */
    interface Damage {
        /**
         * The sector is a dummy now and is to be plotted again.
         *
         * @param reason {@code CORRUPT} where it holds something wrong, {@code FARM_ERROR} where it could not be read again and again
         */
        void found(int sectorIndex, ReasonCode reason, String what);
    }

    private final Farm farm;
    private final ExecutorService disk;
    private final ContentsMaps contents;
    private final FarmAuditor auditor;
    private final PlotReader proofs;
    private final Damage damage;
    private final SectorReader.Mode mode;
    private final ReadMethod method;
    private final Map<Integer, Integer> failedAudits = new ConcurrentHashMap<>();
    private final Map<Integer, Integer> failedProofs = new ConcurrentHashMap<>();
    private volatile boolean closed;

    StoredFarm(Farm farm, SectorReader.Mode mode, ReadMethod method, Damage damage) throws IOException {
        this.farm = farm;
        this.mode = mode;
        this.method = method;
        this.damage = damage;
        this.contents = new ContentsMaps(farm);
        this.disk = Executors.newFixedThreadPool(
                PROOF_READS,
                Thread.ofPlatform()
                        .name("disk-" + farm.info().id() + "-", 0)
                        .daemon(true)
                        .factory());
        this.auditor = new FarmAuditor(farm, contents, method, disk, AUDIT_THREADS);
        this.proofs = farm.openReader();
    }

    Farm farm() {
        return farm;
    }

    @Override
    public String name() {
        return farm.folder().toString();
    }

    @Override
    public Bytes publicKey() {
        return farm.publicKey();
    }

    @Override
    public List<Candidate> audit(SlotInfo slot) throws IOException {
        FarmAuditor.Result result = auditor.audit(slot.globalChallenge(), slot.votingSolutionRange());
        for (FarmAuditor.Damage found : result.damaged()) {
            giveUp(found.sectorIndex(), ReasonCode.CORRUPT, found.what());
        }
        failedAudits.keySet().retainAll(result.unreadable());
        for (int sector : result.unreadable()) {
            countFailure(failedAudits, sector, "it cannot be audited");
        }
        return result.winners().stream().map(this::candidate).toList();
    }

    private Candidate candidate(FarmAuditor.Winner winner) {
        return new Candidate(
                winner.sectorIndex(),
                winner.historySize(),
                farm.info().piecesInSector(),
                winner.pieceOffset(),
                winner.sBucket(),
                winner.chunk(),
                farm.posVersionFor(winner.historySize()),
                winner.distance());
    }

    /**
     * Proves from the plot itself.
     *
     * @param wanted asked now and then
     * @throws java.util.concurrent.CancellationException where the solution is not wanted any more
     * @return empty where the chunk cannot be proven
     * @throws SectorException where the sector is damaged, which has been reported then
     */
    Optional<Solution> prove(ProofRequest request, Prover prover, BooleanSupplier wanted)
            throws IOException, SectorException {
        int sector = request.sectorIndex();
        try {
            Optional<Solution> solution = prover.fromPlot(
                    new Prover.Task(
                            request.publicKey(),
                            request.rewardAddress(),
                            sector,
                            request.historySize(),
                            request.pieceOffset(),
                            request.sBucket(),
                            request.posVersion()),
                    farm.metadata(sector),
                    contents.get(sector, request.historySize(), proofs),
                    proofs.sector(sector, method, disk, PROOF_READS),
                    mode,
                    wanted);
            failedProofs.remove(sector);
            return solution;
        } catch (SectorException e) {
            if (isUnchanged(request)) {
                if (e.kind() == SectorException.Kind.UNREADABLE_CHUNK) {
                    countFailure(failedProofs, sector, String.valueOf(e.getMessage()));
                } else {
                    giveUp(sector, ReasonCode.CORRUPT, String.valueOf(e.getMessage()));
                }
            }
            throw e;
        } catch (IOException e) {
            if (isUnchanged(request)) {
                if (e instanceof FarmException fault && fault.kind() == FarmException.Kind.CORRUPT) {
                    giveUp(sector, ReasonCode.CORRUPT, String.valueOf(e.getMessage()));
                } else {
                    countFailure(failedProofs, sector, e.toString());
                }
            }
            throw e;
        }
    }

    /** A sector that is replaced while it is read looks damaged too. */
    private boolean isUnchanged(ProofRequest request) {
        int sector = request.sectorIndex();
        return !closed
                && farm.isStored(sector)
                && !farm.isModifying(sector)
                && farm.historySize(sector) == request.historySize();
    }

    private void countFailure(Map<Integer, Integer> failures, int sector, String what) throws IOException {
        if (failures.merge(sector, 1, Integer::sum) >= MOST_FAILED_READS) {
            failures.remove(sector);
            giveUp(sector, ReasonCode.FARM_ERROR, what + ", " + MOST_FAILED_READS + " times in a row");
        }
    }

    private void giveUp(int sector, ReasonCode reason, String what) throws IOException {
        contents.forget(sector);
        if (farm.markDamaged(sector)) {
            damage.found(sector, reason, what);
        }
    }

    /** Reads that have begun are waited for: one that were dropped from the queue would leave its audit waiting for ever. */
    @Override
    public void close() {
        closed = true;
        try {
            disk.shutdown();
            if (!disk.awaitTermination(CLOSING.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("{}: reads from the disk do not end", name());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            auditor.close();
            proofs.close();
        } catch (IOException e) {
            LOG.warn("{}: {}", name(), e.toString());
        }
    }
}
