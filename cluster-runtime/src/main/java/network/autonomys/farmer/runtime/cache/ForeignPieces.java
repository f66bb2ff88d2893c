package network.autonomys.farmer.runtime.cache;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies pieces that came into the directory from elsewhere, such as those of the export tool, before they count as held: newest
 * first, a batch at a time. Nothing is deleted: a piece that fails is fetched again and then replaced.
 */
final class ForeignPieces {
    private static final Logger LOG = LoggerFactory.getLogger(ForeignPieces.class);
    private static final Duration FOR_HEADERS = Duration.ofMillis(500);

    private final StorePieceVault vault;
    private final HeaderChain chain;
    private final PieceVerifier verifier;
    private final int batchPieces;
    private final CacheEvents events;
    private long valid;
    private long invalid;

    /** How it ended. */
    enum End {
        /** Each piece was judged, and at least one was good. */
        DONE,
        /** The first batches held not one valid piece: they belong to another chain. */
        OTHER_CHAIN
    }

    ForeignPieces(
            StorePieceVault vault, HeaderChain chain, PieceVerifier verifier, int batchPieces, CacheEvents events) {
        this.vault = vault;
        this.chain = chain;
        this.verifier = verifier;
        this.batchPieces = batchPieces;
        this.events = events;
    }

    /** Judges all pieces; waits for headers where they are not known yet. */
    End verifyAll() throws InterruptedException, IOException {
        LOG.info(
                "{} pieces from elsewhere are verified before they are used",
                vault.pending().size());
        try (PieceBuffers buffers = new PieceBuffers(vault.pieceSize(), batchPieces)) {
            while (vault.pending().size() > 0) {
                List<Long> batch = nextBatch();
                if (batch.isEmpty()) {
                    Thread.sleep(FOR_HEADERS);
                    continue;
                }
                verify(batch, buffers);
                if (valid == 0 && invalid >= batchPieces) {
                    return End.OTHER_CHAIN;
                }
            }
        }
        LOG.info("{} pieces from elsewhere are good, {} were not", valid, invalid);
        return valid == 0 && invalid > 0 ? End.OTHER_CHAIN : End.DONE;
    }

    private List<Long> nextBatch() {
        long[] pending = vault.pending().toArray();
        List<Long> batch = new ArrayList<>();
        for (int i = pending.length - 1; i >= 0 && batch.size() < batchPieces; i--) {
            if (pending[i] / PieceSet.PIECES_PER_SEGMENT < chain.size()) {
                batch.add(pending[i]);
            }
        }
        return batch;
    }

    private void verify(List<Long> pieces, PieceBuffers buffers) throws InterruptedException, IOException {
        List<PieceBuffers.Buffer> taken = new ArrayList<>();
        List<Long> read = new ArrayList<>();
        try {
            for (long piece : pieces) {
                PieceBuffers.Buffer buffer = buffers.take();
                taken.add(buffer);
                if (vault.readPending(piece, buffer.bytes())) {
                    read.add(piece);
                } else {
                    taken.removeLast().close();
                    judge(piece, false);
                }
            }
            long[] indexes = read.stream().mapToLong(Long::longValue).toArray();
            List<MemorySegment> bytes =
                    taken.stream().map(PieceBuffers.Buffer::bytes).toList();
            BitSet bad = verifier.invalid(indexes, bytes);
            for (int i = 0; i < indexes.length; i++) {
                judge(indexes[i], !bad.get(i));
            }
        } finally {
            taken.forEach(PieceBuffers.Buffer::close);
        }
    }

    private void judge(long piece, boolean good) {
        vault.admit(piece, good);
        if (good) {
            valid++;
        } else {
            invalid++;
            events.rejected(piece, "the directory");
        }
    }
}
