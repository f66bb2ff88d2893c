package network.autonomys.farmer.runtime.cache;

import java.nio.file.Path;
import java.util.OptionalLong;
import network.autonomys.farmer.runtime.settings.ByteSize;

/**
 * A cache named on the command line: {@code path=DIR[,size=SIZE]} (cluster-and-cli §2.2).
 *
 * @param path the cache's directory
 * @param size bytes that its pieces may take; empty for what the file system has
 */
public record CacheArgument(Path path, OptionalLong size) {
    /**
     * Parses one argument.
     *
     * @throws IllegalArgumentException saying what is wrong with which part
     */
    public static CacheArgument parse(String text) {
        Path path = null;
        OptionalLong size = OptionalLong.empty();
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            String key = equals < 0 ? part : part.substring(0, equals);
            String value = equals < 0 ? "" : part.substring(equals + 1);
            if (value.isEmpty()) {
                throw new IllegalArgumentException("\"" + part + "\" in \"" + text + "\" has no value; " + form());
            }
            switch (key) {
                case "path" -> path = Path.of(value);
                case "size" -> size = OptionalLong.of(ByteSize.parse(value));
                default -> throw new IllegalArgumentException("unknown \"" + key + "\" in \"" + text + "\"; " + form());
            }
        }
        if (path == null) {
            throw new IllegalArgumentException("no path= in \"" + text + "\"; " + form());
        }
        return new CacheArgument(path, size);
    }

    private static String form() {
        return "write path=DIR or path=DIR,size=SIZE";
    }
}
