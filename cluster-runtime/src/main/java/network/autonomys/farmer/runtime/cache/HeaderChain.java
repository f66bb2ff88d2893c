package network.autonomys.farmer.runtime.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import network.autonomys.farmer.core.scale.ScaleException;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.SegmentHeader;

/**
 * The segment headers from 0 on, each checked against the hash of the one before (node-rpc §5.5). What is in here is settled: a header
 * that contradicts it is refused, never exchanged. Safe for use by several threads.
 */
public final class HeaderChain {
    private static final Bytes NO_PARENT = Bytes.zeros(32);

    private final List<SegmentHeader> headers = new ArrayList<>();

    /** What became of a header that was offered. */
    public enum Outcome {
        /** It is the new last header. */
        APPENDED,
        /** It was there before. */
        KNOWN,
        /** Headers between ours and this one are missing; offer those first. */
        GAP,
        /** It contradicts the chain: same index with other content, or another parent. Somebody follows another fork. */
        FORK
    }

    /** Offers a header. */
    public synchronized Outcome offer(SegmentHeader header) {
        long index = header.segmentIndex();
        if (Long.compareUnsigned(index, headers.size()) > 0) {
            return Outcome.GAP;
        }
        if (index < headers.size()) {
            return headers.get((int) index).equals(header) ? Outcome.KNOWN : Outcome.FORK;
        }
        Bytes parent = headers.isEmpty() ? NO_PARENT : headers.getLast().hash();
        if (!header.prevSegmentHeaderHash().equals(parent)) {
            return Outcome.FORK;
        }
        headers.add(header);
        return Outcome.APPENDED;
    }

    /** Number of headers, which is the index of the next. */
    public synchronized long size() {
        return headers.size();
    }

    /** The header of a segment, empty for one not known yet. */
    public synchronized Optional<SegmentHeader> header(long segment) {
        return segment >= 0 && segment < headers.size() ? Optional.of(headers.get((int) segment)) : Optional.empty();
    }

    /** The last header. */
    public synchronized Optional<SegmentHeader> last() {
        return header(headers.size() - 1L);
    }

    /** The commitment that the pieces of a segment are checked against, empty for a segment not known yet. */
    public Optional<Bytes> commitment(long segment) {
        return header(segment).map(SegmentHeader::segmentCommitment);
    }

    /** Headers of a range, fewer where the chain ends. */
    public synchronized List<SegmentHeader> range(long from, int count) {
        if (from < 0 || from >= headers.size()) {
            return List.of();
        }
        return List.copyOf(headers.subList((int) from, (int) Math.min(headers.size(), from + count)));
    }

    /** All headers as a SCALE list, the form of {@link #decode}. */
    public synchronized byte[] encode() {
        ScaleWriter out = new ScaleWriter();
        out.writeList(headers);
        return out.toByteArray();
    }

    /**
     * A chain from its encoded form.
     *
     * @throws ScaleException if it is not the encoding of a chain
     */
    public static HeaderChain decode(byte[] encoded) {
        ScaleReader in = new ScaleReader(encoded);
        List<SegmentHeader> headers = in.readList(94, SegmentHeader::read);
        in.requireEnd();
        HeaderChain chain = new HeaderChain();
        for (SegmentHeader header : headers) {
            if (chain.offer(header) != Outcome.APPENDED) {
                throw new ScaleException("segment header " + Long.toUnsignedString(header.segmentIndex())
                        + " does not continue the chain");
            }
        }
        return chain;
    }
}
