package network.autonomys.farmer.runtime.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How much memory this host can still give. */
final class FreeMemory {
    private static final Logger LOG = LoggerFactory.getLogger(FreeMemory.class);
    private static final Path MEMINFO = Path.of("/proc/meminfo");
    private static final String AVAILABLE = "MemAvailable:";

    private FreeMemory() {}

    /** Bytes available by the kernel's account; 0 where it cannot be asked. */
    static long bytes() {
        try (Stream<String> lines = Files.lines(MEMINFO)) {
            return lines.filter(line -> line.startsWith(AVAILABLE))
                    .map(line ->
                            line.substring(AVAILABLE.length()).replace("kB", "").strip())
                    .mapToLong(kib -> Long.parseLong(kib) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | NumberFormatException e) {
            LOG.warn("{} cannot be read: {}", MEMINFO, e.toString());
            return 0;
        }
    }
}
