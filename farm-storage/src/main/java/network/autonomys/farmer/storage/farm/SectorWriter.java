package network.autonomys.farmer.storage.farm;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import network.autonomys.farmer.core.sector.SectorMetadata;

/** Writes one sector of a farm: blocks in order, then its metadata. A writer that is closed without a commit leaves no sector. */
public final class SectorWriter implements AutoCloseable {
    private final Farm farm;
    private final int sectorIndex;
    private final long sectorBytes;
    private long written;
    private boolean open = true;

    SectorWriter(Farm farm, int sectorIndex, long sectorBytes) {
        this.farm = farm;
        this.sectorIndex = sectorIndex;
        this.sectorBytes = sectorBytes;
    }

    /** Bytes written so far: where the next block belongs. */
    public long written() {
        return written;
    }

    /**
     * Writes the next block.
     *
     * @throws IllegalArgumentException where the block would pass the sector's end
     */
    public void append(MemorySegment block) throws IOException {
        if (!open || written + block.byteSize() > sectorBytes) {
            throw new IllegalArgumentException("sector " + sectorIndex + ": " + block.byteSize() + " bytes after "
                    + written + " of " + sectorBytes);
        }
        farm.writePlot(sectorIndex, written, block);
        written += block.byteSize();
    }

    /**
     * Makes the sector durable and lets it count.
     *
     * @throws IllegalArgumentException where bytes are missing or the metadata is not of this sector and farm
     */
    public void commit(SectorMetadata metadata) throws IOException {
        if (!open || written != sectorBytes) {
            throw new IllegalArgumentException(
                    "sector " + sectorIndex + ": " + written + " of " + sectorBytes + " bytes are written");
        }
        if (metadata.sectorIndex() != sectorIndex
                || metadata.pieces() != farm.info().piecesInSector()) {
            throw new IllegalArgumentException("metadata of " + metadata + " for sector " + sectorIndex);
        }
        farm.commit(sectorIndex, metadata);
        open = false;
    }

    /** Gives the sector up where it was not committed. */
    @Override
    public void close() {
        if (open) {
            open = false;
            farm.release(sectorIndex);
        }
    }
}
