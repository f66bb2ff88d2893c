package network.autonomys.farmer.plotclient;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import network.autonomys.farmer.core.sector.SectorIds;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.HistorySizes;

/**
 * When sectors expire: it depends on the commitment of a segment that was archived after them (sectors-farms §1), so it is known once that segment's
 * header is.
 */
final class SectorExpiry {
    private final LongFunction<Optional<Bytes>> commitments;

    /**
     * @param commitments commitment of a segment by its index, empty where its header is not known
     */
    SectorExpiry(LongFunction<Optional<Bytes>> commitments) {
        this.commitments = commitments;
    }

    /**
     * The history size from which on the chain refuses the sector's solutions.
     *
     * @param minLifetime the protocol's least lifetime of sectors, in segments
     * @return empty while it cannot be known
     */
    OptionalLong historySize(Bytes publicKey, int sectorIndex, long historySize, long minLifetime) {
        OptionalLong check = HistorySizes.expirationCheck(historySize, minLifetime);
        Optional<Bytes> commitment = check.isEmpty() ? Optional.empty() : commitments.apply(check.getAsLong() - 1);
        if (commitment.isEmpty()) {
            return OptionalLong.empty();
        }
        Bytes sectorId = SectorIds.sectorId(SectorIds.publicKeyHash(publicKey), sectorIndex, historySize);
        return SectorIds.expiration(sectorId, historySize, commitment.get(), minLifetime);
    }

    /** True where the sector is known to be expired when the chain has this history size. */
    boolean isExpired(Bytes publicKey, int sectorIndex, long historySize, long minLifetime, long currentHistorySize) {
        OptionalLong expires = historySize(publicKey, sectorIndex, historySize, minLifetime);
        return expires.isPresent() && Long.compareUnsigned(expires.getAsLong(), currentHistorySize) <= 0;
    }
}
