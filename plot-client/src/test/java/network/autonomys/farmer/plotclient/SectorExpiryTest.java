package network.autonomys.farmer.plotclient;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalLong;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.sector.SectorIds;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.testkit.Recipe;
import org.junit.jupiter.api.Test;

class SectorExpiryTest {
    private static final Bytes KEY = Bytes.of(Recipe.xof("key", 32));
    private static final int LIFETIME = 4;

    /** Headers of segments below this index are known. */
    private long known;

    private final SectorExpiry expiry = new SectorExpiry(
            segment -> segment >= 0 && segment < known ? Optional.of(commitment(segment)) : Optional.empty());

    private static Bytes commitment(long segment) {
        return Bytes.of(Recipe.xof("commitment " + segment, 48));
    }

    @Test
    void itIsKnownWithTheHeaderOfItsSegment() {
        known = 6;
        assertThat(expiry.historySize(KEY, 3, 3, LIFETIME)).isEmpty();
        assertThat(expiry.isExpired(KEY, 3, 3, LIFETIME, 1000))
                .as("nobody can know")
                .isFalse();
        known = 7;
        Bytes sectorId = SectorIds.sectorId(Blake3.hash(KEY), 3, 3);
        OptionalLong expected = SectorIds.expiration(sectorId, 3, commitment(6), LIFETIME);
        assertThat(expected).isPresent();
        assertThat(expiry.historySize(KEY, 3, 3, LIFETIME)).isEqualTo(expected);
    }

    @Test
    void aSectorIsExpiredFromThatHistorySizeOn() {
        known = 1000;
        for (int sector = 0; sector < 50; sector++) {
            long expires = expiry.historySize(KEY, sector, 3, LIFETIME).orElseThrow();
            assertThat(expires).isBetween(7L, 15L);
            assertThat(expiry.isExpired(KEY, sector, 3, LIFETIME, expires - 1)).isFalse();
            assertThat(expiry.isExpired(KEY, sector, 3, LIFETIME, expires)).isTrue();
            assertThat(expiry.isExpired(KEY, sector, 3, LIFETIME, expires + 1)).isTrue();
        }
    }
}
