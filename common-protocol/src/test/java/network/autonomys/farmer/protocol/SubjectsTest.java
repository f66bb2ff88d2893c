package network.autonomys.farmer.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import network.autonomys.farmer.core.types.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectsTest {
    private static final InstanceId ID = InstanceId.parse("01ARZ3NDEKTSV4RRFFQ69G5FAV");

    @Test
    void subjectsAreThoseOfTheTable() {
        Subjects subjects = new Subjects("main");
        assertThat(subjects.up(Role.PLOT_CLIENT, ID)).isEqualTo("af.main.up.plot-client.01ARZ3NDEKTSV4RRFFQ69G5FAV");
        assertThat(subjects.sign(Bytes.fromHex("00ff"))).isEqualTo("af.main.sign.00ff");
        assertThat(subjects.plotJob(3, ID)).isEqualTo("af.main.job.plot.3.01ARZ3NDEKTSV4RRFFQ69G5FAV");
        assertThat(subjects.plotJobV2(3, ID)).isEqualTo("af.main.job.plot.3-v2.01ARZ3NDEKTSV4RRFFQ69G5FAV");
        assertThat(Subjects.isPlotJobV2(subjects.plotJobV2(0, ID))).isTrue();
        assertThat(Subjects.isPlotJobV2(subjects.plotJob(0, ID))).isFalse();
        assertThat(subjects.header(-1)).isEqualTo("af.main.header.18446744073709551615");
        assertThat(subjects.event("error", "farm.stopped")).isEqualTo("af.main.event.error.farm.stopped");
        assertThat(subjects.resource("jobs")).isEqualTo("af_jobs");
        assertThat(new Subjects("b").resource("jobs")).isEqualTo("af_jobs_b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b", "a b", "*", ">", "abcdefghijklmnopqrstuvwxyz0123456"})
    void otherClusterNamesAreRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Subjects(name));
    }
}
