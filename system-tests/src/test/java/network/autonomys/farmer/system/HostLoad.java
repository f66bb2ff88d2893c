package network.autonomys.farmer.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What the host's processors did since a moment, from {@code /proc/stat}; a test of slots on time means something on an idle host only. */
final class HostLoad {
    private static final int IDLE = 3;
    private static final int IO_WAIT = 4;
    private static final int STEAL = 7;

    private final long[] before;

    private HostLoad(long[] before) {
        this.before = before;
    }

    /** Begins to look. */
    static HostLoad begin() throws IOException {
        return new HostLoad(ticks());
    }

    /** Share of processor time since the beginning in which something ran here or another machine had the processor, 0 to 1. */
    double busy() throws IOException {
        long[] spent = spent();
        return 1
                - (double) (spent[IDLE] + spent[IO_WAIT])
                        / Math.max(1, Arrays.stream(spent).sum());
    }

    /** Share of processor time since the beginning that other machines had, 0 to 1. */
    double stolen() throws IOException {
        long[] spent = spent();
        return (double) spent[STEAL] / Math.max(1, Arrays.stream(spent).sum());
    }

    private long[] spent() throws IOException {
        long[] now = ticks();
        for (int i = 0; i < now.length; i++) {
            now[i] -= before[i];
        }
        return now;
    }

    /** User, nice, system, idle, iowait, irq, softirq, steal. */
    private static long[] ticks() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("/proc/stat"));
        return Arrays.stream(lines.getFirst().split(" +"))
                .skip(1)
                .limit(8)
                .mapToLong(Long::parseLong)
                .toArray();
    }
}
