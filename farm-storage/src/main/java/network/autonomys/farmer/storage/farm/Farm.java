package network.autonomys.farmer.storage.farm;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.ReentrantLock;
import network.autonomys.farmer.core.keys.FarmIdentity;
import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.core.scale.ScaleException;
import network.autonomys.farmer.core.sector.SectorLayout;
import network.autonomys.farmer.core.sector.SectorMetadata;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.storage.io.DirectFile;
import network.autonomys.farmer.storage.io.FileLayer;
import network.autonomys.farmer.storage.io.PageReads;
import network.autonomys.farmer.storage.io.ReadMethod;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One farm on disk, in the reference farmer's format (sectors-farms §7): its identity, its sectors' metadata and its plot.
 *
 * <p>A sector counts as plotted once its bytes and then its metadata are durable. Thread-safe; one handle writes the plot, and every reader has
 * its own.
 */
public final class Farm implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Farm.class);
    /** The name of the file of sectors. */
    static final String PLOT = "plot.bin";

    static final int SIZES_BYTES = 2 * AuditIndex.STEP;

    private final FarmInfo info;
    private final FarmIdentity identity;
    private final Path folder;
    private final SpaceDistribution space;
    private final SectorLayout layout;
    private final @Nullable FarmLock lock;
    private final MetadataFile metadata;
    private final DirectFile plot;
    /** Held while the metadata file is written; never taken by whoever holds {@link #state}, which audits wait for. */
    private final ReentrantLock writing = new ReentrantLock();

    /** Held while the two below are changed; an audit, which looks at every sector by many threads at once, reads them without it. */
    private final ReentrantLock state = new ReentrantLock();

    private final AtomicReferenceArray<@Nullable AuditIndex> sectors;
    /** 1 for a sector that is being written, 0 for others. */
    private final AtomicIntegerArray modifying;

    private Farm(
            FarmInfo info,
            FarmIdentity identity,
            Path folder,
            SpaceDistribution space,
            @Nullable FarmLock lock,
            MetadataFile metadata,
            DirectFile plot) {
        this.info = info;
        this.identity = identity;
        this.folder = folder;
        this.space = space;
        this.layout = new SectorLayout(info.piecesInSector());
        this.lock = lock;
        this.metadata = metadata;
        this.plot = plot;
        this.sectors = new AtomicReferenceArray<>(space.targetSectors());
        this.modifying = new AtomicIntegerArray(space.targetSectors());
    }

    /**
     * Opens a farm, creating what is missing (sectors-farms §7.7).
     *
     * @throws FarmException where it belongs to another chain or key, is locked, damaged, missing, or does not fit
     */
    public static Farm open(FarmConfig config, SecureRandom random, InstantSource clock) throws IOException {
        return open(config, random, clock, FileLayer.DISK);
    }

    /** As {@link #open(FarmConfig, SecureRandom, InstantSource)}, with plot and sector metadata in a layer; info and identity are on disk always. */
    static Farm open(FarmConfig config, SecureRandom random, InstantSource clock, FileLayer layer) throws IOException {
        Path folder = config.folder();
        if (!Files.isDirectory(folder)) {
            Files.createDirectory(folder);
        }
        FarmIdentity identity = IdentityFile.open(folder, config.create(), random);
        FarmInfo info = openInfo(config, identity, random, clock);
        FarmLock lock = config.lock() ? FarmLock.take(folder.resolve(FarmInfo.FILE)) : null;
        MetadataFile metadata = null;
        DirectFile plot = null;
        try {
            if (info.allocatedSpace() != config.allocatedSpace()) {
                info = info.withAllocatedSpace(config.allocatedSpace());
                info.write(folder);
            }
            SpaceDistribution space = SpaceDistribution.of(info.allocatedSpace(), 0, info.piecesInSector());
            metadata = MetadataFile.open(layer, folder, space);
            plot = layer.openPages(folder.resolve(PLOT));
            plot.allocate(space.plotFileBytes());
            layer.forceFolder(folder);
            Farm farm = new Farm(info, identity, folder, space, lock, metadata, plot);
            farm.load();
            return farm;
        } catch (IOException | RuntimeException e) {
            close(lock, metadata, plot);
            throw e;
        }
    }

    private static FarmInfo openInfo(FarmConfig config, FarmIdentity identity, SecureRandom random, InstantSource clock)
            throws IOException {
        Path folder = config.folder();
        if (!Files.exists(folder.resolve(FarmInfo.FILE))) {
            if (!config.create()) {
                throw new FarmException(
                        FarmException.Kind.MISSING, "no farm in " + folder + ", and none is to be created");
            }
            // What does not fit is refused before anything is written.
            SpaceDistribution.of(config.allocatedSpace(), 0, config.maxPiecesInSector());
            FarmInfo info = new FarmInfo(
                    InstanceId.random(clock, random),
                    config.genesisHash(),
                    identity.publicKey(),
                    config.maxPiecesInSector(),
                    config.allocatedSpace());
            info.create(folder);
            return info;
        }
        FarmInfo info = FarmInfo.read(folder);
        if (!info.genesisHash().equals(config.genesisHash())) {
            throw new FarmException(
                    FarmException.Kind.WRONG_CHAIN,
                    "the farm in " + folder + " is of the chain with genesis " + info.genesisHash() + ", not of "
                            + config.genesisHash());
        }
        if (!info.publicKey().equals(identity.publicKey())) {
            throw new FarmException(
                    FarmException.Kind.IDENTITY_MISMATCH,
                    "the farm in " + folder + " has the key " + info.publicKey() + ", its identity.bin another: "
                            + identity.publicKey());
        }
        if (info.piecesInSector() > config.maxPiecesInSector()) {
            throw new FarmException(
                    FarmException.Kind.INVALID_PIECES_IN_SECTOR,
                    "the farm in " + folder + " has sectors of " + info.piecesInSector() + " pieces; at most "
                            + config.maxPiecesInSector() + " are allowed");
        }
        return info;
    }

    private void load() throws IOException {
        for (int i = 0; i < metadata.header().plottedSectors(); i++) {
            sectors.set(i, new AuditIndex(loadSector(i)));
        }
    }

    private SectorMetadata loadSector(int index) throws IOException {
        try {
            SectorMetadata sector = SectorMetadata.decode(metadata.read(index));
            if (sector.pieces() == info.piecesInSector()
                    && sector.sectorIndex() == index
                    && AuditIndex.isConsistent(sector)) {
                return sector;
            }
            LOG.warn("{}: metadata of sector {} says {}; it will be plotted again", folder, index, sector);
        } catch (ScaleException e) {
            LOG.warn("{}: metadata of sector {}: {}; it will be plotted again", folder, index, e.getMessage());
        }
        SectorMetadata dummy = SectorMetadata.dummy(index, info.piecesInSector());
        metadata.write(dummy);
        return dummy;
    }

    public FarmInfo info() {
        return info;
    }

    public FarmIdentity identity() {
        return identity;
    }

    public Path folder() {
        return folder;
    }

    public SpaceDistribution space() {
        return space;
    }

    public SectorLayout layout() {
        return layout;
    }

    /** Sectors that the farm has room for. */
    public int targetSectors() {
        return space.targetSectors();
    }

    /** True where something was plotted at this index once; it may be a dummy now. */
    public boolean hasSector(int sectorIndex) {
        return sectors.get(sectorIndex) != null;
    }

    /** True where a whole sector is stored at this index, and no dummy. */
    public boolean isStored(int sectorIndex) {
        AuditIndex sector = sectors.get(sectorIndex);
        return sector != null && !sector.isEmpty();
    }

    /** The history size of a stored sector; 1 for a dummy. */
    public long historySize(int sectorIndex) {
        return index(sectorIndex).historySize();
    }

    /** The whole metadata of a stored sector, read from disk. */
    public SectorMetadata metadata(int sectorIndex) throws IOException {
        try {
            return SectorMetadata.decode(metadata.read(sectorIndex));
        } catch (ScaleException e) {
            throw new FarmException(
                    FarmException.Kind.CORRUPT,
                    folder + ": metadata of sector " + sectorIndex + ": " + e.getMessage(),
                    e);
        }
    }

    /** The proof-of-space rule of a stored sector. */
    public PosVersion posVersion(int sectorIndex) {
        return metadata.header().posVersion(historySize(sectorIndex));
    }

    /** The proof-of-space rule of a sector that is plotted with this history size. */
    public PosVersion posVersionFor(long historySize) {
        return metadata.header().posVersion(historySize);
    }

    /** True while a sector is being written, and so not to be audited or read. */
    public boolean isModifying(int sectorIndex) {
        return modifying.get(sectorIndex) != 0;
    }

    /**
     * Where an s-bucket of a stored sector lies.
     *
     * @param offset its first byte in the sector
     * @param bytes its length
     */
    record SBucketRange(long offset, int bytes) {}

    /** Where the s-bucket sizes that {@link #sBucket} needs lie in the metadata file: {@value #SIZES_BYTES} bytes. */
    static long sizesPosition(int sectorIndex, int sBucket) {
        return MetadataFile.offset(sectorIndex) + AuditIndex.sizesOffset(sBucket);
    }

    /**
     * Where an s-bucket of a stored sector lies.
     *
     * @param sizes the bytes of the metadata file from {@link #sizesPosition}
     * @throws FarmException where the two do not agree
     */
    SBucketRange sBucket(int sectorIndex, int sBucket, MemorySegment sizes) throws FarmException {
        long before = index(sectorIndex).chunksBefore(sBucket, sizes);
        int size = AuditIndex.size(sBucket, sizes);
        if (size > layout.pieces() || before + size > (long) SectorLayout.RECORD_CHUNKS * layout.pieces()) {
            // The file changed below us, or the sector was given up between the two looks.
            throw new FarmException(
                    FarmException.Kind.CORRUPT, folder + ": metadata of sector " + sectorIndex + " has changed");
        }
        return new SBucketRange(layout.chunkOffset(before), size * SectorLayout.CHUNK);
    }

    /** A reader of the plot with a handle of its own. The caller closes it. */
    public PlotReader openReader() throws IOException {
        return new PlotReader(DirectFile.openForReading(folder.resolve(PLOT)), layout);
    }

    /**
     * Reads of whole s-buckets of the plot.
     *
     * @param atOnce most of them at once, where the method can do that
     */
    PageReads openSBucketReads(ReadMethod method, int atOnce) throws IOException {
        return method.openDirect(folder.resolve(PLOT), atOnce, SectorLayout.CHUNK * layout.pieces());
    }

    /** Reads of s-bucket sizes out of the metadata file, of {@value #SIZES_BYTES} bytes; see {@link #openSBucketReads}. */
    PageReads openSizeReads(ReadMethod method, int atOnce) throws IOException {
        return method.openCached(folder.resolve(MetadataFile.NAME), atOnce, SIZES_BYTES);
    }

    /** Where a sector begins in the plot. */
    long plotOffset(int sectorIndex) {
        return layout.sectorBytes() * sectorIndex;
    }

    /** The pieces that are cached in the part of the plot that has no sectors yet; at most one such cache may be open. */
    public PlotCache openPlotCache() throws IOException {
        return new PlotCache(plot, layout, space.targetSectors(), this::plottedSectors);
    }

    /** Sectors below which the plot is taken: the highest that was ever written or is being written, plus one. */
    private int plottedSectors() {
        state.lock();
        try {
            int plotted = metadata.header().plottedSectors();
            for (int i = plotted; i < modifying.length(); i++) {
                plotted = isModifying(i) ? i + 1 : plotted;
            }
            return plotted;
        } finally {
            state.unlock();
        }
    }

    /**
     * Begins to write a sector. Until it is committed the sector is not audited; a stored one is given up first, durably, so that a crash leaves no
     * sector that looks whole and is not.
     *
     * @throws IllegalStateException where this sector is being written already
     */
    public SectorWriter beginSector(int sectorIndex) throws IOException {
        state.lock();
        try {
            if (isModifying(sectorIndex)) {
                throw new IllegalStateException("sector " + sectorIndex + " is being written");
            }
            modifying.set(sectorIndex, 1);
        } finally {
            state.unlock();
        }
        try {
            if (hasSector(sectorIndex)) {
                store(SectorMetadata.dummy(sectorIndex, info.piecesInSector()));
            }
        } catch (IOException | RuntimeException e) {
            release(sectorIndex);
            throw e;
        }
        return new SectorWriter(this, sectorIndex, layout.sectorBytes() * sectorIndex, layout.sectorBytes());
    }

    /**
     * Gives a damaged sector up: its metadata becomes a dummy, durably, so that it is not audited any more and is plotted again, also after a restart.
     *
     * @return false where there is nothing to give up: the sector is a dummy already, was never plotted, or is being written
     */
    public boolean markDamaged(int sectorIndex) throws IOException {
        state.lock();
        try {
            if (isModifying(sectorIndex) || !isStored(sectorIndex)) {
                return false;
            }
            modifying.set(sectorIndex, 1);
        } finally {
            state.unlock();
        }
        try {
            store(SectorMetadata.dummy(sectorIndex, info.piecesInSector()));
            return true;
        } finally {
            release(sectorIndex);
        }
    }

    void writePlot(long position, MemorySegment bytes) throws IOException {
        plot.write(position, bytes);
    }

    /** Data first, then metadata, then the count; each durable before the next. */
    void commit(int sectorIndex, SectorMetadata sector) throws IOException {
        plot.force();
        writing.lock();
        try {
            store(sector);
            if (sectorIndex + 1 > metadata.header().plottedSectors()) {
                raiseCount(sectorIndex + 1);
            }
        } finally {
            writing.unlock();
        }
        release(sectorIndex);
    }

    /** The count is a high-water mark, so the entries below it that were never written become dummies first. */
    private void raiseCount(int count) throws IOException {
        for (int i = metadata.header().plottedSectors(); i < count; i++) {
            if (!hasSector(i)) {
                store(SectorMetadata.dummy(i, info.piecesInSector()));
            }
        }
        metadata.writeHeader(metadata.header().withPlottedSectors(count));
    }

    void release(int sectorIndex) {
        state.lock();
        try {
            modifying.set(sectorIndex, 0);
        } finally {
            state.unlock();
        }
    }

    /** File and memory change together: the dummies of one sector's commit must not fall between the two of another. */
    private void store(SectorMetadata sector) throws IOException {
        writing.lock();
        try {
            metadata.write(sector);
            state.lock();
            try {
                sectors.set(sector.sectorIndex(), new AuditIndex(sector));
            } finally {
                state.unlock();
            }
        } finally {
            writing.unlock();
        }
    }

    private AuditIndex index(int sectorIndex) {
        AuditIndex index = sectors.get(sectorIndex);
        if (index == null) {
            throw new IllegalArgumentException("sector " + sectorIndex + " was never plotted");
        }
        return index;
    }

    /** The farm's key, 32 bytes. */
    public Bytes publicKey() {
        return info.publicKey();
    }

    @Override
    public void close() throws IOException {
        close(lock, metadata, plot);
    }

    private static void close(@Nullable FarmLock lock, @Nullable MetadataFile metadata, @Nullable DirectFile plot)
            throws IOException {
        try {
            if (metadata != null) {
                metadata.close();
            }
            if (plot != null) {
                plot.close();
            }
        } finally {
            if (lock != null) {
                lock.close();
            }
        }
    }
}
