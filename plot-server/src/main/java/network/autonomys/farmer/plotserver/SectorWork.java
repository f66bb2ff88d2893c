package network.autonomys.farmer.plotserver;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import network.autonomys.farmer.core.engine.RecordEngine;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.sector.SectorEncoder;
import network.autonomys.farmer.core.sector.SectorIds;
import network.autonomys.farmer.core.sector.SectorLayout;
import network.autonomys.farmer.core.sector.SectorMetadata;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.protocol.message.PlotJob;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One sector from its job to its bytes: derives the piece indexes, fetches each distinct piece once, checks them, encodes the records on the plotting
 * threads, assembles (sectors-farms §3). Memory is two sectors outside the heap for as long as the work lasts.
 */
final class SectorWork {
    private static final Logger LOG = LoggerFactory.getLogger(SectorWork.class);

    private final PlotJob job;
    private final SectorLayout layout;
    private final Bytes sectorId;
    private final Map<Long, List<Integer>> offsets;

    /** @throws IllegalArgumentException where there is no such sector */
    SectorWork(PlotJob job) {
        this.job = job;
        this.layout = new SectorLayout(job.piecesInSector());
        this.sectorId =
                SectorIds.sectorId(SectorIds.publicKeyHash(job.publicKey()), job.sectorIndex(), job.historySize());
        try {
            this.offsets = offsets();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("no pieces belong to it", e);
        }
    }

    /** Bytes that the finished sector and its metadata take in the spool. */
    long spoolBytes() {
        return layout.sectorBytes() + SectorMetadata.SIZE;
    }

    /** Fetched pieces of a sector, ready to be encoded. */
    record Prepared(MemorySegment records, MemorySegment recordMetadata) {
        void put(int offset, byte[] piece) {
            MemorySegment.copy(piece, 0, record(offset), ValueLayout.JAVA_BYTE, 0, SectorLayout.RECORD);
            SectorEncoder.recordMetadata(
                    piece,
                    recordMetadata.asSlice((long) SectorLayout.RECORD_METADATA * offset, SectorLayout.RECORD_METADATA));
        }

        MemorySegment record(int offset) {
            return records.asSlice((long) SectorLayout.RECORD * offset, SectorLayout.RECORD);
        }

        MemorySegment points(int offset) {
            return recordMetadata.asSlice(
                    (long) SectorLayout.RECORD_METADATA * offset, SectorLayout.RECORD_METADATA - SectorLayout.HASH);
        }
    }

    /**
     * Fetches the pieces and checks them; bad ones are fetched from others.
     *
     * @param threads where pieces are checked
     * @param arena where they are kept
     * @throws IOException where not all could be had in time
     */
    Prepared fetch(SectorPieces pieces, PieceCheck check, ExecutorService threads, Duration limit, Arena arena)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        Prepared prepared = new Prepared(
                arena.allocate((long) SectorLayout.RECORD * layout.pieces(), 64),
                arena.allocate((long) SectorLayout.RECORD_METADATA * layout.pieces(), 64));
        Map<Long, String> sources = new ConcurrentHashMap<>();
        byte[] buffer = new byte[Constants.PIECE_SIZE];
        long[] open = offsets.keySet().stream().mapToLong(Long::longValue).toArray();
        while (open.length > 0) {
            pieces.fetch(
                    open,
                    (index, piece, source) -> {
                        sources.put(index, source);
                        MemorySegment.copy(piece, ValueLayout.JAVA_BYTE, 0, buffer, 0, buffer.length);
                        offsets.getOrDefault(index, List.of()).forEach(offset -> prepared.put(offset, buffer));
                    },
                    left(deadline));
            check.await(open, left(deadline));
            open = bad(open, prepared, check, threads);
            for (long index : open) {
                pieces.refuse(index, sources.getOrDefault(index, "nobody"));
            }
        }
        return prepared;
    }

    /** Offsets in the sector of each piece. */
    private Map<Long, List<Integer>> offsets() {
        Map<Long, List<Integer>> found = new HashMap<>();
        for (int offset = 0; offset < layout.pieces(); offset++) {
            long index = SectorIds.pieceIndex(
                    sectorId,
                    offset,
                    job.historySize(),
                    job.protocolInfo().maxPiecesInSector(),
                    job.protocolInfo().recentSegments(),
                    job.protocolInfo().recentHistoryFraction());
            found.computeIfAbsent(index, i -> new ArrayList<>()).add(offset);
        }
        return found;
    }

    private static Duration left(long deadline) {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    private long[] bad(long[] indexes, Prepared prepared, PieceCheck check, ExecutorService threads)
            throws IOException, InterruptedException {
        List<MemorySegment> records = new ArrayList<>();
        List<MemorySegment> points = new ArrayList<>();
        for (long index : indexes) {
            int offset = offsets.getOrDefault(index, List.of()).getFirst();
            records.add(prepared.record(offset));
            points.add(prepared.points(offset));
        }
        Future<BitSet> judgement = threads.submit(() -> check.invalid(indexes, records, points));
        try {
            return judgement.get().stream().mapToLong(i -> indexes[i]).toArray();
        } catch (ExecutionException e) {
            throw new IOException("the pieces cannot be checked: " + e.getCause(), e.getCause());
        } finally {
            awaitAll(List.of(judgement));
        }
    }

    /**
     * Encodes and assembles.
     *
     * @param threads the plotting threads, on which the records are encoded
     * @param arena where the sector is kept
     * @param encoded hears of each record that is done, on those threads
     * @throws IOException where a piece's record is not made of scalars
     */
    EncodedSector encode(Prepared prepared, RecordEngine engine, ExecutorService threads, Arena arena, Runnable encoded)
            throws IOException, InterruptedException {
        int n = layout.pieces();
        MemorySegment bitfields = arena.allocate((long) SectorLayout.BITFIELD * n, 64);
        List<Future<?>> records = new ArrayList<>();
        AtomicBoolean givenUp = new AtomicBoolean();
        for (int offset = 0; offset < n; offset++) {
            int record = offset;
            records.add(threads.submit(() -> {
                if (!givenUp.get()) {
                    encodeRecord(prepared.records(), bitfields, record, engine);
                    encoded.run();
                }
            }));
        }
        try {
            for (Future<?> record : records) {
                record.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("sector " + job.sectorIndex() + " cannot be encoded: " + e.getCause(), e.getCause());
        } finally {
            givenUp.set(true);
            awaitAll(records);
        }
        MemorySegment sector = arena.allocate(layout.sectorBytes(), 64);
        SectorMetadata metadata = SectorEncoder.assemble(
                layout,
                job.sectorIndex(),
                job.historySize(),
                prepared.records(),
                bitfields,
                prepared.recordMetadata(),
                sector);
        MemorySegment metadataBytes = MemorySegment.ofArray(metadata.encode());
        return new EncodedSector(sector, metadataBytes, contentHash(sector, metadataBytes));
    }

    /** Waits for records that are being encoded, whose memory must stay until then. */
    private static void awaitAll(List<? extends Future<?>> records) {
        boolean interrupted = false;
        for (Future<?> record : records) {
            while (!record.isDone()) {
                try {
                    record.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    LOG.debug("a record of a sector that was given up failed", e);
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The record's stored chunks take the place of its source chunks. */
    private void encodeRecord(MemorySegment records, MemorySegment bitfields, int record, RecordEngine engine) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment seed = arena.allocate(RecordEngine.SEED_BYTES);
            MemorySegment.copy(
                    SectorIds.evaluationSeed(sectorId, record).toArray(),
                    0,
                    seed,
                    ValueLayout.JAVA_BYTE,
                    0,
                    RecordEngine.SEED_BYTES);
            MemorySegment source = records.asSlice((long) SectorLayout.RECORD * record, SectorLayout.RECORD);
            MemorySegment stored = arena.allocate(SectorLayout.RECORD, 64);
            engine.encode(
                    job.posVersion(),
                    1,
                    seed,
                    source,
                    stored,
                    bitfields.asSlice((long) SectorLayout.BITFIELD * record, SectorLayout.BITFIELD));
            source.copyFrom(stored);
        }
    }

    /** BLAKE3 of a sector and its metadata one after the other. */
    static Bytes contentHash(MemorySegment sector, MemorySegment metadata) {
        Blake3.Hasher hasher = Blake3.hasher();
        byte[] block = new byte[1 << 20];
        for (MemorySegment part : List.of(sector, metadata)) {
            for (long at = 0; at < part.byteSize(); at += block.length) {
                int length = (int) Math.min(block.length, part.byteSize() - at);
                MemorySegment.copy(part, ValueLayout.JAVA_BYTE, at, block, 0, length);
                hasher.update(block, 0, length);
            }
        }
        return Bytes.of(hasher.digest());
    }
}
