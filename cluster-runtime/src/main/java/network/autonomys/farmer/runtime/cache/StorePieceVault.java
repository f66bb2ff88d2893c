package network.autonomys.farmer.runtime.cache;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import network.autonomys.farmer.storage.pieces.CorruptPieceException;
import network.autonomys.farmer.storage.pieces.PieceStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A vault on disk, with the last pieces also in memory where wanted. */
public final class StorePieceVault implements PieceVault {
    private static final Logger LOG = LoggerFactory.getLogger(StorePieceVault.class);

    /** Left free on a file system whose size nobody limited: 1 GiB. */
    private static final long RESERVE = 1L << 30;

    private final Path directory;
    private final PieceStore store;
    private final MemoryTier memory;
    private final OptionalLong sizeLimit;
    private final LongConsumer corrupted;
    private final PieceSet held = new PieceSet();
    private final PieceSet pending = new PieceSet();
    /** Storing and dropping change the disk and the set together: a piece fetched anew must not fall to the drop of the old one. */
    private final ReentrantLock changes = new ReentrantLock();

    /**
     * Opens a directory.
     *
     * @param sizeLimit bytes that the pieces may take, empty for what the file system has
     * @param memory pieces kept in memory too; closed with the vault
     * @param corrupted is told of each piece that was found corrupt and dropped
     * @param verified whether what is there was verified by us; otherwise it is {@link #pending()} until {@link #admit}
     */
    public StorePieceVault(
            Path directory,
            int pieceSize,
            OptionalLong sizeLimit,
            MemoryTier memory,
            LongConsumer corrupted,
            boolean verified)
            throws IOException {
        this(directory, PieceStore.open(directory, pieceSize), sizeLimit, memory, corrupted, verified);
    }

    /** Over a store that is open already; closed with the vault. */
    StorePieceVault(
            Path directory,
            PieceStore store,
            OptionalLong sizeLimit,
            MemoryTier memory,
            LongConsumer corrupted,
            boolean verified) {
        this.directory = directory;
        this.store = store;
        this.memory = memory;
        this.sizeLimit = sizeLimit;
        this.corrupted = corrupted;
        for (long piece : store.indexes()) {
            if (piece < PieceSet.MAX_SEGMENTS * PieceSet.PIECES_PER_SEGMENT) {
                (verified ? held : pending).add(piece);
            } else {
                LOG.warn("{} holds piece {}, which no chain can have", directory, piece);
            }
        }
    }

    @Override
    public int pieceSize() {
        return store.pieceSize();
    }

    @Override
    public long capacity() {
        long each = PieceStore.bytesOnDisk(store.pieceSize());
        if (sizeLimit.isPresent()) {
            return sizeLimit.getAsLong() / each;
        }
        try {
            FileStore disk = Files.getFileStore(directory);
            return held.size() + pending.size() + Math.max(0, disk.getUsableSpace() - RESERVE) / each;
        } catch (IOException e) {
            LOG.warn("The free space of {} cannot be told: {}", directory, e.toString());
            return held.size() + pending.size();
        }
    }

    @Override
    public PieceSet held() {
        return held;
    }

    @Override
    public PieceSet pending() {
        return pending;
    }

    /** Ends the waiting of a piece: a valid one is held from now on, another is missing and will be fetched. */
    void admit(long piece, boolean valid) {
        if (valid) {
            held.add(piece);
        }
        pending.remove(piece);
    }

    /** Reads a piece whose verification is still to come; false if it is not there, or corrupt. */
    boolean readPending(long piece, MemorySegment target) throws IOException {
        try {
            return store.get(piece, target);
        } catch (CorruptPieceException e) {
            LOG.warn("{}; it will be fetched", e.getMessage());
            return false;
        }
    }

    @Override
    public void store(List<? extends Piece> pieces) throws IOException {
        changes.lock();
        try {
            store.putAll(pieces.stream()
                    .map(piece -> new PieceStore.Entry(piece.index(), piece.bytes()))
                    .toList());
            for (Piece piece : pieces) {
                memory.put(piece.index(), piece.bytes());
                held.add(piece.index());
            }
        } finally {
            changes.unlock();
        }
    }

    @Override
    public boolean read(long piece, MemorySegment target) throws IOException {
        if (!held.contains(piece)) {
            return false;
        }
        if (memory.read(piece, target)) {
            return true;
        }
        if (!check(piece, target)) {
            return false;
        }
        memory.put(piece, target);
        return true;
    }

    /** Reads a piece from the disk itself, whatever is in memory. */
    @Override
    public boolean check(long piece, MemorySegment target) throws IOException {
        try {
            return store.get(piece, target);
        } catch (CorruptPieceException e) {
            LOG.warn("{}; it is dropped and will be fetched again", e.getMessage());
        } catch (ClosedChannelException e) {
            // The vault is being closed: that says nothing of the piece.
            throw e;
        } catch (IOException e) {
            LOG.warn("Piece {} cannot be read ({}); it is dropped and will be fetched again", piece, e.toString());
        }
        lose(piece);
        return false;
    }

    private void lose(long piece) {
        try {
            drop(piece);
        } catch (IOException e) {
            // It is not served any longer all the same; at the next start it is read and lost again.
            LOG.warn("The index of {} cannot be written: {}", directory, e.toString());
        }
        corrupted.accept(piece);
    }

    @Override
    public void drop(long piece) throws IOException {
        changes.lock();
        try {
            held.remove(piece);
            memory.remove(piece);
            store.remove(piece);
        } finally {
            changes.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        memory.close();
        store.close();
    }
}
