package network.autonomys.farmer.devnode.chain;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import network.autonomys.farmer.core.scale.ScaleException;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.types.SegmentHeader;

/** The segment headers of the chain on disk and in memory, in order. May be used by several threads at once. */
public final class SegmentStore implements AutoCloseable {
    private final RecordLog log;
    private final List<SegmentHeader> headers = new ArrayList<>();

    private SegmentStore(RecordLog log) {
        this.log = log;
    }

    /** Opens or creates the file. */
    public static SegmentStore open(Path file) throws IOException {
        SegmentStore store = new SegmentStore(RecordLog.open(file));
        try {
            for (int i = 0; i < store.log.size(); i++) {
                store.headers.add(ScaleReader.decode(store.log.get(i), SegmentHeader::read));
            }
        } catch (ScaleException e) {
            throw new IOException("a damaged segment header", e);
        }
        return store;
    }

    /** Appends the header of the next segment; it is on disk when this returns. */
    public synchronized void append(SegmentHeader header) throws IOException {
        if (header.segmentIndex() != headers.size()) {
            throw new IllegalArgumentException("segment " + header.segmentIndex() + " after " + headers.size());
        }
        log.append(header.encode());
        headers.add(header);
    }

    /** Number of segments. */
    public synchronized int size() {
        return headers.size();
    }

    /** The header of a segment. */
    public synchronized Optional<SegmentHeader> find(long index) {
        return index < 0 || index >= headers.size() ? Optional.empty() : Optional.of(headers.get((int) index));
    }

    /** The newest headers in order, at most so many. */
    public synchronized List<SegmentHeader> last(int limit) {
        return List.copyOf(headers.subList(Math.max(0, headers.size() - limit), headers.size()));
    }

    /** Headers of segments whose last block is the given one. */
    synchronized List<SegmentHeader> endingIn(long block) {
        return headers.stream()
                .filter(h -> h.lastArchivedBlock().number() == block)
                .toList();
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}
