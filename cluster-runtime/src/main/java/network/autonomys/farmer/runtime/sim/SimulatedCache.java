package network.autonomys.farmer.runtime.sim;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.Role;
import network.autonomys.farmer.protocol.frame.TrafficClass;
import network.autonomys.farmer.protocol.message.MemberState;
import network.autonomys.farmer.runtime.settings.Timer;
import network.autonomys.farmer.runtime.settings.Timers;
import network.autonomys.farmer.runtime.tcp.BulkServer;
import network.autonomys.farmer.runtime.tcp.BulkSettings;
import network.autonomys.farmer.runtime.tcp.PieceProvider;
import network.autonomys.farmer.runtime.time.Scheduler;

/** A full piece cache that serves what a test gives it, good or bad, over TCP. */
public final class SimulatedCache implements AutoCloseable {
    private final Map<Long, byte[]> pieces = new ConcurrentHashMap<>();
    private final AtomicInteger served = new AtomicInteger();
    private final SimulatedProcess process;
    private final BulkServer server;

    /** A cache without pieces, ready to serve. */
    public SimulatedCache(MemoryBroker broker, Scheduler scheduler, Timers timers, InstanceId id)
            throws IOException, InterruptedException {
        this.process = new SimulatedProcess(broker, scheduler, timers, Role.FULL_PIECE_CACHE, id);
        this.server = BulkServer.start(
                BulkSettings.of(
                        process.bus().subjects().cluster(),
                        id,
                        Optional.empty(),
                        timers.get(Timer.BULK_PING),
                        timers.get(Timer.BULK_DEAD)),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new Provider(),
                network.autonomys.farmer.runtime.tcp.SectorProvider.NONE);
        process.host().report().addresses(List.of("127.0.0.1:" + server.port()));
        process.host().presence().state(MemberState.READY, "");
    }

    /** Gives it a piece, or other bytes in its place. */
    public void put(long index, byte[] piece) {
        pieces.put(index, piece.clone());
    }

    /** Pieces served so far. */
    public int served() {
        return served.get();
    }

    /** Stops serving, but is still believed to be there. */
    public void kill() {
        server.close();
    }

    private final class Provider implements PieceProvider {
        @Override
        public boolean read(long pieceIndex, TrafficClass trafficClass, ByteBuffer into) {
            byte[] piece = pieces.get(pieceIndex);
            if (piece == null) {
                return false;
            }
            served.incrementAndGet();
            into.put(piece);
            return true;
        }

        @Override
        public void bitmap(long segmentIndex, ByteBuffer into) {
            byte[] bits = new byte[32];
            for (long piece : pieces.keySet()) {
                if (piece >>> 8 == segmentIndex) {
                    bits[(int) (piece & 255) / 8] |= (byte) (1 << piece % 8);
                }
            }
            into.put(bits);
        }
    }

    @Override
    public void close() {
        server.close();
        process.close();
    }
}
