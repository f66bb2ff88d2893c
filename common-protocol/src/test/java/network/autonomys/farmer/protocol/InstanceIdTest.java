package network.autonomys.farmer.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.InstantSource;
import java.util.SplittableRandom;
import network.autonomys.farmer.core.scale.ScaleReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceIdTest {
    @Test
    void textIsTheUlidOfTheSpecification() {
        // The example of the ULID specification: its time part is 1469922850259.
        InstanceId id = InstanceId.parse("01ARZ3NDEKTSV4RRFFQ69G5FAV");
        assertThat(id.timeMillis()).isEqualTo(1_469_922_850_259L);
        assertThat(id).hasToString("01ARZ3NDEKTSV4RRFFQ69G5FAV");
        assertThat(InstanceId.parse("01arz3ndektsv4rrffq69g5fav")).isEqualTo(id);
        assertThat(new InstanceId(-1, -1)).hasToString("7ZZZZZZZZZZZZZZZZZZZZZZZZZ");
    }

    @Test
    void wireFormIsALittleEndianU128() {
        byte[] bytes = new InstanceId(0x0102030405060708L, 0x090a0b0c0d0e0f10L).encode();
        assertThat(bytes).containsExactly(16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1);
        assertThat(ScaleReader.decode(bytes, InstanceId::read))
                .isEqualTo(new InstanceId(0x0102030405060708L, 0x090a0b0c0d0e0f10L));
    }

    @Test
    void newOnesCarryTheTimeAndSortByIt() {
        SplittableRandom random = new SplittableRandom(1);
        InstantSource early = InstantSource.fixed(Instant.ofEpochMilli(1000));
        InstantSource late = InstantSource.fixed(Instant.ofEpochMilli(2000));
        for (int i = 0; i < 1000; i++) {
            InstanceId a = InstanceId.random(early, random);
            InstanceId b = InstanceId.random(late, random);
            assertThat(a.timeMillis()).isEqualTo(1000);
            assertThat(a).isLessThan(b);
            assertThat(a.toString()).isLessThan(b.toString());
            assertThat(InstanceId.parse(a.toString())).isEqualTo(a);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "01ARZ3NDEKTSV4RRFFQ69G5FA",
                "81ARZ3NDEKTSV4RRFFQ69G5FAV",
                "01ARZ3NDEKTSV4RRFFQ69G5FAU",
                "01ARZ3NDEKTSV4RRFFQ69G5FA\u00e9"
            })
    void otherTextsAreRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> InstanceId.parse(text));
    }
}
