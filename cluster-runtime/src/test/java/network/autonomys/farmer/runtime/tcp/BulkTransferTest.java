package network.autonomys.farmer.runtime.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.ReasonCode;
import network.autonomys.farmer.protocol.frame.HandshakeProof;
import network.autonomys.farmer.protocol.frame.TrafficClass;
import network.autonomys.farmer.testkit.Recipe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BulkTransferTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final InstanceId JOB = new InstanceId(3, 4);
    private static final byte[] SECTOR = Recipe.xof("sector", 5 * (1 << 20) + 77);

    private final Map<Long, byte[]> pieces = new ConcurrentHashMap<>();
    private final AtomicInteger stored = new AtomicInteger();
    private final AtomicInteger failAfterBlocks = new AtomicInteger(Integer.MAX_VALUE);
    private BulkServer server;
    private BulkClient client;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        server = serve(Optional.empty());
        client = new BulkClient(settings("main", Optional.empty()), Duration.ofSeconds(5));
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void piecesArriveAndMissingOnesAreDenied() throws IOException, InterruptedException {
        long[] wanted = new long[30];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = i;
            if (i % 3 != 0) {
                pieces.put((long) i, Recipe.xof("piece" + i, Constants.PIECE_SIZE));
            }
        }
        Map<Long, byte[]> got = new HashMap<>();
        client.fetchPieces(address(), wanted, TrafficClass.PLOT, LIMIT, (index, bytes) -> got.put(index, array(bytes)));
        assertThat(got.keySet()).isEqualTo(pieces.keySet());
        got.forEach((index, bytes) ->
                assertThat(Arrays.equals(bytes, pieces.get(index))).isTrue());
    }

    @Test
    void theBitmapTellsWhatIsHeld() throws IOException, InterruptedException {
        pieces.put(9L, new byte[0]);
        byte[] bitmaps = client.bitmaps(address(), 0, 2, LIMIT);
        assertThat(bitmaps).hasSize(64);
        assertThat(bitmaps[1]).isEqualTo((byte) 2);
    }

    @Test
    void aSectorGoesOnWhereItBroke() throws IOException, InterruptedException {
        failAfterBlocks.set(2);
        byte[] got = new byte[SECTOR.length];
        AtomicInteger at = new AtomicInteger();
        BulkClient.BlockSink sink = (offset, bytes) -> {
            assertThat(offset).isEqualTo(at.get());
            MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, 0, got, at.get(), (int) bytes.byteSize());
            at.addAndGet((int) bytes.byteSize());
        };
        assertThatThrownBy(() -> client.fetchSector(address(), JOB, 1, 0, LIMIT, sink))
                .isInstanceOf(TransferException.class);
        assertThat(at.get()).isEqualTo(2 << 20);
        failAfterBlocks.set(Integer.MAX_VALUE);
        client.fetchSector(address(), JOB, 1, at.get(), LIMIT, sink);
        assertThat(Arrays.equals(got, SECTOR)).isTrue();
        client.stored(address(), JOB, 1, LIMIT);
        assertThat(stored).hasValue(1);
        assertThatThrownBy(() -> client.fetchSector(address(), JOB, 2, 0, LIMIT, sink))
                .isInstanceOfSatisfying(
                        TransferException.class, e -> assertThat(e.reason()).isEqualTo(ReasonCode.NOT_FOUND));
    }

    @Test
    void aServerThatCameBackIsConnectedAgain() throws IOException, InterruptedException {
        pieces.put(1L, Recipe.xof("x", Constants.PIECE_SIZE));
        assertThat(fetchOne()).isTrue();
        int port = server.port();
        server.close();
        assertThatThrownBy(this::fetchOne).isInstanceOf(TransferException.class);
        server = serve(Optional.empty(), port);
        assertThat(fetchOne()).isTrue();
    }

    @Test
    void otherClustersAndSecretsAreRefused() throws IOException, InterruptedException {
        Optional<HandshakeProof> secret =
                Optional.of(new HandshakeProof("0123456789abcdef".getBytes(StandardCharsets.UTF_8)));
        Optional<HandshakeProof> wrong =
                Optional.of(new HandshakeProof("0123456789abcdeX".getBytes(StandardCharsets.UTF_8)));
        assertRefused(settings("other", Optional.empty()), ReasonCode.WRONG_CLUSTER);
        assertRefused(settings("main", secret), ReasonCode.UNAUTHORIZED);
        server.close();
        server = serve(secret);
        assertRefused(settings("main", Optional.empty()), ReasonCode.UNAUTHORIZED);
        assertRefused(settings("main", wrong), ReasonCode.UNAUTHORIZED);
        try (BulkClient trusted = new BulkClient(settings("main", secret), LIMIT)) {
            assertThat(trusted.bitmaps(address(), 0, 1, LIMIT)).hasSize(32);
        }
    }

    @Test
    void whatIsNoFrameEndsTheConnectionAndNothingElse() throws IOException, InterruptedException {
        for (int i = 0; i < 50; i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                socket.setSoTimeout((int) LIMIT.toMillis());
                socket.getOutputStream().write(Recipe.xof("noise" + i, 4096));
                assertThat(endsSoon(socket)).isTrue();
            }
        }
        assertThat(client.bitmaps(address(), 0, 1, LIMIT)).hasSize(32);
    }

    @Test
    void aSilentConnectionIsClosed() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout((int) LIMIT.toMillis());
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void aSlowReceiverHoldsOnlyItsCreditInMemory() throws IOException, InterruptedException {
        for (long i = 0; i < 40; i++) {
            pieces.put(i, new byte[Constants.PIECE_SIZE]);
        }
        AtomicInteger read = new AtomicInteger();
        AtomicBoolean checked = new AtomicBoolean();
        served.set(0);
        long[] wanted = pieces.keySet().stream().mapToLong(Long::longValue).toArray();
        client.fetchPieces(address(), wanted, TrafficClass.FILL, LIMIT, (index, bytes) -> {
            if (read.incrementAndGet() == 1) {
                org.awaitility.Awaitility.await().during(Duration.ofMillis(300)).until(() -> true);
                assertThat(served.get()).isLessThanOrEqualTo(8);
                checked.set(true);
            }
        });
        assertThat(read).hasValue(40);
        assertThat(checked).isTrue();
    }

    private final AtomicInteger served = new AtomicInteger();

    private boolean fetchOne() throws IOException, InterruptedException {
        AtomicBoolean got = new AtomicBoolean();
        client.fetchPieces(address(), new long[] {1}, TrafficClass.PROOF, LIMIT, (i, b) -> got.set(true));
        return got.get();
    }

    private void assertRefused(BulkSettings settings, ReasonCode reason) {
        try (BulkClient stranger = new BulkClient(settings, LIMIT)) {
            assertThatThrownBy(() -> stranger.bitmaps(address(), 0, 1, LIMIT))
                    .isInstanceOfSatisfying(
                            TransferException.class, e -> assertThat(e.reason()).isEqualTo(reason));
        }
    }

    private static boolean endsSoon(Socket socket) throws IOException {
        try {
            socket.getInputStream().readAllBytes();
            return true;
        } catch (java.net.SocketException e) {
            return true;
        }
    }

    private String address() {
        return "127.0.0.1:" + server.port();
    }

    private static byte[] array(MemorySegment bytes) {
        return bytes.toArray(ValueLayout.JAVA_BYTE);
    }

    private static BulkSettings settings(String cluster, Optional<HandshakeProof> secret) {
        return BulkSettings.of(cluster, new InstanceId(1, 2), secret, Duration.ofMillis(200), Duration.ofMillis(1500));
    }

    private BulkServer serve(Optional<HandshakeProof> secret) throws IOException, InterruptedException {
        return serve(secret, 0);
    }

    private BulkServer serve(Optional<HandshakeProof> secret, int port) throws IOException, InterruptedException {
        PieceProvider provider = new PieceProvider() {
            @Override
            public boolean read(long pieceIndex, TrafficClass trafficClass, ByteBuffer into) {
                byte[] piece = pieces.get(pieceIndex);
                if (piece != null) {
                    served.incrementAndGet();
                    into.put(piece);
                }
                return piece != null;
            }

            @Override
            public void bitmap(long segmentIndex, ByteBuffer into) {
                byte[] bits = new byte[32];
                pieces.keySet().stream()
                        .filter(i -> i / 256 == segmentIndex)
                        .forEach(i -> bits[(int) (i % 256) / 8] |= (byte) (1 << (i % 8)));
                into.put(bits);
            }
        };
        SectorProvider sectors = new SectorProvider() {
            @Override
            public long length(InstanceId job, long attempt) {
                return attempt == 1 ? SECTOR.length : -1;
            }

            @Override
            public void read(InstanceId job, long attempt, long offset, ByteBuffer into) throws IOException {
                if (failAfterBlocks.getAndDecrement() <= 0) {
                    throw new IOException("disk");
                }
                into.put(SECTOR, (int) offset, into.remaining());
            }

            @Override
            public void stored(InstanceId job, long attempt) {
                stored.incrementAndGet();
            }
        };
        return BulkServer.start(
                settings("main", secret),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                provider,
                sectors);
    }
}
