package network.autonomys.farmer.storage.farm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.OptionalLong;
import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.core.scale.ScaleException;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.core.sector.SectorMetadata;
import network.autonomys.farmer.storage.io.FileLayer;
import network.autonomys.farmer.storage.io.StoreFile;

/**
 * A farm's metadata.bin: a header, and the metadata of each sector behind the first MiB (sectors-farms §7.5, proof-of-space §2.5). It is read
 * through the page cache, because each audit looks up two numbers in it for every sector.
 */
final class MetadataFile implements AutoCloseable {
    static final String NAME = "metadata.bin";

    /** Most bytes of a header. */
    static final int HEADER_BYTES = 12;

    /**
     * The header.
     *
     * @param version 0, or 1 with a cutover
     * @param plottedSectors sectors that have been plotted: highest index plus one
     * @param cutover history size up to which sectors follow the first proof-of-space rule; only version 1 has it
     */
    record Header(int version, int plottedSectors, OptionalLong cutover) {
        static Header read(byte[] bytes, Path file) throws FarmException {
            try {
                ScaleReader in = new ScaleReader(bytes);
                int version = in.readU8();
                if (version > 1) {
                    throw new FarmException(
                            FarmException.Kind.UNEXPECTED_VERSION,
                            file + ": version " + version + " is newer than this farmer; versions 0 and 1 are known");
                }
                int plotted = in.readU16();
                return new Header(version, plotted, version == 0 ? OptionalLong.empty() : in.readOptionU64());
            } catch (ScaleException e) {
                throw new FarmException(FarmException.Kind.CORRUPT, file + ": unreadable header: " + e.getMessage(), e);
            }
        }

        byte[] encode() {
            ScaleWriter out = new ScaleWriter();
            out.writeU8(version);
            out.writeU16(plottedSectors);
            if (version == 1) {
                out.writeOptionU64(cutover);
            }
            return out.toByteArray();
        }

        Header withPlottedSectors(int count) {
            return new Header(version, count, cutover);
        }

        /** The proof-of-space rule of a sector with this history size. */
        PosVersion posVersion(long historySize) {
            boolean second =
                    version == 1 && (cutover.isEmpty() || Long.compareUnsigned(historySize, cutover.getAsLong()) > 0);
            return second ? PosVersion.V2 : PosVersion.V1;
        }
    }

    private final StoreFile file;
    private volatile Header header;

    private MetadataFile(StoreFile file, Header header) {
        this.file = file;
        this.header = header;
    }

    /** Opens or creates the file for a number of sectors. */
    static MetadataFile open(FileLayer layer, Path folder, SpaceDistribution space) throws IOException {
        StoreFile file = layer.open(folder.resolve(NAME));
        try {
            boolean fresh = file.size() == 0;
            file.allocate(space.metadataFileBytes());
            Header header = new Header(0, 0, OptionalLong.empty());
            MetadataFile metadata = new MetadataFile(file, header);
            if (fresh) {
                metadata.writeHeader(header);
            } else {
                byte[] bytes = new byte[HEADER_BYTES];
                file.read(ByteBuffer.wrap(bytes), 0);
                metadata.header = Header.read(bytes, file.path());
                if (metadata.header.plottedSectors() > space.targetSectors()) {
                    metadata.writeHeader(metadata.header.withPlottedSectors(space.targetSectors()));
                }
            }
            return metadata;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    Header header() {
        return header;
    }

    /** Writes the header and makes it durable. */
    void writeHeader(Header next) throws IOException {
        file.write(ByteBuffer.wrap(next.encode()), 0);
        file.force();
        header = next;
    }

    /** The bytes of one sector's metadata. */
    byte[] read(int sectorIndex) throws IOException {
        byte[] bytes = new byte[SectorMetadata.SIZE];
        file.read(ByteBuffer.wrap(bytes), offset(sectorIndex));
        return bytes;
    }

    /** Writes one sector's metadata and makes it durable. */
    void write(SectorMetadata metadata) throws IOException {
        file.write(ByteBuffer.wrap(metadata.encode()), offset(metadata.sectorIndex()));
        file.force();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    static long offset(int sectorIndex) {
        return SpaceDistribution.RESERVED_METADATA + (long) SectorMetadata.SIZE * sectorIndex;
    }
}
