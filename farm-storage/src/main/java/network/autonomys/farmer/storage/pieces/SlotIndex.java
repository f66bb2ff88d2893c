package network.autonomys.farmer.storage.pieces;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import network.autonomys.farmer.storage.io.StoreFile;

/**
 * The index file: 16 bytes for each slot, le64 piece index + 1 (0 for an empty slot), le32 CRC32C of slot number and that value, le32
 * zero. It makes a start a matter of reading it; what a slot really holds is decided by the slot's own index and checksum.
 */
final class SlotIndex implements AutoCloseable {
    /** No piece in the slot. */
    static final long EMPTY = 0;

    /** The entry was not written completely: look into the slot. */
    static final long TORN = -1;

    private static final int ENTRY = 16;
    private static final byte[] ZEROS = new byte[ENTRY];

    private final StoreFile file;

    SlotIndex(StoreFile file) {
        this.file = file;
    }

    /** The entries: piece index + 1, {@link #EMPTY} or {@link #TORN}. */
    long[] load() throws IOException {
        long size = file.size();
        if (size / ENTRY > Integer.MAX_VALUE / ENTRY) {
            throw new IOException("index of " + size + " bytes");
        }
        ByteBuffer all = ByteBuffer.allocate((int) (size / ENTRY * ENTRY)).order(ByteOrder.LITTLE_ENDIAN);
        file.read(all, 0);
        long[] entries = new long[all.capacity() / ENTRY];
        for (int slot = 0; slot < entries.length; slot++) {
            long value = all.getLong(slot * ENTRY);
            long check = all.getLong(slot * ENTRY + Long.BYTES);
            boolean empty = value == EMPTY && check == 0;
            entries[slot] = empty || check == check(slot, value) ? value : TORN;
        }
        return entries;
    }

    /** Notes what a slot holds; durable after {@link #force()}. */
    void set(int slot, long pieceIndex) throws IOException {
        ByteBuffer entry = ByteBuffer.allocate(ENTRY).order(ByteOrder.LITTLE_ENDIAN);
        entry.putLong(pieceIndex + 1).putLong(check(slot, pieceIndex + 1)).flip();
        file.write(entry, (long) slot * ENTRY);
    }

    /** Notes that a slot is empty. */
    void clear(int slot) throws IOException {
        file.write(ByteBuffer.wrap(ZEROS), (long) slot * ENTRY);
    }

    void force() throws IOException {
        file.force();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private static long check(int slot, long value) {
        CRC32C crc = new CRC32C();
        ByteBuffer data = ByteBuffer.allocate(Integer.BYTES + Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        crc.update(data.putInt(slot).putLong(value).array());
        return crc.getValue();
    }
}
