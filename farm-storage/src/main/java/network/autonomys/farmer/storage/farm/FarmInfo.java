package network.autonomys.farmer.storage.farm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.storage.io.DurableFiles;

/**
 * What single_disk_farm.json says of a farm (sectors-farms §7.1).
 *
 * @param id ULID of the farm
 * @param genesisHash the chain it farms, 32 bytes
 * @param publicKey its key, 32 bytes
 * @param piecesInSector records of a sector, u16
 * @param allocatedSpace bytes that it may use, u64
 */
public record FarmInfo(InstanceId id, Bytes genesisHash, Bytes publicKey, int piecesInSector, long allocatedSpace) {
    /** The file's name in the farm's folder. */
    public static final String FILE = "single_disk_farm.json";

    private static final long MAX_BYTES = 64 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Checks lengths and ranges. */
    public FarmInfo {
        if (genesisHash.length() != 32 || publicKey.length() != 32) {
            throw new IllegalArgumentException("genesis hash and public key have 32 bytes each");
        }
        if (piecesInSector < 1 || piecesInSector > 0xffff) {
            throw new IllegalArgumentException("pieces in sector " + piecesInSector);
        }
    }

    /**
     * Reads the text.
     *
     * @throws FarmException where it is none of a farm
     */
    public static FarmInfo parse(String text, Path file) throws FarmException {
        try {
            JsonNode v0 = JSON.readTree(text).path("v0");
            JsonNode pieces = v0.path("piecesInSector");
            JsonNode space = v0.path("allocatedSpace");
            if (!v0.isObject() || !pieces.isInt() || !space.isIntegralNumber()) {
                throw new FarmException(
                        FarmException.Kind.CORRUPT, file + ": no farm info of version 0 with its five fields");
            }
            return new FarmInfo(
                    InstanceId.parse(v0.path("id").asText()),
                    Bytes.fromHex(v0.path("genesisHash").asText()),
                    Bytes.fromHex(v0.path("publicKey").asText()),
                    pieces.intValue(),
                    Long.parseUnsignedLong(space.asText()));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new FarmException(
                    FarmException.Kind.CORRUPT, file + ": " + firstLine(String.valueOf(e.getMessage())), e);
        }
    }

    /** Reads a farm's info file. */
    public static FarmInfo read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (Files.size(file) > MAX_BYTES) {
            throw new FarmException(FarmException.Kind.CORRUPT, file + ": too long for a farm info");
        }
        return parse(Files.readString(file, StandardCharsets.ISO_8859_1), file);
    }

    /** The text, compact and without a newline at its end. */
    public String text() {
        ObjectNode v0 = JSON.createObjectNode();
        v0.put("id", id.toString());
        v0.put("genesisHash", genesisHash.hex());
        v0.put("publicKey", publicKey.hex());
        v0.put("piecesInSector", piecesInSector);
        v0.put("allocatedSpace", new BigInteger(Long.toUnsignedString(allocatedSpace)));
        return JSON.createObjectNode().<ObjectNode>set("v0", v0).toString();
    }

    /**
     * Writes the info file. It is written in place, because the farm's lock is held on this very file: a rename would leave the lock on the
     * old one.
     */
    public void write(Path folder) throws IOException {
        try (FileChannel channel =
                FileChannel.open(folder.resolve(FILE), StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
            ByteBuffer text = ByteBuffer.wrap(text().getBytes(StandardCharsets.UTF_8));
            int length = text.remaining();
            while (text.hasRemaining()) {
                channel.write(text, text.position());
            }
            channel.truncate(length);
            channel.force(true);
        }
    }

    /** Writes the info file of a new farm, which nobody has locked yet: it is there whole or not at all. */
    void create(Path folder) throws IOException {
        DurableFiles.replace(folder.resolve(FILE), text().getBytes(StandardCharsets.UTF_8));
    }

    /** The same farm with another allocation. */
    public FarmInfo withAllocatedSpace(long bytes) {
        return new FarmInfo(id, genesisHash, publicKey, piecesInSector, bytes);
    }

    /**
     * What an operator wants to know of the farm, as the reference farmer prints it.
     *
     * @param number of the farm in a list, from 0
     */
    public List<String> describe(int number) {
        return List.of(
                "Single disk farm " + number + ":",
                "  ID: " + id,
                "  Genesis hash: 0x" + genesisHash.hex(),
                "  Public key: 0x" + publicKey.hex(),
                "  Allocated space: " + size(1024, "KMGTPE", "iB") + " (" + size(1000, "kMGTPE", "B") + ")");
    }

    private String size(int step, String prefixes, String unit) {
        double value = new BigInteger(Long.toUnsignedString(allocatedSpace)).doubleValue();
        int prefix = -1;
        while (value >= step && prefix + 1 < prefixes.length()) {
            value /= step;
            prefix++;
        }
        return prefix < 0
                ? allocatedSpace + " B"
                : String.format(Locale.ROOT, "%.1f %c%s", value, prefixes.charAt(prefix), unit);
    }

    private static String firstLine(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }
}
