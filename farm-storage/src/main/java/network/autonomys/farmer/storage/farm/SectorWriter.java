package network.autonomys.farmer.storage.farm;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.sector.SectorLayout;
import network.autonomys.farmer.core.sector.SectorMetadata;
import network.autonomys.farmer.core.types.Bytes;

/**
 * Writes one sector of a farm: blocks in order, then its metadata. What arrives is hashed and compared with the hash at the sector's end. A
 * writer that is closed without a commit leaves no sector.
 */
public final class SectorWriter implements AutoCloseable {
    private static final int HASHED_AT_ONCE = 1 << 18;

    private final Farm farm;
    private final int sectorIndex;
    private final long sectorBytes;
    private final Blake3.Hasher hasher = Blake3.hasher();
    private final byte[] storedHash = new byte[SectorLayout.HASH];
    private byte[] buffer = new byte[0];
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
        hash(block);
        written += block.byteSize();
    }

    private void hash(MemorySegment block) {
        long hashed = Math.clamp(sectorBytes - SectorLayout.HASH - written, 0, block.byteSize());
        if (buffer.length == 0) {
            buffer = new byte[HASHED_AT_ONCE];
        }
        for (long at = 0; at < hashed; at += HASHED_AT_ONCE) {
            int length = (int) Math.min(HASHED_AT_ONCE, hashed - at);
            MemorySegment.copy(block, ValueLayout.JAVA_BYTE, at, buffer, 0, length);
            hasher.update(buffer, 0, length);
        }
        int rest = (int) (block.byteSize() - hashed);
        int from = (int) (written + hashed - (sectorBytes - SectorLayout.HASH));
        if (rest > 0) {
            MemorySegment.copy(block, ValueLayout.JAVA_BYTE, hashed, storedHash, from, rest);
        }
    }

    /**
     * Makes the sector durable and lets it count.
     *
     * @throws IllegalArgumentException where bytes are missing or the metadata is not of this sector and farm
     * @throws FarmException where the bytes do not have the hash at their end or the metadata is not that of a whole sector
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
        if (!Arrays.equals(hasher.digest(), storedHash)
                || !AuditIndex.isConsistent(metadata)
                || new AuditIndex(metadata).isEmpty()) {
            throw new FarmException(
                    FarmException.Kind.CORRUPT,
                    "sector " + sectorIndex + " arrived damaged: hash " + Bytes.of(hasher.digest()) + ", at its end "
                            + Bytes.of(storedHash) + ", metadata of " + metadata);
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
