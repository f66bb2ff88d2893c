package network.autonomys.farmer.core.sector;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** Where the bytes of one stored sector come from. */
@FunctionalInterface
public interface SectorSource {
    /**
     * Fills a buffer with the bytes at an offset from the sector's beginning.
     *
     * @throws IOException where they cannot all be read
     */
    void read(long offset, MemorySegment into) throws IOException;

    /**
     * Reads chunks from many places; a source on a disk does that by many reads at once.
     *
     * @param offsets where the chunks begin, ascending
     * @param into receives 32 bytes each, one after the other
     * @throws IOException where one of them cannot be read
     */
    default void readChunks(long[] offsets, MemorySegment into) throws IOException {
        for (int i = 0; i < offsets.length; i++) {
            read(offsets[i], into.asSlice((long) SectorLayout.CHUNK * i, SectorLayout.CHUNK));
        }
    }

    /**
     * Begins to read chunks from many places; a source on a disk reads while the caller does something else.
     *
     * @param offsets where the chunks begin, ascending
     * @return what they are had from; the caller closes it
     * @throws IOException where no reads can be begun
     */
    default ChunkReads beginChunks(long[] offsets) throws IOException {
        return into -> readChunks(offsets, into);
    }

    /** Reads that may be under way. */
    @FunctionalInterface
    interface ChunkReads extends AutoCloseable {
        /**
         * Waits for the chunks, once.
         *
         * @param into receives 32 bytes each, one after the other
         * @throws IOException where one of them cannot be read
         */
        void await(MemorySegment into) throws IOException;

        /** Ends reads that nobody awaited; none is under way when this returns. */
        @Override
        default void close() {}
    }
}
