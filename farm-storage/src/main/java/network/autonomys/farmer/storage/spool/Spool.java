package network.autonomys.farmer.storage.spool;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import network.autonomys.farmer.core.scale.ScaleException;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.storage.io.DurableFiles;
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

    private final Path folder;
    private final long limit;
    private final Map<String, SpoolEntry> entries = new LinkedHashMap<>();
    private long reserved;

    private Spool(Path folder, long limit) {
        this.folder = folder;
        this.limit = limit;
    }

    /**
     * Opens the spool of a folder, with what an earlier process left in it.
     *
     * @param limit most bytes that it may hold
     */
    public static Spool open(Path folder, long limit) throws IOException {
        Files.createDirectories(folder);
        Spool spool = new Spool(folder, limit);
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.sorted().toList();
        }
        for (Path file : files) {
            if (file.toString().endsWith(ENTRY)) {
                spool.load(file);
            }
        }
        for (Path file : files) {
            String name = file.getFileName().toString();
            if (!name.endsWith(ENTRY) && !spool.entries.containsKey(name.replace(DATA, ""))) {
                Files.delete(file);
            }
        }
        return spool;
    }

    private void load(Path file) throws IOException {
        try {
            if (Files.size(file) > MAX_ENTRY_BYTES) {
                throw new ScaleException("too long for a spool entry");
            }
            SpoolEntry entry = SpoolEntry.decode(Files.readAllBytes(file));
            Path data = folder.resolve(entry.name() + DATA);
            if (!Files.isRegularFile(data) || Files.size(data) != entry.totalBytes()) {
                throw new ScaleException("its sector is missing or has another length");
            }
            entries.put(entry.name(), entry);
            reserved += entry.totalBytes();
        } catch (ScaleException e) {
            LOG.warn("spool: {} is left out and removed: {}", file, e.getMessage());
            Files.delete(file);
        }
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
        try (FileChannel channel = FileChannel.open(
                folder.resolve(entry.name() + DATA),
                StandardOpenOption.WRITE,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            write(channel, sector);
            write(channel, metadata);
            channel.force(true);
        }
        DurableFiles.replace(folder.resolve(entry.name() + ENTRY), entry.encode());
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
        try (FileChannel channel = FileChannel.open(folder.resolve(entry.name() + DATA), StandardOpenOption.READ)) {
            long at = offset;
            while (into.hasRemaining()) {
                int count = channel.read(into, at);
                if (count < 0) {
                    throw new EOFException("spool entry " + entry.name() + " ends at " + channel.size());
                }
                at += count;
            }
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
        Files.deleteIfExists(folder.resolve(entry.name() + ENTRY));
        Files.deleteIfExists(folder.resolve(entry.name() + DATA));
    }

    private static void write(FileChannel channel, MemorySegment from) throws IOException {
        long done = 0;
        while (done < from.byteSize()) {
            long length = Math.min(from.byteSize() - done, 1 << 24);
            ByteBuffer buffer = from.asSlice(done, length).asByteBuffer();
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            done += length;
        }
    }
}
