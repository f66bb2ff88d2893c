package network.autonomys.farmer.plotclient;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.autonomys.farmer.core.sector.Audit;
import network.autonomys.farmer.core.sector.Challenges;
import network.autonomys.farmer.core.sector.ContentsMap;
import network.autonomys.farmer.core.sector.Prover;
import network.autonomys.farmer.core.sector.SectorException;
import network.autonomys.farmer.core.sector.SectorIds;
import network.autonomys.farmer.core.sector.SectorReader;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.SlotInfo;
import network.autonomys.farmer.core.types.Solution;
import network.autonomys.farmer.protocol.message.ProofRequest;
import network.autonomys.farmer.storage.farm.Farm;
import network.autonomys.farmer.storage.farm.PlotReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A farm on disk, audited and proven from. Audits run on one thread, local proofs on another; each has its own handle to the plot. Damage that
 * is found on the way is reported, so that the sector is plotted again.
 */
final class StoredFarm implements AuditedFarm, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StoredFarm.class);
    private static final int CONTENTS_MAPS = 16;

    /** Hears of damaged sectors. */
    interface Damage {
        void found(int sectorIndex, String what);
    }

    private record SectorIdentity(long historySize, Bytes sectorId) {}

    private final Farm farm;
    private final Bytes publicKeyHash;
    private final PlotReader audits;
    private final PlotReader proofs;
    private final Damage damage;
    private final SectorReader.Mode mode;
    private final Map<Integer, SectorIdentity> identities = new LinkedHashMap<>();
    private final Map<SectorIdentity, ContentsMap> contents = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SectorIdentity, ContentsMap> eldest) {
            return size() > CONTENTS_MAPS;
        }
    };

    StoredFarm(Farm farm, SectorReader.Mode mode, Damage damage) throws IOException {
        this.farm = farm;
        this.publicKeyHash = SectorIds.publicKeyHash(farm.publicKey());
        this.mode = mode;
        this.damage = damage;
        this.audits = farm.openReader();
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
        List<Candidate> candidates = new ArrayList<>();
        for (int sector = 0; sector < farm.targetSectors(); sector++) {
            if (farm.hasSector(sector) && !farm.isModifying(sector)) {
                audit(sector, slot, candidates);
            }
        }
        candidates.sort(Comparator.comparing(Candidate::distance, Long::compareUnsigned));
        return candidates;
    }

    private void audit(int sector, SlotInfo slot, List<Candidate> candidates) throws IOException {
        SectorIdentity identity = identity(sector);
        Bytes challenge = Challenges.sectorSlotChallenge(identity.sectorId(), slot.globalChallenge());
        int sBucket = Challenges.sBucket(challenge);
        Farm.SBucketRange range = farm.sBucket(sector, sBucket);
        if (range.bytes() == 0) {
            return;
        }
        byte[] chunks = new byte[range.bytes()];
        audits.read(sector, range.offset(), MemorySegment.ofArray(chunks));
        List<Audit.Winner> winners =
                Audit.winners(chunks, chunks.length, challenge, slot.globalChallenge(), slot.votingSolutionRange());
        if (winners.isEmpty()) {
            return;
        }
        try {
            ContentsMap map = contents(sector, identity, audits);
            for (Audit.Winner winner : winners) {
                int record = map.recordAt(sBucket, winner.rank());
                if (record >= 0 && map.isEncoded(record, sBucket)) {
                    candidates.add(new Candidate(
                            sector,
                            identity.historySize(),
                            farm.info().piecesInSector(),
                            record,
                            sBucket,
                            Bytes.copyOf(chunks, 32 * winner.rank(), 32 * winner.rank() + 32),
                            farm.posVersion(sector),
                            winner.distance()));
                }
            }
        } catch (SectorException e) {
            // A sector that is being replaced meanwhile reads as damaged too.
            if (!farm.isModifying(sector) && farm.historySize(sector) == identity.historySize()) {
                damage.found(sector, String.valueOf(e.getMessage()));
            }
        }
    }

    /**
     * Proves from the plot itself.
     *
     * @return empty where the chunk cannot be proven
     * @throws SectorException where the sector is damaged, which has been reported then
     */
    Optional<Solution> prove(ProofRequest request, Prover prover) throws IOException, SectorException {
        int sector = request.sectorIndex();
        SectorIdentity identity = new SectorIdentity(
                request.historySize(), SectorIds.sectorId(publicKeyHash, sector, request.historySize()));
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
                    contents(sector, identity, proofs),
                    proofs.sector(sector),
                    mode);
        } catch (SectorException e) {
            if (!farm.isModifying(sector) && farm.historySize(sector) == request.historySize()) {
                damage.found(sector, String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    private ContentsMap contents(int sector, SectorIdentity identity, PlotReader reader)
            throws IOException, SectorException {
        synchronized (contents) {
            ContentsMap known = contents.get(identity);
            if (known != null) {
                return known;
            }
        }
        ContentsMap map = SectorReader.readContentsMap(farm.layout(), reader.sector(sector));
        synchronized (contents) {
            contents.put(identity, map);
        }
        return map;
    }

    private SectorIdentity identity(int sector) {
        long historySize = farm.historySize(sector);
        synchronized (identities) {
            SectorIdentity known = identities.get(sector);
            if (known == null || known.historySize() != historySize) {
                known = new SectorIdentity(historySize, SectorIds.sectorId(publicKeyHash, sector, historySize));
                identities.put(sector, known);
            }
            return known;
        }
    }

    @Override
    public void close() {
        try {
            audits.close();
            proofs.close();
        } catch (IOException e) {
            LOG.warn("{}: {}", name(), e.toString());
        }
    }
}
