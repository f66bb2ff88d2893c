package network.autonomys.farmer.controller;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import network.autonomys.farmer.core.archive.PieceReconstructor;
import network.autonomys.farmer.core.archive.ReconstructionException;
import network.autonomys.farmer.core.archive.SegmentPieces;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.protocol.message.Presence;
import network.autonomys.farmer.runtime.cache.PeerHoldings;
import network.autonomys.farmer.runtime.cache.PieceSet;
import network.autonomys.farmer.runtime.cache.PieceTransport;
import network.autonomys.farmer.runtime.cache.PieceVault;
import network.autonomys.farmer.runtime.cache.PieceVerifier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes missing pieces of a segment from any 128 that the caches hold (primitives §7.9). The pieces lie in a mapped scratch file, not on
 * the heap; what comes out is verified before it is kept.
 */
final class CacheReconstruction implements SegmentRecovery {
    private static final Logger LOG = LoggerFactory.getLogger(CacheReconstruction.class);
    private static final int NEEDED = PieceSet.PIECES_PER_SEGMENT / 2;
    private static final int SOME_MORE = 8;

    /** Up to here single pieces are made, each of which costs a few seconds; beyond it the entire segment. */
    private static final int FEW = 8;

    private static final int STORED_TOGETHER = 32;

    private final PieceVault window;
    private final Supplier<? extends Collection<Presence>> caches;
    private final PeerHoldings holdings;
    private final PieceTransport transport;
    private final PieceVerifier verifier;
    private final PieceReconstructor reconstructor;
    private final Path scratchFolder;
    private final String host;
    private final Duration fetchLimit;

    CacheReconstruction(
            PieceVault window,
            Supplier<? extends Collection<Presence>> caches,
            PeerHoldings holdings,
            PieceTransport transport,
            PieceVerifier verifier,
            PieceReconstructor reconstructor,
            Path scratchFolder,
            String host,
            Duration fetchLimit) {
        this.window = window;
        this.caches = caches;
        this.holdings = holdings;
        this.transport = transport;
        this.verifier = verifier;
        this.reconstructor = reconstructor;
        this.scratchFolder = scratchFolder;
        this.host = host;
        this.fetchLimit = fetchLimit;
    }

    @Override
    public String name() {
        return "pieces of the caches";
    }

    @Override
    public int recover(long segment, BitSet missing) throws IOException, InterruptedException {
        List<Presence> present = List.copyOf(caches.get());
        holdings.refresh(present, segment, 1);
        BitSet available = available(segment, present);
        if (available.cardinality() < NEEDED) {
            return 0;
        }
        BitSet wanted = (BitSet) missing.clone();
        if (wanted.cardinality() > FEW) {
            // The entire segment is made then: whatever else nobody holds is kept too, before somebody asks for it.
            BitSet lost = (BitSet) available.clone();
            lost.flip(0, PieceSet.PIECES_PER_SEGMENT);
            wanted.or(lost);
        }
        try (ScratchFile scratch = new ScratchFile(scratchFolder)) {
            MemorySegment given = scratch.allocate(SegmentPieces.BYTES, Long.BYTES);
            List<@Nullable MemorySegment> pieces = collect(segment, present, given);
            long have = pieces.stream().filter(piece -> piece != null).count();
            if (have < NEEDED) {
                LOG.debug("Only {} good pieces of segment {} could be collected", have, segment);
                return 0;
            }
            return make(segment, wanted, pieces, scratch);
        } catch (ReconstructionException e) {
            throw new IOException("segment " + segment + " cannot be reconstructed: " + e.getMessage(), e);
        }
    }

    private BitSet available(long segment, List<Presence> present) {
        BitSet available = new BitSet();
        for (int i = 0; i < PieceSet.PIECES_PER_SEGMENT; i++) {
            long piece = segment * PieceSet.PIECES_PER_SEGMENT + i;
            boolean held = window.held().contains(piece)
                    || present.stream()
                            .anyMatch(cache -> holdings.of(cache.id()).contains(piece));
            available.set(i, held);
        }
        return available;
    }

    /** Fetches 128 verified pieces and a few more, since one or the other may turn out bad. */
    private List<@Nullable MemorySegment> collect(long segment, List<Presence> present, MemorySegment given)
            throws IOException, InterruptedException {
        List<@Nullable MemorySegment> pieces =
                new ArrayList<>(Collections.nCopies(PieceSet.PIECES_PER_SEGMENT, (MemorySegment) null));
        int have = 0;
        for (int i = 0; i < PieceSet.PIECES_PER_SEGMENT && have < NEEDED; i++) {
            MemorySegment place = place(given, i);
            if (window.read(segment * PieceSet.PIECES_PER_SEGMENT + i, place)) {
                pieces.set(i, place);
                have++;
            }
        }
        BitSet tried = new BitSet();
        while (have < NEEDED) {
            Map<Presence, List<Long>> asks = new HashMap<>();
            int asked = 0;
            for (int i = 0; i < PieceSet.PIECES_PER_SEGMENT && asked < NEEDED - have + SOME_MORE; i++) {
                long piece = segment * PieceSet.PIECES_PER_SEGMENT + i;
                if (pieces.get(i) != null || tried.get(i)) {
                    continue;
                }
                Presence holder = holder(piece, present);
                if (holder != null) {
                    asks.computeIfAbsent(holder, cache -> new ArrayList<>()).add(piece);
                    tried.set(i);
                    asked++;
                }
            }
            if (asks.isEmpty()) {
                return pieces;
            }
            for (Map.Entry<Presence, List<Long>> ask : asks.entrySet()) {
                have += fetch(ask.getKey(), ask.getValue(), given, pieces);
            }
        }
        return pieces;
    }

    private @Nullable Presence holder(long piece, List<Presence> present) {
        List<Presence> holders = present.stream()
                .filter(cache -> holdings.of(cache.id()).contains(piece))
                .toList();
        return holders.isEmpty() ? null : holders.get((int) Math.floorMod(piece, (long) holders.size()));
    }

    private int fetch(Presence cache, List<Long> wanted, MemorySegment given, List<@Nullable MemorySegment> pieces)
            throws InterruptedException {
        List<Long> got = Collections.synchronizedList(new ArrayList<>());
        try {
            transport.fetch(
                    PieceTransport.address(cache, host),
                    wanted.stream().mapToLong(Long::longValue).toArray(),
                    (index, bytes) -> {
                        if (!wanted.contains(index) || bytes.byteSize() != Constants.PIECE_SIZE) {
                            throw new IOException("an answer that nobody asked for");
                        }
                        place(given, position(index)).copyFrom(bytes);
                        got.add(index);
                    },
                    fetchLimit);
        } catch (IOException e) {
            LOG.debug("{} did not give pieces for reconstruction", cache.id(), e);
        }
        List<Long> arrived = List.copyOf(got);
        BitSet invalid = verifier.invalid(
                arrived.stream().mapToLong(Long::longValue).toArray(),
                arrived.stream().map(index -> place(given, position(index))).toList());
        for (int i = 0; i < arrived.size(); i++) {
            if (!invalid.get(i)) {
                pieces.set(position(arrived.get(i)), place(given, position(arrived.get(i))));
            }
        }
        return arrived.size() - invalid.cardinality();
    }

    private record Made(long index, MemorySegment bytes) implements PieceVault.Piece {}

    private int make(long segment, BitSet missing, List<@Nullable MemorySegment> pieces, ScratchFile scratch)
            throws IOException, ReconstructionException {
        List<Made> made = new ArrayList<>();
        if (missing.cardinality() <= FEW) {
            for (int position : missing.stream().toArray()) {
                byte[] piece = reconstructor.reconstructPiece(pieces, position);
                made.add(new Made(segment * PieceSet.PIECES_PER_SEGMENT + position, MemorySegment.ofArray(piece)));
            }
        } else {
            SegmentPieces all = reconstructor.reconstructSegment(pieces, scratch);
            missing.stream()
                    .forEach(position ->
                            made.add(new Made(segment * PieceSet.PIECES_PER_SEGMENT + position, all.piece(position))));
        }
        int kept = 0;
        for (int from = 0; from < made.size(); from += STORED_TOGETHER) {
            kept += keep(made.subList(from, Math.min(made.size(), from + STORED_TOGETHER)));
        }
        return kept;
    }

    private int keep(List<Made> made) throws IOException {
        BitSet invalid = verifier.invalid(
                made.stream().mapToLong(Made::index).toArray(),
                made.stream().map(Made::bytes).toList());
        List<Made> good = new ArrayList<>();
        for (int i = 0; i < made.size(); i++) {
            if (!invalid.get(i)) {
                good.add(made.get(i));
            }
        }
        if (!good.isEmpty()) {
            window.store(good);
        }
        return good.size();
    }

    private static int position(long piece) {
        return (int) (piece % PieceSet.PIECES_PER_SEGMENT);
    }

    private static MemorySegment place(MemorySegment given, int position) {
        return given.asSlice((long) position * Constants.PIECE_SIZE, Constants.PIECE_SIZE);
    }
}
