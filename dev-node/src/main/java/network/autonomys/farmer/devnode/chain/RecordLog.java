package network.autonomys.farmer.devnode.chain;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A file of records that only grows: length and CRC-32C (4 bytes each, big-endian) in front of each. What a crash left incomplete at its end
 * is cut off when it is opened. May be used by several threads at once.
 */
final class RecordLog implements AutoCloseable {
    private static final int HEADER = 8;

    private final FileChannel file;
    private final List<Long> offsets = new ArrayList<>();
    private long end;

    private RecordLog(FileChannel file) {
        this.file = file;
    }

    /** Opens or creates the file. */
    static RecordLog open(Path path) throws IOException {
        RecordLog log = new RecordLog(
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
        log.scan();
        return log;
    }

    private void scan() throws IOException {
        long size = file.size();
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        while (end + HEADER <= size) {
            read(header.clear(), end);
            int length = header.getInt(0);
            if (length < 0 || length > size - end - HEADER) {
                break;
            }
            ByteBuffer body = ByteBuffer.allocate(length);
            read(body, end + HEADER);
            if (crc(body.array()) != header.getInt(4)) {
                break;
            }
            offsets.add(end);
            end += HEADER + length;
        }
        if (end != size) {
            file.truncate(end);
        }
    }

    private static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    private void read(ByteBuffer target, long from) throws IOException {
        long at = from;
        while (target.hasRemaining()) {
            int n = file.read(target, at);
            if (n < 0) {
                throw new IOException("the file ends within a record");
            }
            at += n;
        }
    }

    /** Adds a record, which is on disk when this returns. */
    synchronized void append(byte[] body) throws IOException {
        appendLazily(body);
        file.force(false);
    }

    /** Adds a record, which survives the end of this process but perhaps not that of the machine. */
    synchronized void appendLazily(byte[] body) throws IOException {
        ByteBuffer record = ByteBuffer.allocate(HEADER + body.length);
        record.putInt(body.length).putInt(crc(body)).put(body).flip();
        long at = end;
        while (record.hasRemaining()) {
            at += file.write(record, at);
        }
        offsets.add(end);
        end = at;
    }

    /** Number of records. */
    synchronized int size() {
        return offsets.size();
    }

    /** A record by its number from 0. */
    byte[] get(int index) throws IOException {
        long from;
        long to;
        synchronized (this) {
            from = offsets.get(index) + HEADER;
            to = index + 1 < offsets.size() ? offsets.get(index + 1) : end;
        }
        ByteBuffer body = ByteBuffer.allocate((int) (to - from));
        read(body, from);
        return body.array();
    }

    /** Drops all records from a number on. */
    synchronized void truncate(int size) throws IOException {
        if (size < offsets.size()) {
            end = offsets.get(size);
            file.truncate(end);
            offsets.subList(size, offsets.size()).clear();
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
