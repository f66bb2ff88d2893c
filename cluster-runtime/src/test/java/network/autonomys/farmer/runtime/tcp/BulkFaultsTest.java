package network.autonomys.farmer.runtime.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.ProtocolException;
import network.autonomys.farmer.protocol.ReasonCode;
import network.autonomys.farmer.protocol.frame.FrameHeader;
import network.autonomys.farmer.protocol.frame.FrameType;
import network.autonomys.farmer.protocol.frame.Hello;
import network.autonomys.farmer.protocol.frame.PieceRequest;
import network.autonomys.farmer.protocol.frame.TrafficClass;
import network.autonomys.farmer.protocol.frame.TransferError;
import network.autonomys.farmer.testkit.Recipe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Damage on the wire, peers that do not keep to the protocol, providers that fail. */
class BulkFaultsTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final InstanceId SELF = new InstanceId(1, 2);
    private static final InstanceId JOB = new InstanceId(3, 4);
    private static final byte[] SECTOR = Recipe.xof("sector", 40 * (1 << 20) + 5);
    private static final BulkSettings SETTINGS =
            BulkSettings.of("main", SELF, Optional.empty(), Duration.ofMillis(200), Duration.ofMillis(1500));

    private BulkServer server;
    private BulkClient client;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        PieceProvider pieces = new PieceProvider() {
            @Override
            public boolean read(long pieceIndex, TrafficClass trafficClass, ByteBuffer into) {
                if (pieceIndex == 13) {
                    throw new IllegalStateException("a defect");
                }
                into.put(new byte[into.remaining()]);
                return true;
            }

            @Override
            public void bitmap(long segmentIndex, ByteBuffer into) {
                into.put(new byte[32]);
            }
        };
        SectorProvider sectors = new SectorProvider() {
            @Override
            public long length(InstanceId job, long attempt) {
                return SECTOR.length;
            }

            @Override
            public void read(InstanceId job, long attempt, long offset, ByteBuffer into) {
                into.put(SECTOR, (int) offset, into.remaining());
            }

            @Override
            public void stored(InstanceId job, long attempt) {}
        };
        server =
                BulkServer.start(SETTINGS, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), pieces, sectors);
        client = new BulkClient(SETTINGS, Duration.ofSeconds(5));
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void aSectorArrivesWholeOverALineThatDamagesAndBreaks() throws IOException, InterruptedException {
        byte[] received = new byte[SECTOR.length];
        AtomicLong durable = new AtomicLong();
        int interruptions = 0;
        try (CorruptingProxy proxy = new CorruptingProxy(server.port(), 42, 4 << 20)) {
            while (durable.get() < SECTOR.length) {
                try {
                    client.fetchSector(proxy.address(), JOB, 1, durable.get(), LIMIT, (offset, bytes) -> {
                        MemorySegment.copy(
                                bytes, ValueLayout.JAVA_BYTE, 0, received, (int) offset, (int) bytes.byteSize());
                        durable.set(offset + bytes.byteSize());
                    });
                } catch (TransferException e) {
                    interruptions++;
                    assertThat(interruptions).isLessThan(500);
                }
            }
            assertThat(interruptions).isPositive().isLessThanOrEqualTo(proxy.faults.get());
        }
        assertThat(received).isEqualTo(SECTOR);
    }

    @Test
    void aProviderThatFailsIsAnAnswerAtOnce() {
        long before = System.nanoTime();
        assertThatThrownBy(() ->
                        client.fetchPieces(address(), new long[] {13}, TrafficClass.PROOF, LIMIT, (index, bytes) -> {}))
                .isInstanceOfSatisfying(
                        TransferException.class, e -> assertThat(e.reason()).isEqualTo(ReasonCode.INTERNAL));
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void aStrangerCannotMakeTheServerTakeALongBody() throws IOException {
        try (Socket socket = connect()) {
            ByteBuffer header = ByteBuffer.allocate(FrameHeader.SIZE);
            new FrameHeader(FrameType.HELLO, 0, 0, FrameDecoder.HANDSHAKE_BODY + 1, 0, 0).write(header);
            socket.getOutputStream().write(header.array());
            assertThat(socket.getInputStream().read()).as("closed at once").isEqualTo(-1);
        }
    }

    @Test
    void aStrangerWhoTricklesIsClosed() throws IOException {
        try (Socket socket = connect()) {
            ByteBuffer header = ByteBuffer.allocate(FrameHeader.SIZE);
            new FrameHeader(FrameType.HELLO, 0, 0, 500, 0, 0).write(header);
            Thread.ofVirtual().start(() -> trickle(socket, header.array()));
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    private static void trickle(Socket socket, byte[] bytes) {
        try {
            OutputStream out = socket.getOutputStream();
            for (byte b : bytes) {
                out.write(b);
                out.flush();
                await().during(Duration.ofMillis(200)).until(() -> true);
            }
        } catch (IOException e) {
            assertThat(socket.isConnected()).isTrue();
        }
    }

    @Test
    void whoGivesNoCreditIsToldWhenItsTimeIsOver() throws IOException, ProtocolException {
        try (Socket socket = connect()) {
            handshakeAsClient(socket);
            PieceRequest request = new PieceRequest(TrafficClass.PLOT, 100, 10, List.of(1L, 2L));
            send(socket, FrameType.GET_PIECES, 0, 1, 0, request.encode());
            FrameHeader header = receive(socket);
            assertThat(header.type()).isEqualTo(FrameType.ERROR);
            assertThat(header.stream()).isEqualTo(1);
            TransferError error = ScaleReader.decode(body(socket, header), TransferError::read);
            assertThat(error.reason()).isEqualTo(ReasonCode.TIMEOUT);
        }
    }

    @Test
    void moreStreamsThanAllowedAreTurnedAwayWithADelay() throws IOException, ProtocolException {
        try (Socket socket = connect()) {
            handshakeAsClient(socket);
            PieceRequest request = new PieceRequest(TrafficClass.PLOT, 60_000, 10, List.of(1L));
            for (int stream = 1; stream <= SETTINGS.maxStreams() + 1; stream++) {
                send(socket, FrameType.GET_PIECES, 0, stream, 0, request.encode());
            }
            FrameHeader header = receive(socket);
            TransferError error = ScaleReader.decode(body(socket, header), TransferError::read);
            assertThat(header.stream()).isEqualTo(SETTINGS.maxStreams() + 1);
            assertThat(error.reason()).isEqualTo(ReasonCode.BUSY);
            assertThat(error.retryAfterMillis()).isPositive();
        }
    }

    @Test
    void aServerThatSendsMoreThanTheCreditIsCutOff() throws IOException {
        assertMisbehaviour((socket, stream) -> {
            byte[] block = new byte[FrameHeader.BLOCK_SIZE];
            for (int i = 0; i < 20; i++) {
                send(socket, FrameType.BLOCK, 0, stream, (long) i * block.length, block);
            }
        });
    }

    @Test
    void aServerThatSendsWhatWasNotAskedForIsNotBelieved() throws IOException {
        assertMisbehaviour(
                (socket, stream) -> send(socket, FrameType.BLOCK, FrameHeader.END, stream, 77, new byte[10]));
        assertMisbehaviour((socket, stream) ->
                send(socket, FrameType.PIECE, FrameHeader.END, stream, 0, new byte[Constants.PIECE_SIZE]));
        assertMisbehaviour((socket, stream) -> send(socket, FrameType.STAT, 0, 0, 0, new byte[1]));
        assertMisbehaviour((socket, stream) -> send(socket, FrameType.ERROR, 0, stream, 0, new byte[] {1}));
    }

    private interface Misbehaviour {
        void answer(Socket socket, int stream) throws IOException;
    }

    /** A server that greets well and then misbehaves: the client fails soon, with an exception of its kind, and takes no block. */
    private void assertMisbehaviour(Misbehaviour misbehaviour) throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> misbehave(listener, misbehaviour));
            AtomicLong taken = new AtomicLong();
            assertThatThrownBy(() -> client.fetchSector(
                            "127.0.0.1:" + listener.getLocalPort(),
                            JOB,
                            1,
                            0,
                            Duration.ofSeconds(5),
                            (offset, bytes) -> {
                                // Slow enough for the whole flood to arrive.
                                await().during(Duration.ofMillis(300)).until(() -> true);
                                taken.addAndGet(bytes.byteSize());
                            }))
                    .isInstanceOfSatisfying(
                            TransferException.class, e -> assertThat(e.reason()).isNotEqualTo(ReasonCode.TIMEOUT));
            assertThat(taken.get()).isLessThanOrEqualTo(9L << 20);
        }
    }

    private static void misbehave(ServerSocket listener, Misbehaviour misbehaviour) {
        try (Socket socket = listener.accept()) {
            FrameHeader hello = receive(socket);
            body(socket, hello);
            Hello ours = new Hello(1, 1, "main", SELF, Bytes.zeros(32), false);
            send(socket, FrameType.HELLO, FrameHeader.ANSWER, 0, 0, ours.encode());
            body(socket, receive(socket));
            send(socket, FrameType.AUTH, FrameHeader.ANSWER, 0, 0, new byte[0]);
            FrameHeader request = receive(socket);
            body(socket, request);
            misbehaviour.answer(socket, request.stream());
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException | ProtocolException e) {
            assertThat(listener.isBound()).isTrue();
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout((int) LIMIT.toMillis());
        return socket;
    }

    private static void handshakeAsClient(Socket socket) throws IOException, ProtocolException {
        send(socket, FrameType.HELLO, 0, 0, 0, new Hello(1, 1, "main", SELF, Bytes.zeros(32), false).encode());
        body(socket, receive(socket));
        send(socket, FrameType.AUTH, 0, 0, 0, new byte[0]);
        assertThat(receive(socket).type()).isEqualTo(FrameType.AUTH);
    }

    private static void send(Socket socket, FrameType type, int flags, int stream, long offset, byte[] body)
            throws IOException {
        ByteBuffer header = ByteBuffer.allocate(FrameHeader.SIZE);
        int crc = body.length == 0 ? 0 : FrameHeader.crc(ByteBuffer.wrap(body));
        new FrameHeader(type, flags, stream, body.length, offset, crc).write(header);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(header.array());
        bytes.write(body);
        socket.getOutputStream().write(bytes.toByteArray());
    }

    private static FrameHeader receive(Socket socket) throws IOException, ProtocolException {
        byte[] header = new byte[FrameHeader.SIZE];
        new DataInputStream(socket.getInputStream()).readFully(header);
        return FrameHeader.read(ByteBuffer.wrap(header));
    }

    private static byte[] body(Socket socket, FrameHeader header) throws IOException {
        byte[] body = new byte[header.bodyLength()];
        new DataInputStream(socket.getInputStream()).readFully(body);
        return body;
    }

    private String address() {
        return "127.0.0.1:" + server.port();
    }
}
