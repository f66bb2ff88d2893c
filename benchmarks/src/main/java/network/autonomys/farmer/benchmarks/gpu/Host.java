package network.autonomys.farmer.benchmarks.gpu;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the host says about itself and this process. */
final class Host {
    private Host() {}

    /** The processor's features. */
    static String flags() throws IOException {
        return line(Path.of("/proc/cpuinfo"), "flags");
    }

    /** The processor's name. */
    static String model() throws IOException {
        return line(Path.of("/proc/cpuinfo"), "model name").trim();
    }

    /** What the driver's module in the kernel says of itself; empty where there is none. */
    static String driver() throws IOException {
        return line(Path.of("/proc/driver/nvidia/version"), "NVRM version").trim();
    }

    /** The most memory that this process had, in KiB. */
    static long peakMemory() throws IOException {
        String text =
                line(Path.of("/proc/self/status"), "VmHWM").replace("kB", "").trim();
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }

    /** Processor time of this process in nanoseconds. */
    static long processorTime() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static String line(Path file, String name) throws IOException {
        if (!Files.isReadable(file)) {
            return "";
        }
        List<String> lines = Files.readAllLines(file);
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1))
                .findFirst()
                .orElse("");
    }
}
