package network.autonomys.farmer.plotclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FarmArgumentTest {
    @Test
    void readsTheOperatorsForm() {
        FarmArgument farm = FarmArgument.parse("path=/mnt/nvme0n1/,sectors=8000");
        assertThat(farm.path()).isEqualTo(Path.of("/mnt/nvme0n1"));
        assertThat(farm.sectors()).hasValue(8000);
        assertThat(farm.size()).isEmpty();
    }

    @Test
    void readsSizeAndMode() {
        FarmArgument farm = FarmArgument.parse("size=2TiB,record-chunks-mode=WholeSector,path=x");
        assertThat(farm.size()).hasValue(2L << 40);
        assertThat(farm.mode()).isEqualTo(FarmArgument.RecordChunksMode.WHOLE_SECTOR);
        assertThat(FarmArgument.parse("path=x,sectors=auto").sectors()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "path=x",
                "sectors=5",
                "path=,sectors=5",
                "path=x,sectors=0",
                "path=x,sectors=65535",
                "path=x,sectors=-1",
                "path=x,sectors=many",
                "path=x,sectors=1,size=1GB",
                "path=x,size=1XB",
                "path=x,size=99999999999TB",
                "path=x,colour=red,sectors=1",
                "path=x,record-chunks-mode=fast,sectors=1",
                ""
            })
    void refusesWhatItDoesNotUnderstand(String text) {
        assertThatThrownBy(() -> FarmArgument.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
