package network.autonomys.farmer.plotclient;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.sector.SectorLayout;
import network.autonomys.farmer.core.sector.SectorMetadata;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.message.Ready;
import network.autonomys.farmer.runtime.tcp.BulkServer;
import network.autonomys.farmer.runtime.tcp.BulkSettings;
import network.autonomys.farmer.runtime.tcp.PieceProvider;
import network.autonomys.farmer.runtime.tcp.SectorProvider;
import network.autonomys.farmer.storage.farm.Farm;
import network.autonomys.farmer.storage.farm.FarmConfig;
import network.autonomys.farmer.storage.farm.SpaceDistribution;
import network.autonomys.farmer.testkit.Recipe;

/** Farms of small made-up sectors, and plot-servers that have some ready. */
final class SectorFixture {
    /** Pieces of a sector; it takes five blocks of 1 MiB. */
    static final int PIECES = 4;

    static final SectorLayout LAYOUT = new SectorLayout(PIECES);
    static final int SECTOR_BYTES = (int) LAYOUT.sectorBytes();
    static final BulkSettings SETTINGS = BulkSettings.of(
            "main", new InstanceId(1, 2), Optional.empty(), Duration.ofMillis(200), Duration.ofSeconds(10));

    private static final Map<List<Long>, byte[]> TRANSFERS = new ConcurrentHashMap<>();

    private SectorFixture() {}

    /** A farm of three sectors. */
    static Farm open(Path folder) throws IOException {
        return Farm.open(
                new FarmConfig(folder, SpaceDistribution.allocationFor(3, PIECES), PIECES, Bytes.zeros(32), true, true),
                new SecureRandom(),
                InstantSource.system());
    }

    /** Bytes of sector and metadata, with the right hashes and made-up content. */
    static byte[] transfer(int sector, long historySize) {
        return TRANSFERS
                .computeIfAbsent(List.of((long) sector, historySize), key -> make(sector, historySize))
                .clone();
    }

    private static byte[] make(int sector, long historySize) {
        byte[] bytes = Recipe.xof("sector " + sector + " of " + historySize, SECTOR_BYTES + SectorMetadata.SIZE);
        int hashed = (int) LAYOUT.hashOffset();
        System.arraycopy(Blake3.hash(Arrays.copyOf(bytes, hashed)), 0, bytes, hashed, SectorLayout.HASH);
        short[] sizes = new short[SectorLayout.S_BUCKETS];
        Arrays.fill(sizes, 0, SectorLayout.RECORD_CHUNKS, (short) PIECES);
        byte[] metadata = SectorMetadata.of(sector, PIECES, sizes, historySize).encode();
        System.arraycopy(metadata, 0, bytes, SECTOR_BYTES, metadata.length);
        return bytes;
    }

    /** The notice that a transfer waits at a server. */
    static Ready ready(int job, int sector, long historySize, byte[] transfer, BulkServer server) {
        return new Ready(
                new InstanceId(9, job),
                1,
                new InstanceId(1, 2),
                new InstanceId(3, 4),
                sector,
                historySize,
                new InstanceId(5, 6),
                List.of("127.0.0.1:" + server.port()),
                SECTOR_BYTES,
                SectorMetadata.SIZE,
                Bytes.of(Blake3.hash(transfer)),
                List.of());
    }

    /** Starts a server of sectors. */
    static BulkServer serve(SectorProvider sectors) throws IOException, InterruptedException {
        PieceProvider none = new PieceProvider() {
            @Override
            public boolean read(
                    long pieceIndex,
                    network.autonomys.farmer.protocol.frame.TrafficClass trafficClass,
                    ByteBuffer into) {
                return false;
            }

            @Override
            public void bitmap(long segmentIndex, ByteBuffer into) {
                into.put(new byte[32]);
            }
        };
        return BulkServer.start(SETTINGS, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), none, sectors);
    }
}
