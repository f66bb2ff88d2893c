package network.autonomys.farmer.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.core.scale.ScaleException;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.ProtocolException;
import network.autonomys.farmer.protocol.ReasonCode;
import org.junit.jupiter.api.Test;

class FrameTest {
    private static final InstanceId ID = new InstanceId(1, 2);
    private static final Hello CLIENT = new Hello(1, 1, "main", ID, Bytes.zeros(32), true);
    private static final Hello SERVER = new Hello(1, 3, "main", new InstanceId(3, 4), Bytes.zeros(32), true);

    @Test
    void aHeaderSurvivesTheRoundTrip() throws ProtocolException {
        for (FrameType type : FrameType.values()) {
            FrameHeader header = new FrameHeader(type, FrameHeader.END, -1, 1234, -2, 77);
            ByteBuffer bytes = ByteBuffer.allocate(40).position(4);
            header.write(bytes);
            assertThat(bytes.position()).isEqualTo(36);
            assertThat(FrameHeader.read(bytes.position(4))).isEqualTo(header);
            assertThat(bytes.position()).isEqualTo(36);
        }
    }

    @Test
    void everyFlippedBitOfAHeaderIsNoticed() {
        FrameHeader header = new FrameHeader(FrameType.PIECE, 0, 1, FrameHeader.MAX_BODY, 99, 5);
        ByteBuffer bytes = ByteBuffer.allocate(FrameHeader.SIZE);
        header.write(bytes);
        for (int bit = 0; bit < 8 * FrameHeader.SIZE; bit++) {
            byte[] damaged = bytes.array().clone();
            damaged[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThatExceptionOfType(ProtocolException.class)
                    .isThrownBy(() -> FrameHeader.read(ByteBuffer.wrap(damaged)));
        }
    }

    @Test
    void onlyPiecesAndBlocksMayBeLong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FrameHeader(FrameType.HELLO, 0, 0, FrameHeader.MAX_CONTROL_BODY + 1, 0, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FrameHeader(FrameType.PIECE, 0, 0, FrameHeader.MAX_BODY + 1, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new FrameHeader(FrameType.BLOCK, 0, 0, -1, 0, 0));
    }

    @Test
    void crcIsTheKnownOne() {
        ByteBuffer bytes = ByteBuffer.wrap("123456789".getBytes(StandardCharsets.US_ASCII));
        assertThat(FrameHeader.crc(bytes)).isEqualTo(0xe3069283);
        assertThat(bytes.remaining()).isEqualTo(9);
    }

    @Test
    void bodiesSurviveTheRoundTripAndDamage() {
        PieceRequest pieces = new PieceRequest(TrafficClass.PLOT, 5000, 8 << 20, List.of(1L, -1L));
        SectorRequest sector = new SectorRequest(ID, 3, 8 << 20);
        StatRequest stat = new StatRequest(List.of(4L));
        TransferError error = new TransferError(ReasonCode.BUSY, 500, "full");
        check(CLIENT, Hello::read);
        check(pieces, PieceRequest::read);
        check(sector, SectorRequest::read);
        check(stat, StatRequest::read);
        check(error, TransferError::read);
    }

    private static <T extends ScaleEncodable> void check(T value, Function<ScaleReader, T> reader) {
        byte[] bytes = value.encode();
        assertThat(ScaleReader.decode(bytes, reader)).isEqualTo(value);
        SplittableRandom random = new SplittableRandom(7);
        int refused = 0;
        for (int i = 0; i < 10_000; i++) {
            byte[] damaged = Arrays.copyOf(bytes, random.nextInt(bytes.length + 2));
            if (damaged.length > 0) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(ScaleReader.decode(damaged, reader)).isNotNull();
            } catch (ScaleException e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void aSecretIsProvenOnlyByWhoKnowsIt() {
        HandshakeProof ours = new HandshakeProof(new byte[16]);
        HandshakeProof theirs = new HandshakeProof("sixteen bytes or more".getBytes(StandardCharsets.US_ASCII));
        Bytes proof = ours.of(HandshakeProof.Side.CLIENT, CLIENT, SERVER);
        assertThat(ours.matches(proof, HandshakeProof.Side.CLIENT, CLIENT, SERVER))
                .isTrue();
        assertThat(ours.matches(proof, HandshakeProof.Side.SERVER, CLIENT, SERVER))
                .isFalse();
        assertThat(theirs.matches(proof, HandshakeProof.Side.CLIENT, CLIENT, SERVER))
                .isFalse();
        assertThat(proof.length()).isEqualTo(HandshakeProof.SIZE);
        assertThatIllegalArgumentException().isThrownBy(() -> new HandshakeProof(new byte[15]));
    }

    @Test
    void versionsOverlapOrNot() {
        assertThat(CLIENT.overlaps(SERVER)).isTrue();
        assertThat(CLIENT.overlaps(new Hello(2, 3, "main", ID, Bytes.zeros(32), false)))
                .isFalse();
    }
}
