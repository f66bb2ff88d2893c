package network.autonomys.farmer.storage.farm;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.OptionalLong;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.storage.io.DirectFile;

/** A piece_cache.bin of the reference farmer (sectors-farms §11.1): elements of one piece each at fixed places. */
public final class PieceCacheFile implements AutoCloseable {
    /** The file's name in a farm's folder. */
    public static final String NAME = "piece_cache.bin";

    private final DirectFile file;
    private final int capacity;

    private PieceCacheFile(DirectFile file, int capacity) {
        this.file = file;
        this.capacity = capacity;
    }

    /**
     * Opens the cache of a folder, creating it with all its space taken.
     *
     * @param capacity pieces, at least 1
     */
    public static PieceCacheFile open(Path folder, int capacity) throws IOException {
        if (capacity < 1) {
            throw new IllegalArgumentException("a cache of " + capacity + " pieces");
        }
        DirectFile file = DirectFile.openForWriting(folder.resolve(NAME));
        try {
            file.allocate(SpaceDistribution.align((long) CacheElement.BYTES * capacity));
            return new PieceCacheFile(file, capacity);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Pieces that fit. */
    public int capacity() {
        return capacity;
    }

    /** Stores a piece of 1 048 672 bytes in an element; durable when it returns. */
    public void write(int offset, long pieceIndex, MemorySegment piece) throws IOException {
        file.write(position(offset), CacheElement.of(pieceIndex, piece));
        file.force();
    }

    /**
     * The index of the piece in an element.
     *
     * @return empty where there is none
     * @throws FarmException where the element is damaged
     */
    public OptionalLong pieceIndex(int offset) throws IOException {
        MemorySegment element = element(offset);
        return CacheElement.state(element) == CacheElement.State.EMPTY
                ? OptionalLong.empty()
                : OptionalLong.of(CacheElement.pieceIndex(checked(offset, element)));
    }

    /**
     * Reads a piece, 1 048 672 bytes.
     *
     * @throws FarmException where the element is damaged or empty
     */
    public byte[] read(int offset) throws IOException {
        return CacheElement.piece(checked(offset, element(offset)));
    }

    private MemorySegment element(int offset) throws IOException {
        MemorySegment element = MemorySegment.ofArray(new byte[CacheElement.BYTES]);
        file.read(position(offset), element);
        return element;
    }

    private MemorySegment checked(int offset, MemorySegment element) throws FarmException {
        if (CacheElement.state(element) != CacheElement.State.VALID) {
            throw new FarmException(
                    FarmException.Kind.CORRUPT,
                    file.path() + ": element " + offset + " holds no whole piece of " + Constants.PIECE_SIZE
                            + " bytes");
        }
        return element;
    }

    private long position(int offset) {
        if (offset < 0 || offset >= capacity) {
            throw new IllegalArgumentException("element " + offset + " of " + capacity);
        }
        return (long) CacheElement.BYTES * offset;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
