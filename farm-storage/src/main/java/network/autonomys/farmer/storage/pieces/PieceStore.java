package network.autonomys.farmer.storage.pieces;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import network.autonomys.farmer.storage.io.FileLayer;
import network.autonomys.farmer.storage.io.StoreFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pieces in a directory: files {@code pieces-00000.dat}, … of 4096 slots each, {@code pieces.idx} and a lock file. Elements have one size
 * and are written once, so slots need no compaction. A crash at any moment loses at most pieces whose {@link #putAll} had not returned;
 * nothing else in the directory is ever touched. Safe for use by several threads; one process at a time.
 */
public final class PieceStore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PieceStore.class);
    private static final int SLOTS_PER_FILE = 4096;
    private static final String INDEX_FILE = "pieces.idx";
    private static final String LOCK_FILE = "pieces.lock";

    private final Path directory;
    private final FileLayer layer;
    private final int pieceSize;
    private final PieceSlot slot;
    private final FileChannel lockChannel;
    private final SlotIndex index;
    private final Map<Integer, StoreFile> files = new ConcurrentHashMap<>();
    private final Map<Long, Integer> slots = new ConcurrentHashMap<>();
    private final Deque<Integer> free = new ArrayDeque<>();
    private final Object writing = new Object();
    private int slotBound;

    /**
     * A piece to store.
     *
     * @param index piece index, at least 0
     * @param bytes the piece, at least {@link #pieceSize()} bytes
     */
    public record Entry(long index, MemorySegment bytes) {}

    private PieceStore(Path directory, FileLayer layer, int pieceSize, FileChannel lockChannel) throws IOException {
        this.directory = directory;
        this.layer = layer;
        this.pieceSize = pieceSize;
        this.slot = new PieceSlot(pieceSize);
        this.lockChannel = lockChannel;
        this.index = new SlotIndex(layer.open(directory.resolve(INDEX_FILE)));
    }

    /**
     * Opens a directory, creating what is missing. A lost or damaged index is made anew from the slots themselves.
     *
     * @param pieceSize bytes of a piece; the same at every opening
     * @throws IOException if another process has it open, or the disk refuses
     */
    public static PieceStore open(Path directory, int pieceSize) throws IOException {
        return open(directory, pieceSize, FileLayer.DISK);
    }

    /** As {@link #open(Path, int)}, with the files in a layer; the lock file is on disk always. */
    public static PieceStore open(Path directory, int pieceSize, FileLayer layer) throws IOException {
        Files.createDirectories(directory);
        FileChannel lockChannel =
                FileChannel.open(directory.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            lock(directory, lockChannel);
            boolean indexed = layer.size(directory.resolve(INDEX_FILE)) >= 0;
            PieceStore store = new PieceStore(directory, layer, pieceSize, lockChannel);
            store.load(indexed);
            layer.forceFolder(directory);
            return store;
        } catch (IOException | RuntimeException e) {
            lockChannel.close();
            throw e;
        }
    }

    /** Bytes of one piece. */
    public int pieceSize() {
        return pieceSize;
    }

    /** Bytes that a piece takes on disk. */
    public static long bytesOnDisk(int pieceSize) {
        return new PieceSlot(pieceSize).stride();
    }

    /** Number of pieces. */
    public int size() {
        return slots.size();
    }

    /** Whether the piece is here. */
    public boolean contains(long piece) {
        return slots.containsKey(piece);
    }

    /** The pieces at this moment, in ascending order. */
    public long[] indexes() {
        return slots.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
    }

    /**
     * Stores pieces; when it returns they survive a loss of power. One that is here already is written anew, and the earlier one stays until the new one
     * is durable.
     *
     * @throws IllegalArgumentException where an index is negative or a piece too short; nothing is stored then
     */
    public void putAll(List<Entry> pieces) throws IOException {
        for (Entry piece : pieces) {
            if (piece.index() < 0 || piece.bytes().byteSize() < pieceSize) {
                throw new IllegalArgumentException("piece " + piece.index() + " of "
                        + piece.bytes().byteSize() + " bytes in a store of pieces of " + pieceSize);
            }
        }
        synchronized (writing) {
            Map<Long, Integer> places = write(pieces);
            List<Integer> replaced = new ArrayList<>();
            for (Map.Entry<Long, Integer> place : places.entrySet()) {
                Integer old = slots.put(place.getKey(), place.getValue());
                if (old != null) {
                    replaced.add(old);
                }
            }
            for (int old : replaced) {
                index.clear(old);
            }
            if (!replaced.isEmpty()) {
                // Otherwise the replaced piece could be found at the next start, and the new one be taken for its copy.
                index.force();
                free.addAll(replaced);
            }
        }
    }

    /** Writes pieces to free slots and makes them durable: the slots first, then their index entries. */
    private Map<Long, Integer> write(List<Entry> pieces) throws IOException {
        Map<Long, Integer> places = new HashMap<>();
        Set<Integer> touched = new HashSet<>();
        List<Integer> taken = new ArrayList<>();
        try {
            for (Entry piece : pieces) {
                int place = takeSlot();
                taken.add(place);
                slot.write(file(place), offset(place), piece.index(), piece.bytes());
                places.put(piece.index(), place);
                touched.add(place / SLOTS_PER_FILE);
            }
            for (int number : touched) {
                file(number * SLOTS_PER_FILE).force();
            }
            for (Map.Entry<Long, Integer> place : places.entrySet()) {
                index.set(place.getValue(), place.getKey());
            }
            index.force();
        } catch (IOException e) {
            free.addAll(taken);
            throw e;
        }
        // The same piece twice: only the last slot is used.
        taken.removeAll(new HashSet<>(places.values()));
        free.addAll(taken);
        return places;
    }

    /**
     * Reads a piece.
     *
     * @param target at least {@link #pieceSize()} bytes
     * @return false if it is not here
     * @throws CorruptPieceException if the slot holds something else than was written
     */
    public boolean get(long piece, MemorySegment target) throws IOException {
        Integer place = slots.get(piece);
        if (place == null) {
            return false;
        }
        boolean good;
        try {
            good = slot.read(file(place), offset(place), piece, target);
        } catch (EOFException e) {
            LOG.debug("Slot {} of {} is cut", place, directory, e);
            good = false;
        }
        if (good) {
            return true;
        }
        if (!place.equals(slots.get(piece))) {
            // It was removed or moved while we read.
            return get(piece, target);
        }
        throw new CorruptPieceException(
                piece, "piece " + piece + " in slot " + place + " of " + directory + " is corrupt");
    }

    /** Removes a piece; that it is not here is no error. */
    public void remove(long piece) throws IOException {
        synchronized (writing) {
            Integer place = slots.remove(piece);
            if (place != null) {
                release(place);
            }
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (writing) {
            for (StoreFile file : files.values()) {
                file.close();
            }
            index.close();
            lockChannel.close();
        }
    }

    private static void lock(Path directory, FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            throw new IOException(directory + " is in use by this process already", e);
        }
        throw new IOException(directory + " is in use by another process");
    }

    private void load(boolean indexed) throws IOException {
        long[] entries = indexed ? index.load() : new long[0];
        slotBound = Math.max(entries.length, slotsOnDisk());
        int repaired = 0;
        for (int place = 0; place < slotBound; place++) {
            long value = place < entries.length ? entries[place] : indexed ? SlotIndex.EMPTY : SlotIndex.TORN;
            if (value == SlotIndex.TORN) {
                value = lookIntoSlot(place);
                repaired++;
                if (value == SlotIndex.EMPTY) {
                    index.clear(place);
                } else {
                    index.set(place, value - 1);
                }
            }
            if (value == SlotIndex.EMPTY) {
                free.addLast(place);
                continue;
            }
            Integer other = slots.putIfAbsent(value - 1, place);
            if (other != null) {
                release(worse(value - 1, other, place));
                repaired++;
            }
        }
        if (repaired > 0) {
            index.force();
            LOG.info("{}: {} index entries were made anew from the slots", directory, repaired);
        }
    }

    /** Of two slots that are said to hold the same piece the one to give up; the other is known from now on. */
    private int worse(long piece, int first, int second) throws IOException {
        if (lookIntoSlot(first) != piece + 1 && lookIntoSlot(second) == piece + 1) {
            slots.put(piece, second);
            return first;
        }
        return second;
    }

    /** The entry that a slot ought to have, by what is in it. */
    private long lookIntoSlot(int place) throws IOException {
        if (offset(place) >= layer.size(path(place / SLOTS_PER_FILE))) {
            return SlotIndex.EMPTY;
        }
        try (Arena arena = Arena.ofConfined()) {
            long piece = slot.index(file(place), offset(place));
            boolean good = piece >= 0 && slot.read(file(place), offset(place), piece, arena.allocate(pieceSize));
            return good ? piece + 1 : SlotIndex.EMPTY;
        } catch (EOFException e) {
            LOG.debug("Slot {} of {} is cut", place, directory, e);
            return SlotIndex.EMPTY;
        }
    }

    private int slotsOnDisk() throws IOException {
        int bound = 0;
        for (int number = 0; layer.size(path(number)) >= 0; number++) {
            long count = (layer.size(path(number)) + slot.stride() - 1) / slot.stride();
            bound = Math.addExact(number * SLOTS_PER_FILE, (int) Math.min(count, SLOTS_PER_FILE));
        }
        return bound;
    }

    private int takeSlot() {
        Integer reused = free.pollFirst();
        return reused != null ? reused : slotBound++;
    }

    private void release(int place) throws IOException {
        index.clear(place);
        free.addLast(place);
    }

    private long offset(int place) {
        return (long) (place % SLOTS_PER_FILE) * slot.stride();
    }

    private StoreFile file(int place) throws IOException {
        int number = place / SLOTS_PER_FILE;
        StoreFile file = files.get(number);
        if (file != null) {
            return file;
        }
        synchronized (files) {
            file = files.get(number);
            if (file == null) {
                boolean fresh = layer.size(path(number)) < 0;
                file = layer.open(path(number));
                if (fresh) {
                    layer.forceFolder(directory);
                }
                files.put(number, file);
            }
            return file;
        }
    }

    private Path path(int number) {
        return directory.resolve("pieces-%05d.dat".formatted(number));
    }
}
