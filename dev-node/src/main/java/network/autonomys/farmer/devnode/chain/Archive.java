package network.autonomys.farmer.devnode.chain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.SegmentAllocator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import network.autonomys.farmer.core.archive.ArchivedSegment;
import network.autonomys.farmer.core.archive.Archiver;
import network.autonomys.farmer.core.archive.BlockEncoding;
import network.autonomys.farmer.core.archive.SegmentSealer;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.core.types.SegmentHeader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Archives the chain (node-rpc §3.11): block n when block n + K is imported, and no block before the segments of the one before are
 * acknowledged. Holds the pieces of the newest segment for as long as somebody fetches them, and those of segment 0.
 */
public final class Archive {
    private static final Logger LOG = LoggerFactory.getLogger(Archive.class);
    private static final long NONE = -1;

    /** Is told of segments. */
    @FunctionalInterface
    public interface Announcer {
        /** Announces a segment and returns when it is acknowledged, or nobody will. */
        void archived(SegmentHeader header) throws InterruptedException;
    }

    private final ChainSpec spec;
    private final BlockStore blocks;
    private final SegmentStore segments;
    private final Function<SegmentAllocator, SegmentSealer> sealers;
    private final PieceFiles files;
    private final PieceFiles rebuilt;
    private final Announcer announcer;
    private @Nullable Archiver archiver;
    private volatile long held = NONE;
    private long lastRebuilt = NONE;

    /** @param sealers makes a sealer that takes its memory from the allocator given */
    public Archive(
            ChainSpec spec,
            BlockStore blocks,
            SegmentStore segments,
            Function<SegmentAllocator, SegmentSealer> sealers,
            Path folder,
            Announcer announcer)
            throws IOException {
        this.spec = spec;
        this.blocks = blocks;
        this.segments = segments;
        this.sealers = sealers;
        this.files = new PieceFiles(folder);
        this.rebuilt = new PieceFiles(Files.createDirectories(folder.resolve("rebuilt")));
        this.announcer = announcer;
    }

    /** Brings the archive to where the chain is: archives the genesis block of a new chain, or resumes behind the last segment. */
    public void start() throws IOException, InterruptedException {
        SegmentSealer sealer = sealers.apply(files::allocate);
        List<SegmentHeader> last = segments.last(1);
        if (last.isEmpty()) {
            LOG.info("Archiving the genesis segment");
            archiver = new Archiver(sealer, true);
        } else {
            archiver = resumed(sealer, last.getFirst());
            long newest = last.getFirst().segmentIndex();
            if (newest > 0 && files.has(newest)) {
                // Whoever had not fetched everything before the restart gets a second chance.
                held = newest;
            }
        }
        catchUp(blocks.best());
    }

    private Archiver resumed(SegmentSealer sealer, SegmentHeader header) throws IOException {
        byte[] block =
                BlockEncoding.encode(blocks.block(header.lastArchivedBlock().number()));
        return Archiver.restart(sealer, true, header, block, List.of());
    }

    /** A block was imported: archives the one that is deep enough now. */
    public void imported(long number) throws IOException, InterruptedException {
        catchUp(number);
    }

    private void catchUp(long best) throws IOException, InterruptedException {
        Archiver current = java.util.Objects.requireNonNull(archiver, "started");
        while (current.nextBlock() == 0 || current.nextBlock() <= best - spec.confirmationDepth()) {
            long number = current.nextBlock();
            byte[] encoded = BlockEncoding.encode(blocks.block(number));
            InterruptedException[] interrupted = new InterruptedException[1];
            try {
                current.addBlock(encoded, List.of(), segment -> {
                    try {
                        finished(segment);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    } catch (InterruptedException e) {
                        interrupted[0] = e;
                        throw new IllegalStateException(e);
                    }
                });
            } catch (UncheckedIOException e) {
                throw new IOException(e);
            } catch (IllegalStateException e) {
                if (interrupted[0] != null) {
                    throw interrupted[0];
                }
                throw e;
            }
        }
    }

    private void finished(ArchivedSegment segment) throws IOException, InterruptedException {
        SegmentHeader header = segment.header();
        long index = header.segmentIndex();
        files.finish(index);
        long before = held;
        held = index;
        segments.append(header);
        if (before > 0) {
            files.remove(before);
        }
        LOG.info(
                "Archived segment {} up to block {}",
                index,
                header.lastArchivedBlock().number());
        announcer.archived(header);
        if (index == 0) {
            // Kept as the genesis segment, not as the newest.
            held = NONE;
        } else {
            release(index);
        }
    }

    /** Nobody waits for the pieces of a segment any more. */
    void release(long segment) throws IOException {
        if (held == segment) {
            held = NONE;
            if (segment > 0) {
                files.remove(segment);
            }
        }
    }

    /** The segment whose pieces are held, if there is one. */
    public Optional<Long> held() {
        return held == NONE ? Optional.empty() : Optional.of(held);
    }

    /**
     * A piece as a node serves it (node-rpc §1.4.7).
     *
     * @param index any
     */
    public Optional<byte[]> piece(long index) throws IOException {
        long segment = Long.divideUnsigned(index, Constants.PIECES_PER_SEGMENT);
        int position = (int) Long.remainderUnsigned(index, Constants.PIECES_PER_SEGMENT);
        long now = held;
        if (now != NONE && now != segment) {
            return Optional.empty();
        }
        if (segment != now && segment != 0) {
            return Optional.empty();
        }
        if (segment == 0 && !files.has(0) && segments.size() > 0) {
            return rebuild(0, position);
        }
        return files.read(segment, position);
    }

    /** A piece of any archived segment, made again where its file is gone; takes as long as archiving. */
    public Optional<byte[]> anyPiece(long index) throws IOException {
        long segment = Long.divideUnsigned(index, Constants.PIECES_PER_SEGMENT);
        int position = (int) Long.remainderUnsigned(index, Constants.PIECES_PER_SEGMENT);
        if (segments.find(segment).isEmpty()) {
            return Optional.empty();
        }
        Optional<byte[]> piece = files.read(segment, position);
        return piece.isPresent() ? piece : rebuild(segment, position);
    }

    private synchronized Optional<byte[]> rebuild(long segment, int position) throws IOException {
        if (lastRebuilt != segment || !rebuilt.has(segment)) {
            rebuilt.remove(lastRebuilt);
            lastRebuilt = segment;
            SegmentSealer sealer = sealers.apply(rebuilt::allocate);
            Optional<SegmentHeader> before = segments.find(segment - 1);
            Archiver again = before.isPresent() ? resumed(sealer, before.get()) : new Archiver(sealer, false);
            while (!rebuilt.has(segment)) {
                again.addBlock(BlockEncoding.encode(blocks.block(again.nextBlock())), List.of(), made -> {
                    try {
                        rebuilt.finish(made.header().segmentIndex());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
            }
        }
        return rebuilt.read(segment, position);
    }
}
