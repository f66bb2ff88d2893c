package network.autonomys.farmer.plotclient;

import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A farm named on the command line: {@code path=DIR,sectors=N|auto} or {@code path=DIR,size=SIZE}, in any order (cluster-and-cli §2.2).
 *
 * @param path the farm's folder
 * @param sectors number of sectors, 1 to 65 534; empty for as many as fit
 * @param size bytes that the farm may use in all; empty where sectors were given
 * @param mode how records are read back from the plot
 */
record FarmArgument(Path path, OptionalInt sectors, OptionalLong size, RecordChunksMode mode) {
    static final int MAX_SECTORS = 65_534;

    /** How the chunks of a record are read (sectors-farms §4). */
    enum RecordChunksMode {
        CONCURRENT_CHUNKS,
        WHOLE_SECTOR
    }

    /**
     * Parses one argument.
     *
     * @throws IllegalArgumentException saying what is wrong with which part
     */
    static FarmArgument parse(String text) {
        Path path = null;
        OptionalInt sectors = OptionalInt.empty();
        OptionalLong size = OptionalLong.empty();
        boolean capacity = false;
        RecordChunksMode mode = RecordChunksMode.CONCURRENT_CHUNKS;
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            String key = equals < 0 ? part : part.substring(0, equals);
            String value = equals < 0 ? "" : part.substring(equals + 1);
            if (value.isEmpty()) {
                throw new IllegalArgumentException("\"" + part + "\" in \"" + text + "\" has no value; " + form());
            }
            switch (key) {
                case "path" -> path = Path.of(value);
                case "sectors" -> {
                    sectors = sectors(value);
                    capacity = true;
                }
                case "size" -> {
                    size = OptionalLong.of(network.autonomys.farmer.runtime.settings.ByteSize.parse(value));
                    capacity = true;
                }
                case "record-chunks-mode" -> mode = mode(value);
                default -> throw new IllegalArgumentException("unknown \"" + key + "\" in \"" + text + "\"; " + form());
            }
        }
        if (path == null) {
            throw new IllegalArgumentException("no path= in \"" + text + "\"; " + form());
        }
        if (!capacity || (sectors.isPresent() && size.isPresent())) {
            throw new IllegalArgumentException("\"" + text + "\" needs either sectors= or size=; " + form());
        }
        return new FarmArgument(path, sectors, size, mode);
    }

    private static OptionalInt sectors(String value) {
        if (value.equals("auto")) {
            return OptionalInt.empty();
        }
        try {
            int sectors = Integer.parseInt(value);
            if (sectors >= 1 && sectors <= MAX_SECTORS) {
                return OptionalInt.of(sectors);
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("sectors=" + value + ": not a number", e);
        }
        throw new IllegalArgumentException("sectors=" + value + ": a farm has 1 to " + MAX_SECTORS + " sectors");
    }

    private static RecordChunksMode mode(String value) {
        return switch (value) {
            case "ConcurrentChunks" -> RecordChunksMode.CONCURRENT_CHUNKS;
            case "WholeSector" -> RecordChunksMode.WHOLE_SECTOR;
            default ->
                throw new IllegalArgumentException(
                        "record-chunks-mode=" + value + ": use ConcurrentChunks or WholeSector");
        };
    }

    private static String form() {
        return "write path=DIR,sectors=N (or size=SIZE instead of sectors=)";
    }
}
