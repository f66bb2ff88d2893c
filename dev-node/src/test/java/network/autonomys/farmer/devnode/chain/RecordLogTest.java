package network.autonomys.farmer.devnode.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordLogTest {
    private static byte[] record(int i) {
        byte[] record = new byte[17 * i];
        new Random(i).nextBytes(record);
        return record;
    }

    @Test
    void whateverACrashLeavesTheWholeRecordsSurvive(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("log");
        try (RecordLog log = RecordLog.open(file)) {
            for (int i = 0; i < 5; i++) {
                log.append(record(i));
            }
        }
        byte[] whole = Files.readAllBytes(file);
        int lastStart = whole.length - 8 - record(4).length;
        for (int cut = lastStart; cut <= whole.length; cut++) {
            Files.write(file, Arrays.copyOf(whole, cut));
            int expected = cut == whole.length ? 5 : 4;
            try (RecordLog log = RecordLog.open(file)) {
                assertThat(log.size()).isEqualTo(expected);
                assertThat(log.get(3)).isEqualTo(record(3));
                log.append(record(9));
            }
            try (RecordLog log = RecordLog.open(file)) {
                assertThat(log.size()).isEqualTo(expected + 1);
                assertThat(log.get(expected)).isEqualTo(record(9));
            }
        }
        // A flipped bit ends the log at that record.
        byte[] flipped = whole.clone();
        flipped[lastStart + 8] ^= 1;
        Files.write(file, flipped);
        try (RecordLog log = RecordLog.open(file)) {
            assertThat(log.size()).isEqualTo(4);
            log.truncate(2);
            assertThat(log.size()).isEqualTo(2);
            log.appendLazily(record(1));
            assertThat(log.get(2)).isEqualTo(record(1));
        }
    }
}
