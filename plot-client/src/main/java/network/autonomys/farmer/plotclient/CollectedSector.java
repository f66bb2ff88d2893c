package network.autonomys.farmer.plotclient;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import network.autonomys.farmer.core.sector.SectorMetadata;
import network.autonomys.farmer.storage.farm.Farm;
import network.autonomys.farmer.storage.farm.SectorWriter;

/**
 * Collects a sector in a file beside the plot, because the one that it replaces still farms: that one is given up when this one lies whole on the same
 * disk. The file is never made durable and goes with the process.
 */
final class CollectedSector implements SectorPlace {
    private static final int BLOCK = 1 << 20;

    private final Farm farm;
    private final int sectorIndex;
    private final Path path;
    private final FileChannel file;
    private long length;

    CollectedSector(Farm farm, int sectorIndex, Path path) throws IOException {
        this.farm = farm;
        this.sectorIndex = sectorIndex;
        this.path = path;
        this.file = FileChannel.open(
                path,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
    }

    @Override
    public void append(MemorySegment bytes) throws IOException {
        ByteBuffer block = bytes.asByteBuffer();
        while (block.hasRemaining()) {
            length += file.write(block, length);
        }
    }

    @Override
    public void commit(SectorMetadata metadata) throws IOException {
        try (SectorWriter writer = farm.beginSector(sectorIndex)) {
            ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
            while (writer.written() < length) {
                block.clear().limit((int) Math.min(BLOCK, length - writer.written()));
                long at = writer.written();
                while (block.hasRemaining()) {
                    int count = file.read(block, at + block.position());
                    if (count < 0) {
                        throw new IOException(path + " ends early");
                    }
                }
                writer.append(MemorySegment.ofBuffer(block.flip()));
            }
            writer.commit(metadata);
        }
    }

    @Override
    public void close() throws IOException {
        try (file) {
            Files.deleteIfExists(path);
        }
    }
}
