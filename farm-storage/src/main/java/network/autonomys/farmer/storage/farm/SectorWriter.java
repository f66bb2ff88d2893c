package network.autonomys.farmer.storage.farm;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.sector.SectorLayout;
import network.autonomys.farmer.core.sector.SectorMetadata;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.storage.io.DirectFile;

/**
 * Writes one sector of a farm at its place: blocks in order, then its metadata. What arrives is hashed and compared with the hash at the sector's
 * end. A writer that is closed without a commit leaves no sector, and so does one whose disk failed.
 *
 * <p>Blocks of any length reach the disk in writes of {@value #WRITTEN_AT_ONCE} bytes that begin and end between pages, so that only the first and
 * the last page of the sector, which neighbours share, are read before they are written.
 */
public final class SectorWriter implements AutoCloseable {
    private static final int WRITTEN_AT_ONCE = 1 << 20;

    private final Farm farm;
    private final int sectorIndex;
    private final long start;
    private final long sectorBytes;
    private final Blake3.Hasher hasher = Blake3.hasher();
    private final byte[] storedHash = new byte[SectorLayout.HASH];
    /** Bytes that are not yet in the plot: from {@link #flushed} on. */
    private final byte[] stage = new byte[WRITTEN_AT_ONCE];

    private int staged;
    private long flushed;
    private boolean open = true;

    /**
     * @param start where the sector begins in the plot
     */
    SectorWriter(Farm farm, int sectorIndex, long start, long sectorBytes) {
        this.farm = farm;
        this.sectorIndex = sectorIndex;
        this.start = start;
        this.sectorBytes = sectorBytes;
    }

    /** Bytes taken so far: where the next block belongs. */
    public long written() {
        return flushed + staged;
    }

    /**
     * Takes the next block; it need not be in the plot when this returns.
     *
     * @throws IllegalArgumentException where the block would pass the sector's end, or the writer is closed
     * @throws IOException where the disk fails; the writer is closed then
     */
    public void append(MemorySegment block) throws IOException {
        if (!open || written() + block.byteSize() > sectorBytes) {
            throw new IllegalArgumentException("sector " + sectorIndex + ": " + block.byteSize() + " bytes after "
                    + written() + " of " + sectorBytes);
        }
        long taken = 0;
        while (taken < block.byteSize()) {
            // Up to the end of a page: the first write is shorter, so that the others are of whole pages.
            int room = WRITTEN_AT_ONCE - (int) ((start + flushed) % DirectFile.PAGE) - staged;
            int length = (int) Math.min(room, block.byteSize() - taken);
            MemorySegment.copy(block, ValueLayout.JAVA_BYTE, taken, stage, staged, length);
            staged += length;
            taken += length;
            if (length == room) {
                flush();
            }
        }
    }

    private void flush() throws IOException {
        try {
            farm.writePlot(start + flushed, MemorySegment.ofArray(stage).asSlice(0, staged));
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
        int hashed = Math.clamp(sectorBytes - SectorLayout.HASH - flushed, 0, staged);
        hasher.update(stage, 0, hashed);
        int at = (int) (flushed + hashed - (sectorBytes - SectorLayout.HASH));
        if (staged > hashed) {
            System.arraycopy(stage, hashed, storedHash, at, staged - hashed);
        }
        flushed += staged;
        staged = 0;
    }

    /**
     * Makes the sector durable and lets it count.
     *
     * @throws IllegalArgumentException where bytes are missing or the metadata is not of this sector and farm
     * @throws FarmException where the bytes do not have the hash at their end or the metadata is not that of a whole sector
     */
    public void commit(SectorMetadata metadata) throws IOException {
        if (!open || written() != sectorBytes) {
            throw new IllegalArgumentException(
                    "sector " + sectorIndex + ": " + written() + " of " + sectorBytes + " bytes are written");
        }
        if (metadata.sectorIndex() != sectorIndex
                || metadata.pieces() != farm.info().piecesInSector()) {
            throw new IllegalArgumentException("metadata of " + metadata + " for sector " + sectorIndex);
        }
        flush();
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
