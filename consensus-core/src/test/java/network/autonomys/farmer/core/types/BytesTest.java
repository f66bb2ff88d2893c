package network.autonomys.farmer.core.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import network.autonomys.farmer.core.hash.Blake2b;
import network.autonomys.farmer.core.sector.Challenges;
import network.autonomys.farmer.core.sector.SectorIds;
import network.autonomys.farmer.core.sector.SolutionRanges;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.junit.jupiter.api.Test;

class BytesTest {

    @Test
    void areImmutable() {
        byte[] source = {1, 2, 3};
        Bytes bytes = Bytes.of(source);
        source[0] = 9;
        bytes.toArray()[1] = 9;
        assertThat(bytes.hex()).isEqualTo("010203");
        assertThat(bytes).isEqualTo(Bytes.fromHex("010203")).hasSameHashCodeAs(Bytes.fromHex("010203"));
    }

    @Test
    void compareAsUnsignedBytes() {
        assertThat(Bytes.fromHex("7f")).isLessThan(Bytes.fromHex("80"));
        assertThat(Bytes.fromHex("8000")).isGreaterThan(Bytes.fromHex("80"));
        assertThat(Bytes.EMPTY).isLessThan(Bytes.zeros(1));
    }

    @Test
    void readNumbersAndParts() {
        Bytes bytes = Bytes.fromHex("ffee0102030405060708");
        assertThat(bytes.le16(0)).isEqualTo(0xeeff);
        assertThat(bytes.le64(2)).isEqualTo(0x0807060504030201L);
        assertThat(bytes.slice(2, 4)).isEqualTo(Bytes.fromHex("0102"));
        assertThat(bytes.matches(HexFormat.of().parseHex("00ffee0102030405060708"), 1))
                .isTrue();
        assertThat(bytes.matches(new byte[9], 0)).isFalse();
        assertThat(bytes.matches(new byte[20], -1)).isFalse();
        byte[] target = new byte[4];
        bytes.copyTo(8, target, 1, 2);
        assertThat(target).containsExactly(0, 7, 8, 0);
    }

    @Test
    void refuseWrongSizes() {
        Bytes hash = Bytes.zeros(32);
        Bytes point = Bytes.zeros(48);
        assertThatThrownBy(() -> new SlotInfo(1, point, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SectorIds.sectorId(hash, 65536, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SectorIds.sectorId(point, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SectorIds.evaluationSeed(point, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Challenges.mask(hash, hash)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Challenges.sectorSlotChallenge(hash, point))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SolutionRanges.fromPieces(0, new SlotProbability(1, 6)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SolutionRanges.next(5, 4, new SlotProbability(1, 6), 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PotParametersChange(1, 0, hash)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PotParametersChange(1, 1L << 32, hash))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void votingRangeSaturates() {
        assertThat(SolutionRanges.voting(6148914691236495L, 9)).isEqualTo(61489146912364950L);
        assertThat(SolutionRanges.voting(-1, 9)).isEqualTo(-1);
    }

    @Test
    void blake2bAgreesWithAnotherImplementation() {
        Random random = new Random(5);
        for (int length = 0; length < 600; length += length < 140 ? 1 : 37) {
            byte[] data = new byte[length];
            random.nextBytes(data);
            assertThat(Blake2b.hash256(data)).isEqualTo(oracle(256, data));
            assertThat(Blake2b.hash512(data)).isEqualTo(oracle(512, data));
        }
        byte[] joined = "SS58PREx".getBytes(StandardCharsets.US_ASCII);
        assertThat(Blake2b.hash512("SS58PRE".getBytes(StandardCharsets.US_ASCII), new byte[] {'x'}))
                .isEqualTo(oracle(512, joined));
    }

    private static byte[] oracle(int bits, byte[] data) {
        Blake2bDigest digest = new Blake2bDigest(bits);
        digest.update(data, 0, data.length);
        byte[] out = new byte[bits / 8];
        digest.doFinal(out, 0);
        return out;
    }
}
