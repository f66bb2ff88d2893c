package network.autonomys.farmer.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How far threads give way, as the kernel says. */
public final class Niceness {
    private Niceness() {}

    public static int ofThisThread() {
        try {
            return of(Path.of("/proc/thread-self"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Of any thread.
     *
     * @param thread its folder below {@code /proc/PID/task}
     */
    public static int of(Path thread) throws IOException {
        // Field 19; the name in field 2 may contain blanks.
        String stat = Files.readString(thread.resolve("stat"));
        return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[16]);
    }
}
