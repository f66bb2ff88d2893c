package network.autonomys.farmer.core.sector;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import network.autonomys.farmer.core.engine.FieldEngine;
import network.autonomys.farmer.core.engine.ProofTable;
import network.autonomys.farmer.core.field.Scalars;
import org.jspecify.annotations.Nullable;

/** One record on its way out of a sector. For one thread. */
final class RecordReading implements AutoCloseable {
    private final ContentsMap contents;
    private final int pieceOffset;
    private final int[] sBuckets;
    private final SectorSource.ChunkReads reads;
    private final SectorReader.Mode mode;
    private final FieldEngine field;
    private final Arena arena;
    private FieldEngine.@Nullable Recovery recovery;

    private RecordReading(
            ContentsMap contents,
            int pieceOffset,
            int[] sBuckets,
            SectorSource.ChunkReads reads,
            SectorReader.Mode mode,
            FieldEngine field,
            Arena arena) {
        this.contents = contents;
        this.pieceOffset = pieceOffset;
        this.sBuckets = sBuckets;
        this.reads = reads;
        this.mode = mode;
        this.field = field;
        this.arena = arena;
    }

    /** See {@link SectorReader#begin}. */
    static RecordReading begin(
            SectorMetadata metadata,
            ContentsMap contents,
            int pieceOffset,
            SectorSource source,
            SectorReader.Mode mode,
            FieldEngine field,
            Arena arena)
            throws SectorException {
        SectorLayout layout = new SectorLayout(metadata.pieces());
        int[] sBuckets = storedSBuckets(contents, pieceOffset);
        long[] offsets = offsets(layout, metadata, contents, pieceOffset, sBuckets);
        SectorSource.ChunkReads reads;
        if (mode == SectorReader.Mode.WHOLE_SECTOR) {
            reads = into -> wholeSector(layout, source, arena).readChunks(offsets, into);
        } else {
            try {
                reads = source.beginChunks(offsets);
            } catch (IOException e) {
                throw unreadable(e);
            }
        }
        return new RecordReading(contents, pieceOffset, sBuckets, reads, mode, field, arena);
    }

    /**
     * Waits for the chunks and decodes them.
     *
     * @throws IOException where the whole sector cannot be read
     * @throws SectorException {@code MISSING_PROOF}, {@code INVALID_CHUNK}, or {@code UNREADABLE_CHUNK} for a single chunk's read
     */
    SectorReader.RecordChunks chunks(ProofTable table) throws IOException, SectorException {
        MemorySegment hashes = arena.allocate((long) SectorLayout.S_BUCKETS * SectorLayout.HASH);
        MemorySegment found = arena.allocate(SectorLayout.BITFIELD);
        // Before the wait, as is all that needs no chunk: it takes a while, and the disk goes on reading.
        table.proofHashes(hashes, found);
        MemorySegment present = present();
        recovery = prepare(present);
        MemorySegment stored = arena.allocate((long) SectorLayout.CHUNK * sBuckets.length);
        await(stored);
        SectorReader.RecordChunks chunks = new SectorReader.RecordChunks(
                arena.allocate((long) SectorLayout.S_BUCKETS * SectorLayout.CHUNK), present);
        for (int i = 0; i < sBuckets.length; i++) {
            int s = sBuckets[i];
            MemorySegment.copy(
                    stored,
                    (long) SectorLayout.CHUNK * i,
                    chunks.chunks(),
                    (long) SectorLayout.CHUNK * s,
                    SectorLayout.CHUNK);
        }
        decode(hashes, found, chunks.chunks());
        return chunks;
    }

    private MemorySegment present() {
        MemorySegment present = arena.allocate(SectorLayout.BITFIELD);
        for (int s : sBuckets) {
            byte bits = present.get(ValueLayout.JAVA_BYTE, s >> 3);
            present.set(ValueLayout.JAVA_BYTE, s >> 3, (byte) (bits | 1 << (s & 7)));
        }
        return present;
    }

    private FieldEngine.Recovery prepare(MemorySegment present) throws SectorException {
        try {
            return field.prepareRecovery(SectorLayout.S_BUCKETS, present);
        } catch (IllegalArgumentException e) {
            throw erasure(e);
        }
    }

    /** Recovers what is wanted from the chunks of {@link #chunks}, once. */
    void recover(SectorReader.RecordChunks chunks, FieldEngine.Recovered what, MemorySegment into)
            throws SectorException {
        FieldEngine.Recovery prepared = recovery;
        if (prepared == null) {
            throw new IllegalStateException("the chunks come first");
        }
        try {
            prepared.recover(chunks.chunks(), what, into);
        } catch (IllegalArgumentException e) {
            throw erasure(e);
        }
    }

    private static SectorException erasure(IllegalArgumentException e) {
        return new SectorException(SectorException.Kind.ERASURE, "cannot recover the record: " + e.getMessage(), e);
    }

    private void await(MemorySegment stored) throws IOException, SectorException {
        try {
            reads.await(stored);
        } catch (IOException e) {
            if (mode == SectorReader.Mode.WHOLE_SECTOR) {
                throw e;
            }
            throw unreadable(e);
        }
    }

    private static SectorException unreadable(IOException e) {
        return new SectorException(
                SectorException.Kind.UNREADABLE_CHUNK, "cannot read a record's chunks: " + e.getMessage(), e);
    }

    private static int[] storedSBuckets(ContentsMap contents, int pieceOffset) {
        int[] sBuckets = new int[SectorLayout.RECORD_CHUNKS];
        int count = 0;
        for (int s = 0; s < SectorLayout.S_BUCKETS; s++) {
            if (contents.isPresent(pieceOffset, s)) {
                sBuckets[count++] = s;
            }
        }
        return sBuckets;
    }

    private static long[] offsets(
            SectorLayout layout, SectorMetadata metadata, ContentsMap contents, int pieceOffset, int[] sBuckets)
            throws SectorException {
        int[] ranks = contents.ranks(pieceOffset);
        long chunksInSector = (long) SectorLayout.RECORD_CHUNKS * layout.pieces();
        long[] offsets = new long[sBuckets.length];
        long before = 0;
        int next = 0;
        for (int i = 0; i < sBuckets.length; i++) {
            for (; next < sBuckets[i]; next++) {
                before += metadata.sBucketSize(next);
            }
            long number = before + ranks[next];
            if (number >= chunksInSector) {
                throw new SectorException(
                        SectorException.Kind.MISMATCH,
                        "chunk " + number + " of s-bucket " + next + " lies behind the sector's chunks");
            }
            offsets[i] = layout.chunkOffset(number);
        }
        return offsets;
    }

    private void decode(MemorySegment hashes, MemorySegment found, MemorySegment chunks) throws SectorException {
        for (int s : sBuckets) {
            long at = (long) SectorLayout.CHUNK * s;
            boolean encoded = contents.isEncoded(pieceOffset, s);
            if (encoded) {
                if ((found.get(ValueLayout.JAVA_BYTE, s >> 3) >> (s & 7) & 1) == 0) {
                    throw new SectorException(
                            SectorException.Kind.MISSING_PROOF, "no proof of space for s-bucket " + s);
                }
                for (int i = 0; i < SectorLayout.CHUNK; i += Long.BYTES) {
                    long word = chunks.get(ValueLayout.JAVA_LONG_UNALIGNED, at + i)
                            ^ hashes.get(ValueLayout.JAVA_LONG_UNALIGNED, at + i);
                    chunks.set(ValueLayout.JAVA_LONG_UNALIGNED, at + i, word);
                }
            }
            if (!Scalars.isCanonical(chunks, at)) {
                throw new SectorException(
                        SectorException.Kind.INVALID_CHUNK,
                        "s-bucket " + s + (encoded ? ", encoded" : ", not encoded") + ": no scalar");
            }
        }
    }

    private static SectorSource wholeSector(SectorLayout layout, SectorSource source, Arena arena) throws IOException {
        MemorySegment sector = arena.allocate(layout.sectorBytes());
        source.read(0, sector);
        return (offset, into) -> MemorySegment.copy(sector, offset, into, 0, into.byteSize());
    }

    /** Ends what was begun and not awaited. */
    @Override
    public void close() {
        if (recovery != null) {
            recovery.close();
        }
        reads.close();
    }
}
