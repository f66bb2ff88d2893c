package network.autonomys.farmer.storage.farm;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.scale.ScaleException;
import network.autonomys.farmer.core.sector.SectorLayout;
import network.autonomys.farmer.core.sector.SectorMetadata;
import network.autonomys.farmer.storage.io.UninterruptedFile;
import org.jspecify.annotations.Nullable;

/**
 * Checks all files of a farm and repairs what can be repaired (sectors-farms §7.10): a sector that is damaged becomes one that is to be plotted
 * again, a damaged piece of a cache becomes an empty place. A dry run writes nothing.
 */
public final class FarmScrub {
    /** What is checked. */
    public enum Target {
        ALL,
        /** Sector metadata. */
        METADATA,
        /** Sector metadata and sectors. */
        PLOT,
        /** The piece cache. */
        CACHE;

        boolean includesMetadata() {
            return this != CACHE;
        }

        boolean includesPlot() {
            return this == ALL || this == PLOT;
        }

        boolean includesCache() {
            return this == ALL || this == CACHE;
        }
    }

    /** Told how far a scrub is; called on its thread. */
    public interface Progress {
        /** Some of the sectors are checked. */
        void sectors(int done, int of);

        /** Some elements of the piece cache are checked. */
        void elements(long done, long of);

        /** Something is wrong, and what is (or, in a dry run, would be) done about it. */
        void found(String what);
    }

    private static final int STEP = 1 << 20;
    private static final int SECTORS_PER_REPORT = 10;
    private static final int ELEMENTS_PER_REPORT = 1000;

    private final Path folder;
    private final boolean dryRun;
    private final Progress progress;
    private final List<String> findings = new ArrayList<>();

    private FarmScrub(Path folder, boolean dryRun, Progress progress) {
        this.folder = folder;
        this.dryRun = dryRun;
        this.progress = progress;
    }

    /**
     * Scrubs a farm.
     *
     * @param lock whether the farm is locked meanwhile; without that nobody may have it open
     * @return what was found, one line each
     * @throws FarmException where the farm cannot be checked at all: no readable info, identity of another key, metadata too short or of an unknown
     *     version, or in use
     */
    public static List<String> run(Path folder, Target target, boolean dryRun, boolean lock, Progress progress)
            throws IOException {
        FarmScrub scrub = new FarmScrub(folder, dryRun, progress);
        FarmInfo info = FarmInfo.read(folder);
        @Nullable FarmLock held = lock ? FarmLock.take(folder.resolve(FarmInfo.FILE)) : null;
        try {
            if (target.includesMetadata()) {
                scrub.metadata(info, target.includesPlot());
            }
            if (target.includesCache()) {
                scrub.cache();
            }
        } finally {
            if (held != null) {
                held.close();
            }
        }
        return List.copyOf(scrub.findings);
    }

    private UninterruptedFile open(String name) throws IOException {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new FarmException(FarmException.Kind.MISSING, file + " is missing");
        }
        return new UninterruptedFile(
                file,
                dryRun ? Set.of(StandardOpenOption.READ) : Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    private void metadata(FarmInfo info, boolean withPlot) throws IOException {
        if (!IdentityFile.read(folder).publicKey().equals(info.publicKey())) {
            throw new FarmException(
                    FarmException.Kind.IDENTITY_MISMATCH,
                    folder + ": the key of identity.bin is not that of the farm, " + info.publicKey());
        }
        SectorLayout layout = new SectorLayout(info.piecesInSector());
        try (UninterruptedFile metadata = open(MetadataFile.NAME);
                UninterruptedFile plot = open(Farm.PLOT)) {
            MetadataFile.Header header = header(metadata, plot, layout);
            for (int i = 0; i < header.plottedSectors(); i++) {
                boolean intact = sectorMetadata(metadata, i, layout);
                if (intact && withPlot) {
                    sector(metadata, plot, i, layout);
                }
                if ((i + 1) % SECTORS_PER_REPORT == 0 || i + 1 == header.plottedSectors()) {
                    progress.sectors(i + 1, header.plottedSectors());
                }
            }
            if (!dryRun) {
                plot.force();
                metadata.force();
            }
        }
    }

    /** The header, with no more sectors than the files can hold. */
    private MetadataFile.Header header(UninterruptedFile metadata, UninterruptedFile plot, SectorLayout layout)
            throws IOException {
        if (metadata.size() < SpaceDistribution.RESERVED_METADATA) {
            throw new FarmException(
                    FarmException.Kind.CORRUPT,
                    metadata.path() + " has " + metadata.size() + " bytes, and its header alone has "
                            + SpaceDistribution.RESERVED_METADATA);
        }
        byte[] bytes = new byte[MetadataFile.HEADER_BYTES];
        metadata.read(ByteBuffer.wrap(bytes), 0);
        MetadataFile.Header header = MetadataFile.Header.read(bytes, metadata.path());
        long entries = (metadata.size() - SpaceDistribution.RESERVED_METADATA) / SectorMetadata.SIZE;
        header = limited(header, entries, metadata);
        return limited(header, plot.size() / layout.sectorBytes(), metadata);
    }

    private MetadataFile.Header limited(MetadataFile.Header header, long most, UninterruptedFile metadata)
            throws IOException {
        if (header.plottedSectors() <= most) {
            return header;
        }
        found(header.plottedSectors() + " sectors are said to be plotted, and the files hold " + most);
        MetadataFile.Header lower = header.withPlottedSectors((int) most);
        write(metadata, 0, lower.encode());
        return lower;
    }

    private boolean sectorMetadata(UninterruptedFile file, int sectorIndex, SectorLayout layout) throws IOException {
        String wrong = wrongMetadata(file, sectorIndex, layout);
        if (wrong.isEmpty()) {
            return true;
        }
        found("metadata of sector " + sectorIndex + ": " + wrong + "; the sector is to be plotted again");
        giveUp(file, sectorIndex, layout);
        return false;
    }

    private static String wrongMetadata(UninterruptedFile file, int sectorIndex, SectorLayout layout) {
        byte[] bytes = new byte[SectorMetadata.SIZE];
        try {
            file.read(ByteBuffer.wrap(bytes), MetadataFile.offset(sectorIndex));
            SectorMetadata metadata = SectorMetadata.decode(bytes);
            if (metadata.sectorIndex() != sectorIndex || metadata.pieces() != layout.pieces()) {
                return "it is of " + metadata;
            }
            return "";
        } catch (IOException | ScaleException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private void giveUp(UninterruptedFile metadata, int sectorIndex, SectorLayout layout) throws IOException {
        write(
                metadata,
                MetadataFile.offset(sectorIndex),
                SectorMetadata.dummy(sectorIndex, layout.pieces()).encode());
    }

    private void sector(UninterruptedFile metadata, UninterruptedFile plot, int sectorIndex, SectorLayout layout)
            throws IOException {
        long start = layout.sectorBytes() * sectorIndex;
        String wrong = "the hash at its end does not match";
        try {
            byte[] stored = new byte[SectorLayout.HASH];
            byte[] hash = hash(plot, start, layout.hashOffset());
            plot.read(ByteBuffer.wrap(stored), start + layout.hashOffset());
            if (Arrays.equals(hash, stored)) {
                return;
            }
        } catch (IOException e) {
            wrong = String.valueOf(e.getMessage());
        }
        found("sector " + sectorIndex + ": " + wrong + "; it is to be plotted again");
        giveUp(metadata, sectorIndex, layout);
        Blake3.Hasher hasher = Blake3.hasher();
        byte[] zeros = new byte[STEP];
        for (long at = 0; at < layout.hashOffset(); at += STEP) {
            int length = (int) Math.min(STEP, layout.hashOffset() - at);
            hasher.update(zeros, 0, length);
            write(plot, start + at, Arrays.copyOf(zeros, length));
        }
        write(plot, start + layout.hashOffset(), hasher.digest());
    }

    private static byte[] hash(UninterruptedFile file, long position, long length) throws IOException {
        Blake3.Hasher hasher = Blake3.hasher();
        byte[] block = new byte[STEP];
        for (long at = 0; at < length; at += STEP) {
            int count = (int) Math.min(STEP, length - at);
            file.read(ByteBuffer.wrap(block, 0, count), position + at);
            hasher.update(block, 0, count);
        }
        return hasher.digest();
    }

    private void cache() throws IOException {
        if (!Files.isRegularFile(folder.resolve(PieceCacheFile.NAME))) {
            progress.found("there is no " + PieceCacheFile.NAME + ": nothing to check in it");
            return;
        }
        try (UninterruptedFile file = open(PieceCacheFile.NAME)) {
            long count = file.size() / CacheElement.BYTES;
            byte[] element = new byte[CacheElement.BYTES];
            for (long i = 0; i < count; i++) {
                String wrong = "it does not have the hash at its end";
                boolean damaged;
                try {
                    file.read(ByteBuffer.wrap(element), CacheElement.BYTES * i);
                    damaged = CacheElement.state(MemorySegment.ofArray(element)) == CacheElement.State.DAMAGED;
                } catch (IOException e) {
                    damaged = true;
                    wrong = String.valueOf(e.getMessage());
                }
                if (damaged) {
                    found("piece cache, element " + i + ": " + wrong + "; it is emptied");
                    write(file, CacheElement.BYTES * i, new byte[CacheElement.BYTES]);
                }
                if ((i + 1) % ELEMENTS_PER_REPORT == 0 || i + 1 == count) {
                    progress.elements(i + 1, count);
                }
            }
            if (!dryRun) {
                file.force();
            }
        }
    }

    private void found(String what) {
        findings.add(what);
        progress.found(what);
    }

    private void write(UninterruptedFile file, long position, byte[] bytes) throws IOException {
        if (!dryRun) {
            file.write(ByteBuffer.wrap(bytes), position);
        }
    }
}
