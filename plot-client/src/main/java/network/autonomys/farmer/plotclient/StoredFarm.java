package network.autonomys.farmer.plotclient;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import network.autonomys.farmer.core.sector.Prover;
import network.autonomys.farmer.core.sector.SectorException;
import network.autonomys.farmer.core.sector.SectorReader;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.SlotInfo;
import network.autonomys.farmer.core.types.Solution;
import network.autonomys.farmer.protocol.message.ProofRequest;
import network.autonomys.farmer.storage.farm.ContentsMaps;
import network.autonomys.farmer.storage.farm.Farm;
import network.autonomys.farmer.storage.farm.FarmAuditor;
import network.autonomys.farmer.storage.farm.PlotReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A farm on disk, audited and proven from. Its disk is read by several threads, each with its own handle to the plot. Damage that is found on the way
 * is reported, so that the sector is plotted again.
 */
final class StoredFarm implements AuditedFarm, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StoredFarm.class);
    /** s-buckets of a farm that are read at once. */
    private static final int AUDIT_THREADS = 8;
    /** Chunks of a record that are read at once. */
    private static final int PROOF_READS = 16;

    /** How long reads that have begun are waited for at the end. */
    private static final Duration CLOSING = Duration.ofSeconds(3);

    /** Hears of damaged sectors. */
    interface Damage {
        void found(int sectorIndex, String what);
    }

    private final Farm farm;
    private final ExecutorService disk;
    private final ContentsMaps contents;
    private final FarmAuditor auditor;
    private final PlotReader proofs;
    private final Damage damage;
    private final SectorReader.Mode mode;

    StoredFarm(Farm farm, SectorReader.Mode mode, Damage damage) throws IOException {
        this.farm = farm;
        this.mode = mode;
        this.damage = damage;
        this.contents = new ContentsMaps(farm);
        this.disk = Executors.newFixedThreadPool(
                PROOF_READS,
                Thread.ofPlatform()
                        .name("disk-" + farm.info().id() + "-", 0)
                        .daemon(true)
                        .factory());
        this.auditor = new FarmAuditor(farm, contents, disk, AUDIT_THREADS);
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
        result.damaged().forEach(found -> damage.found(found.sectorIndex(), found.what()));
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
     * @return empty where the chunk cannot be proven
     * @throws SectorException where the sector is damaged, which has been reported then
     */
    Optional<Solution> prove(ProofRequest request, Prover prover) throws IOException, SectorException {
        int sector = request.sectorIndex();
        try {
            return prover.fromPlot(
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
                    proofs.sector(sector, disk, PROOF_READS),
                    mode);
        } catch (SectorException e) {
            if (!farm.isModifying(sector) && farm.historySize(sector) == request.historySize()) {
                damage.found(sector, String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    /** Reads that have begun are waited for: one that were dropped from the queue would leave its audit waiting for ever. */
    @Override
    public void close() {
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
