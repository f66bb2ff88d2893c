package network.autonomys.farmer.storage.spool;

import java.util.Arrays;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.scale.ScaleException;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.protocol.message.PlotJob;

/**
 * One encoded sector in the spool.
 *
 * @param job the job it was encoded for, with its attempt
 * @param sectorBytes bytes of the sector
 * @param metadataBytes bytes of its metadata, which follow the sector
 * @param contentHash BLAKE3 of sector and metadata, 32 bytes
 */
public record SpoolEntry(PlotJob job, long sectorBytes, long metadataBytes, Bytes contentHash) {
    private static final Bytes MAGIC = Bytes.fromHex("4146535000000001");
    private static final int HASH = 32;

    /** Checks lengths. */
    public SpoolEntry {
        if (sectorBytes < 0 || metadataBytes < 0 || sectorBytes + metadataBytes < 0 || contentHash.length() != HASH) {
            throw new IllegalArgumentException("a sector of " + sectorBytes + " + " + metadataBytes + " bytes");
        }
    }

    /** Name of the entry's files without their endings. */
    public String name() {
        return job.job() + "-" + job.attempt();
    }

    /** Bytes of sector and metadata together. */
    public long totalBytes() {
        return sectorBytes + metadataBytes;
    }

    /** The entry's file: magic with the version, the fields, and a checksum of all that. */
    byte[] encode() {
        ScaleWriter out = new ScaleWriter();
        out.writeBytes(MAGIC);
        job.write(out);
        out.writeU64(sectorBytes);
        out.writeU64(metadataBytes);
        out.writeBytes(contentHash);
        out.writeBytes(Bytes.of(Blake3.hash(out.toByteArray())));
        return out.toByteArray();
    }

    /**
     * Reads an entry's file.
     *
     * @throws ScaleException where it is none, or damaged
     */
    static SpoolEntry decode(byte[] bytes) {
        if (bytes.length < HASH
                || !Arrays.equals(
                        Blake3.hash(Arrays.copyOf(bytes, bytes.length - HASH)),
                        Arrays.copyOfRange(bytes, bytes.length - HASH, bytes.length))) {
            throw new ScaleException("not a whole spool entry");
        }
        ScaleReader in = new ScaleReader(bytes);
        if (!in.readBytes(MAGIC.length()).equals(MAGIC)) {
            throw new ScaleException("no spool entry of version 1");
        }
        try {
            SpoolEntry entry = new SpoolEntry(PlotJob.read(in), in.readU64(), in.readU64(), in.readBytes(HASH));
            in.readBytes(HASH);
            in.requireEnd();
            return entry;
        } catch (IllegalArgumentException e) {
            throw new ScaleException("spool entry out of range: " + e.getMessage());
        }
    }
}
