package network.autonomys.farmer.storage.spool;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import network.autonomys.farmer.core.scale.ScaleException;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.storage.io.DurableFiles;
import network.autonomys.farmer.storage.io.FileLayer;
import network.autonomys.farmer.storage.io.StoreFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Encoded sectors on disk, from the end of their encoding until their plot-client has stored them. Each is a file of its bytes and, written
 * after those are durable, an entry file that says what it is; what has no entry file after a crash was never finished and is removed.
 *
 * <p>Thread-safe.
 */
public final class Spool {
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
    private static final String DATA = ".sector";
    private static final String ENTRY = ".entry";
    private static final long MAX_ENTRY_BYTES = 4096;
    private static final long WRITTEN_AT_ONCE = 1 << 24;

    /** Files that a spool makes, and nothing else is ever touched: job, attempt, and an ending. */
    private static final Pattern OWN = Pattern.compile("([0-9A-Z]{26}-[0-9]+)(\\.sector|\\.entry|\\.entry\\.new)");

    private final Path folder;
    private final FileLayer layer;
    private final long limit;
    private final Map<String, SpoolEntry> entries = new LinkedHashMap<>();
    private long reserved;

    private Spool(Path folder, FileLayer layer, long limit) {
        this.folder = folder;
        this.layer = layer;
        this.limit = limit;
    }

    /**
     * Opens the spool of a folder, with what an earlier process left in it.
     *
     * @param limit most bytes that it may hold
     */
    public static Spool open(Path folder, long limit) throws IOException {
        Files.createDirectories(folder);
        return open(folder, limit, FileLayer.DISK);
    }

    /** As {@link #open(Path, long)}, with the files in a layer. */
    static Spool open(Path folder, long limit, FileLayer layer) throws IOException {
        Spool spool = new Spool(folder, layer, limit);
        List<Path> files = layer.list(folder);
        for (Path file : files) {
            if (OWN.matcher(file.getFileName().toString()).matches()
                    && file.toString().endsWith(ENTRY)) {
                spool.load(file);
            }
        }
        for (Path file : files) {
            Matcher name = OWN.matcher(file.getFileName().toString());
            if (name.matches() && !file.toString().endsWith(ENTRY) && !spool.isData(file, name.group(1))) {
                layer.delete(file);
            }
        }
        return spool;
    }

    private boolean isData(Path file, String name) {
        return file.toString().endsWith(DATA) && entries.containsKey(name);
    }

    private void load(Path file) throws IOException {
        try {
            SpoolEntry entry = SpoolEntry.decode(entryBytes(file));
            if (!file.equals(entryFile(entry)) || layer.size(dataFile(entry)) != entry.totalBytes()) {
                throw new ScaleException("its sector is missing or has another length");
            }
            entries.put(entry.name(), entry);
            reserved += entry.totalBytes();
        } catch (ScaleException e) {
            LOG.warn("spool: {} is left out and removed: {}", file, e.getMessage());
            layer.delete(file);
        }
    }

    private byte[] entryBytes(Path file) throws IOException {
        long size = layer.size(file);
        if (size < 0 || size > MAX_ENTRY_BYTES) {
            throw new ScaleException("a spool entry has no " + size + " bytes");
        }
        byte[] bytes = new byte[(int) size];
        try (StoreFile in = layer.openForReading(file)) {
            in.read(ByteBuffer.wrap(bytes), 0);
        }
        return bytes;
    }

    private Path dataFile(SpoolEntry entry) {
        return folder.resolve(entry.name() + DATA);
    }

    private Path entryFile(SpoolEntry entry) {
        return folder.resolve(entry.name() + ENTRY);
    }

    /**
     * Takes room for a sector that is going to be encoded.
     *
     * @return false where the limit does not allow it now
     */
    public synchronized boolean reserve(long bytes) {
        if (reserved + bytes > limit) {
            return false;
        }
        reserved += bytes;
        return true;
    }

    /** Gives room back that was reserved and not used. */
    public synchronized void release(long bytes) {
        reserved -= bytes;
    }

    /**
     * Stores an encoded sector durably, in room that was reserved for it.
     *
     * @param sector its bytes
     * @param metadata its metadata's bytes
     */
    public void put(SpoolEntry entry, MemorySegment sector, MemorySegment metadata) throws IOException {
        if (sector.byteSize() != entry.sectorBytes() || metadata.byteSize() != entry.metadataBytes()) {
            throw new IllegalArgumentException("the sector has other lengths than its entry says");
        }
        try (StoreFile file = layer.open(dataFile(entry))) {
            file.allocate(entry.totalBytes());
            write(file, 0, sector);
            write(file, entry.sectorBytes(), metadata);
            file.force();
        }
        DurableFiles.replace(layer, entryFile(entry), entry.encode());
        synchronized (this) {
            entries.put(entry.name(), entry);
        }
    }

    /** What waits, oldest first. */
    public synchronized List<SpoolEntry> entries() {
        return new ArrayList<>(entries.values());
    }

    /** The entry of a job's attempt. */
    public synchronized Optional<SpoolEntry> find(InstanceId job, long attempt) {
        return Optional.ofNullable(entries.get(job + "-" + attempt));
    }

    /** Bytes held and reserved. */
    public synchronized long usedBytes() {
        return reserved;
    }

    /**
     * Fills a buffer with bytes of an entry.
     *
     * @param offset from the sector's beginning; the metadata follows the sector
     */
    public void read(SpoolEntry entry, long offset, ByteBuffer into) throws IOException {
        if (offset < 0 || offset + into.remaining() > entry.totalBytes()) {
            throw new EOFException("spool entry " + entry.name() + " ends at " + entry.totalBytes());
        }
        try (StoreFile file = layer.openForReading(dataFile(entry))) {
            file.read(into, offset);
        }
    }

    /** Drops an entry: its sector is stored, or no longer wanted. */
    public void remove(SpoolEntry entry) throws IOException {
        synchronized (this) {
            if (entries.remove(entry.name()) == null) {
                return;
            }
            reserved -= entry.totalBytes();
        }
        layer.delete(entryFile(entry));
        layer.delete(dataFile(entry));
    }

    private static void write(StoreFile file, long at, MemorySegment from) throws IOException {
        for (long done = 0; done < from.byteSize(); done += WRITTEN_AT_ONCE) {
            long length = Math.min(from.byteSize() - done, WRITTEN_AT_ONCE);
            file.write(from.asSlice(done, length).asByteBuffer(), at + done);
        }
    }
}
