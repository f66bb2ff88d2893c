package network.autonomys.farmer.storage.io;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A disk in memory that loses power after a given number of writes. What was forced is there afterwards; of what was not, all, nothing or any
 * part in units of 512 bytes may be, whatever the order in which it was written. A new, renamed or deleted file is one only once its folder was
 * forced.
 */
public final class CrashDisk implements FileLayer {
    private static final int SECTOR = 512;

    /** What becomes of writes that were not forced. */
    public enum Fate {
        LOST,
        KEPT,
        TORN
    }

    /** Power is gone: nothing works any more. */
    public static final class PowerLoss extends IOException {
        private static final long serialVersionUID = 1;

        PowerLoss() {
            super("power is gone");
        }
    }

    private record FolderChange(
            Path path, @org.jspecify.annotations.Nullable Inode inode) {}

    private final Map<Path, Inode> names = new TreeMap<>();
    private final Map<Path, Inode> durableNames = new TreeMap<>();
    private final List<List<FolderChange>> folderChanges = new ArrayList<>();
    private final int writesLeft;
    private int writes;
    private boolean off;

    /**
     * An empty disk.
     *
     * @param writesLeft writes, forces and changes of folders after which power is lost; the last one has begun then
     */
    public CrashDisk(int writesLeft) {
        this.writesLeft = writesLeft;
    }

    /** Writes so far. */
    public int writes() {
        return writes;
    }

    /** True once power was lost. */
    public boolean isOff() {
        return off;
    }

    /** The disk as it is found when power is back; it keeps its power then. */
    public CrashDisk afterPowerLoss(Fate fate, Random random) {
        CrashDisk next = new CrashDisk(Integer.MAX_VALUE);
        Map<Path, Inode> found = new TreeMap<>(durableNames);
        // A journal keeps changes of folders in their order.
        int kept = switch (fate) {
            case LOST -> 0;
            case KEPT -> folderChanges.size();
            case TORN -> random.nextInt(folderChanges.size() + 1);
        };
        folderChanges.subList(0, kept).forEach(change -> apply(change, found));
        found.forEach((path, inode) -> {
            Inode copy = inode.afterPowerLoss(fate, random);
            next.names.put(path, copy);
            next.durableNames.put(path, copy);
        });
        return next;
    }

    private static void apply(List<FolderChange> changes, Map<Path, Inode> names) {
        for (FolderChange change : changes) {
            Inode inode = change.inode();
            if (inode == null) {
                names.remove(change.path());
            } else {
                names.put(change.path(), inode);
            }
        }
    }

    /** Every change goes through here: the last one is begun, and then power is gone. */
    private void change(Runnable begun) throws PowerLoss {
        if (off) {
            throw new PowerLoss();
        }
        begun.run();
        if (writes++ >= writesLeft) {
            off = true;
            throw new PowerLoss();
        }
    }

    /** As {@link #change} for what has an effect only once it has ended. */
    private void barrier(Runnable ended) throws PowerLoss {
        change(() -> {});
        ended.run();
    }

    private void changeFolder(FolderChange... changes) throws PowerLoss {
        List<FolderChange> list = List.of(changes);
        change(() -> {
            apply(list, names);
            folderChanges.add(list);
        });
    }

    @Override
    public StoreFile open(Path path) throws IOException {
        if (!names.containsKey(path)) {
            changeFolder(new FolderChange(path, new Inode()));
        }
        return openForReading(path);
    }

    @Override
    public StoreFile openForReading(Path path) throws IOException {
        Inode inode = names.get(path);
        if (inode == null) {
            throw new NoSuchFileException(path.toString());
        }
        return new Handle(path, inode);
    }

    @Override
    public DirectFile openPages(Path path) throws IOException {
        return DirectFile.over(open(path));
    }

    @Override
    public long size(Path path) {
        Inode inode = names.get(path);
        return inode == null ? -1 : inode.now.length;
    }

    @Override
    public List<Path> list(Path folder) {
        return names.keySet().stream()
                .filter(path -> folder.equals(path.getParent()))
                .toList();
    }

    @Override
    public void delete(Path path) throws IOException {
        if (names.containsKey(path)) {
            changeFolder(new FolderChange(path, null));
        }
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        changeFolder(new FolderChange(from, null), new FolderChange(to, names.get(from)));
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        barrier(() -> {
            durableNames.clear();
            durableNames.putAll(names);
            folderChanges.clear();
        });
    }

    private static final class Image {
        private byte[] bytes = new byte[0];
        private int length;

        void resize(int to) {
            if (to > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(to, bytes.length * 2));
            }
            if (to < length) {
                Arrays.fill(bytes, to, length, (byte) 0);
            }
            length = to;
        }

        void write(long at, byte[] data, int from, int count) {
            int end = Math.toIntExact(at + from + count);
            if (end > length) {
                resize(end);
            }
            System.arraycopy(data, from, bytes, (int) at + from, count);
        }
    }

    /** A write, or a change of length where there is no data. */
    private static final class Change {
        private final long at;
        private final byte[] data;
        private final int length;

        Change(long at, byte[] data, int length) {
            this.at = at;
            this.data = data;
            this.length = length;
        }

        void apply(Image image) {
            if (length >= 0) {
                image.resize(length);
            } else {
                image.write(at, data, 0, data.length);
            }
        }

        void applyPart(Image image, Random random) {
            if (length >= 0) {
                if (random.nextBoolean()) {
                    image.resize(length);
                }
                return;
            }
            for (int from = 0; from < data.length; ) {
                int count = (int) Math.min(data.length - from, SECTOR - (at + from) % SECTOR);
                if (random.nextBoolean()) {
                    image.write(at, data, from, count);
                }
                from += count;
            }
        }
    }

    private static final class Inode {
        private final Image now = new Image();
        private final Image durable = new Image();
        private final List<Change> unforced = new ArrayList<>();

        void change(Change change) {
            change.apply(now);
            unforced.add(change);
        }

        void force() {
            unforced.forEach(change -> change.apply(durable));
            unforced.clear();
        }

        Inode afterPowerLoss(Fate fate, Random random) {
            Inode found = new Inode();
            found.durable.write(0, durable.bytes, 0, durable.length);
            if (fate != Fate.LOST) {
                unforced.forEach(change -> {
                    if (fate == Fate.KEPT) {
                        change.apply(found.durable);
                    } else {
                        change.applyPart(found.durable, random);
                    }
                });
            }
            found.now.write(0, found.durable.bytes, 0, found.durable.length);
            return found;
        }
    }

    private final class Handle implements StoreFile {
        private final Path path;
        private final Inode inode;

        Handle(Path path, Inode inode) {
            this.path = path;
            this.inode = inode;
        }

        @Override
        public Path path() {
            return path;
        }

        @Override
        public long size() {
            return inode.now.length;
        }

        @Override
        public void read(ByteBuffer target, long position) throws IOException {
            int wanted = target.remaining();
            if (readUpTo(target, position) < wanted) {
                throw new EOFException(path.toString());
            }
        }

        @Override
        public int readUpTo(ByteBuffer target, long position) {
            int count = Math.clamp(inode.now.length - position, 0, target.remaining());
            if (count > 0) {
                target.put(inode.now.bytes, (int) position, count);
            }
            return count;
        }

        @Override
        public void allocate(long bytes) throws IOException {
            if (bytes != inode.now.length) {
                CrashDisk.this.change(() -> inode.change(new Change(0, new byte[0], Math.toIntExact(bytes))));
            }
        }

        @Override
        public void write(ByteBuffer source, long position) throws IOException {
            byte[] data = new byte[source.remaining()];
            source.get(data);
            CrashDisk.this.change(() -> inode.change(new Change(position, data, -1)));
        }

        @Override
        public void force() throws IOException {
            barrier(inode::force);
        }

        @Override
        public void close() {
            // Nothing is kept open.
        }
    }
}
