package network.autonomys.farmer.plotclient;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.sector.SectorMetadata;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.protocol.ReasonCode;
import network.autonomys.farmer.protocol.message.Ready;
import network.autonomys.farmer.runtime.tcp.BulkClient;
import network.autonomys.farmer.runtime.tcp.TransferException;
import network.autonomys.farmer.storage.farm.Farm;
import network.autonomys.farmer.storage.farm.SectorWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one encoded sector from a plot-server's spool to its place in a farm. The bytes arrive in a file beside the plot first, where a broken
 * transfer goes on at its last block even after a restart, and where their hash is checked; a stored sector that still farms is given up only for one
 * that is whole. Then the sector is written, made durable, and reported as stored.
 */
final class SectorFetch {
    private static final Logger LOG = LoggerFactory.getLogger(SectorFetch.class);
    private static final int BLOCK = 1 << 20;
    private static final int TRIES = 5;

    private final BulkClient client;
    private final Farm farm;
    private final Ready ready;
    private final Path incoming;

    SectorFetch(BulkClient client, Farm farm, Ready ready) {
        this.client = client;
        this.farm = farm;
        this.ready = ready;
        this.incoming = farm.folder().resolve("incoming-" + ready.job() + "-" + ready.attempt() + ".part");
    }

    /**
     * Fetches and stores the sector.
     *
     * @throws IOException where it could not be had whole, or not be written
     */
    void run(Duration silence) throws IOException, InterruptedException {
        if (ready.sectorBytes() != farm.layout().sectorBytes() || ready.metadataBytes() != SectorMetadata.SIZE) {
            throw new TransferException(
                    ReasonCode.MALFORMED,
                    "a sector of " + ready.sectorBytes() + " + " + ready.metadataBytes()
                            + " bytes does not fit this farm");
        }
        try (FileChannel file = FileChannel.open(
                incoming, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            download(file, silence);
            if (!contentHash(file).equals(ready.contentHash())) {
                file.truncate(0);
                throw new TransferException(ReasonCode.CORRUPT, "the sector arrived damaged");
            }
            store(file);
        }
        Files.deleteIfExists(incoming);
        report(silence);
    }

    private long total() {
        return ready.sectorBytes() + ready.metadataBytes();
    }

    private void download(FileChannel file, Duration silence) throws IOException, InterruptedException {
        IOException last = new TransferException(ReasonCode.UNREACHABLE, "the plot-server serves no address");
        for (int attempt = 0; attempt < TRIES && file.size() < total(); attempt++) {
            for (String address : ready.addresses()) {
                try {
                    client.fetchSector(address, ready.job(), ready.attempt(), file.size(), silence, (offset, bytes) -> {
                        ByteBuffer block = bytes.asByteBuffer();
                        long at = offset;
                        while (block.hasRemaining()) {
                            at += file.write(block, at);
                        }
                    });
                    break;
                } catch (TransferException e) {
                    last = e;
                    if (e.reason() == ReasonCode.NOT_FOUND) {
                        throw e;
                    }
                }
            }
            if (file.size() < total()) {
                Thread.sleep(Duration.ofMillis(500));
            }
        }
        if (file.size() != total()) {
            throw last;
        }
    }

    private static Bytes contentHash(FileChannel file) throws IOException {
        Blake3.Hasher hasher = Blake3.hasher();
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        long at = 0;
        while (at < file.size()) {
            block.clear();
            int count = file.read(block, at);
            hasher.update(block.array(), 0, count);
            at += count;
        }
        return Bytes.of(hasher.digest());
    }

    private void store(FileChannel file) throws IOException {
        byte[] metadata = new byte[SectorMetadata.SIZE];
        read(file, ready.sectorBytes(), ByteBuffer.wrap(metadata));
        SectorMetadata decoded = SectorMetadata.decode(metadata);
        try (SectorWriter writer = farm.beginSector(ready.sectorIndex())) {
            ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
            long at = 0;
            while (at < ready.sectorBytes()) {
                block.clear().limit((int) Math.min(BLOCK, ready.sectorBytes() - at));
                read(file, at, block);
                block.flip();
                writer.append(MemorySegment.ofBuffer(block));
                at += block.limit();
            }
            writer.commit(decoded);
        }
    }

    private static void read(FileChannel file, long from, ByteBuffer into) throws IOException {
        long at = from;
        while (into.hasRemaining()) {
            int count = file.read(into, at);
            if (count < 0) {
                throw new IOException("the incoming sector ends early");
            }
            at += count;
        }
    }

    /** Only the spool's room depends on this report: without it the server asks again, and is answered then. */
    private void report(Duration silence) throws InterruptedException {
        for (String address : ready.addresses()) {
            try {
                client.stored(address, ready.job(), ready.attempt(), silence);
                return;
            } catch (IOException e) {
                LOG.debug("sector {} not reported as stored: {}", ready.sectorIndex(), e.toString());
            }
        }
    }
}
