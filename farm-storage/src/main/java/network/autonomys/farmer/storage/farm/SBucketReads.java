package network.autonomys.farmer.storage.farm;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntSupplier;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.storage.io.PageReads;
import network.autonomys.farmer.storage.io.ReadMethod;
import org.jspecify.annotations.Nullable;

/**
 * Reads an s-bucket of each of many sectors by one thread: the sizes of s-buckets out of the metadata file, as many sectors at once as the method
 * can, and then the chunks out of the plot, of which the next are under way while some are looked at. For one thread at a time.
 */
final class SBucketReads implements AutoCloseable {
    /** Enough for a disk to be busy while what it has brought is hashed. */
    private static final int AT_ONCE = 64;

    private final Farm farm;
    private final ReadMethod method;
    private @Nullable Handles idle;
    private boolean closed;

    /**
     * An s-bucket that is wanted.
     *
     * @param historySize of the sector when it was asked for
     * @param challenge of the sector in this slot
     */
    record Target(int sectorIndex, long historySize, Bytes challenge, int sBucket) {}

    /** Says what is wanted, and hears what came of it. */
    interface Visitor {
        /** The s-bucket of a sector. */
        Target target(int sectorIndex);

        /** The chunks of an s-bucket, 32 bytes each, possibly none; they are there until this returns. */
        void read(Target target, MemorySegment chunks);

        /** An s-bucket that cannot be read. */
        void failed(Target target, IOException failure);
    }

    /** Both files, opened together. */
    private record Handles(PageReads sizes, PageReads chunks) {
        void close() throws IOException {
            try (sizes) {
                chunks.close();
            }
        }
    }

    /** Where a target's chunks are. */
    private record Found(Target target, Farm.SBucketRange range) {}

    SBucketReads(Farm farm, ReadMethod method) throws IOException {
        this.farm = farm;
        this.method = method;
        this.idle = open();
    }

    private Handles open() throws IOException {
        PageReads sizes = farm.openSizeReads(method, AT_ONCE);
        try {
            return new Handles(sizes, farm.openSBucketReads(method, AT_ONCE));
        } catch (IOException e) {
            sizes.close();
            throw e;
        }
    }

    /**
     * Reads an s-bucket of each of these sectors.
     *
     * @param sectors the next sector, -1 where there is none left
     * @throws IOException where nothing can be read in this way any more; handles are opened anew with the next call
     */
    void readAll(IntSupplier sectors, Visitor visitor) throws IOException {
        Handles open = take();
        boolean whole = false;
        try {
            new Pass(open, sectors, visitor).run();
            whole = true;
        } finally {
            // What is under way after a failure is left to itself, and so are the handles.
            if (!whole || !giveBack(open)) {
                open.close();
            }
        }
    }

    private synchronized Handles take() throws IOException {
        if (closed) {
            throw new IOException(farm.folder() + ": is being closed");
        }
        Handles open = idle == null ? open() : idle;
        idle = null;
        return open;
    }

    private synchronized boolean giveBack(Handles open) {
        if (!closed) {
            idle = open;
        }
        return !closed;
    }

    /** One call of {@link #readAll}. */
    private final class Pass {
        private final PageReads sizes;
        private final PageReads chunks;
        private final IntSupplier sectors;
        private final Visitor visitor;
        private final @Nullable Target[] sized;
        private final @Nullable Target[] reading;
        private final Deque<Found> found = new ArrayDeque<>();
        private boolean more = true;

        Pass(Handles open, IntSupplier sectors, Visitor visitor) {
            this.sizes = open.sizes;
            this.chunks = open.chunks;
            this.sectors = sectors;
            this.visitor = visitor;
            this.sized = new Target[sizes.slots()];
            this.reading = new Target[chunks.slots()];
        }

        void run() throws IOException {
            int underWay = 0;
            for (int slot = 0; slot < reading.length && begin(slot); slot++) {
                underWay++;
            }
            while (underWay > 0) {
                int slot = chunks.next();
                Target target = known(reading[slot]);
                MemorySegment bytes = bytes(chunks, slot, target);
                if (bytes != null) {
                    visitor.read(target, bytes);
                }
                if (!begin(slot)) {
                    underWay--;
                }
            }
        }

        /** Begins to read the next chunks; false where there are none left. */
        private boolean begin(int slot) throws IOException {
            while (found.isEmpty() && more) {
                findMore();
            }
            Found next = found.poll();
            if (next == null) {
                return false;
            }
            reading[slot] = next.target;
            chunks.begin(slot, farm.plotOffset(next.target.sectorIndex) + next.range.offset(), next.range.bytes());
            return true;
        }

        /** Looks the next sectors up in the metadata file. */
        private void findMore() throws IOException {
            int underWay = 0;
            while (underWay < sized.length && more) {
                int sector = sectors.getAsInt();
                if (sector < 0) {
                    more = false;
                } else {
                    Target target = visitor.target(sector);
                    sized[underWay] = target;
                    sizes.begin(underWay, Farm.sizesPosition(sector, target.sBucket), Farm.SIZES_BYTES);
                    underWay++;
                }
            }
            // The chunks that were asked for are not to wait for this.
            chunks.submit();
            for (; underWay > 0; underWay--) {
                int slot = sizes.next();
                Target target = known(sized[slot]);
                MemorySegment bytes = bytes(sizes, slot, target);
                if (bytes != null) {
                    locate(target, bytes);
                }
            }
        }

        private void locate(Target target, MemorySegment bytes) {
            try {
                Farm.SBucketRange range = farm.sBucket(target.sectorIndex, target.sBucket, bytes);
                if (range.bytes() > 0) {
                    found.add(new Found(target, range));
                } else {
                    visitor.read(target, MemorySegment.NULL);
                }
            } catch (FarmException e) {
                visitor.failed(target, e);
            }
        }

        private @Nullable MemorySegment bytes(PageReads reads, int slot, Target target) {
            try {
                return reads.bytes(slot);
            } catch (IOException e) {
                visitor.failed(target, e);
                return null;
            }
        }

        private static Target known(@Nullable Target target) {
            if (target == null) {
                throw new IllegalStateException("a read that nobody has begun");
            }
            return target;
        }
    }

    /** Handles in use are closed by whoever uses them. */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        if (idle != null) {
            idle.close();
            idle = null;
        }
    }
}
