package network.autonomys.farmer.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import network.autonomys.farmer.protocol.Envelope;
import network.autonomys.farmer.protocol.ProtocolException;
import org.junit.jupiter.api.Test;

class MessageTest {
    private static final int MUTATIONS = 200_000;

    @Test
    void everyTypeHasASampleThatSurvivesTheRoundTrip() throws ProtocolException {
        for (Message message : Samples.all()) {
            assertThat(Message.parse(message.toBytes())).isEqualTo(message);
            assertThat(message.type().message()).isEqualTo(message.getClass());
        }
        assertThat(Samples.all().stream().map(Message::type).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(MessageType.values());
    }

    @Test
    void theBudgetTravelsInTheEnvelope() throws ProtocolException {
        byte[] bytes = new Who().toBytes(Duration.ofMillis(700));
        assertThat(Envelope.decode(bytes).budgetMillis()).isEqualTo(700);
        assertThat(Envelope.decode(new Who().toBytes()).budgetMillis()).isZero();
    }

    @Test
    void aProofRequestFitsInto512Bytes() {
        assertThat(Samples.proofRequest().toBytes()).hasSizeLessThanOrEqualTo(512);
    }

    @Test
    void anotherMajorIsToldApartFromRubbish() {
        byte[] bytes = new Who().toBytes();
        bytes[2] = 2;
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> Message.parse(bytes))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(ProtocolException.Kind.WRONG_VERSION));
    }

    @Test
    void anUnknownTypeAndAnUnexpectedOneAreToldApart() {
        byte[] unknown = Envelope.of(60_000, 0, new byte[0]).encode();
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> Message.parse(unknown))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(ProtocolException.Kind.UNKNOWN_TYPE));
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> Message.parse(new Who().toBytes(), Presence.class))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(ProtocolException.Kind.UNEXPECTED_TYPE));
    }

    @Test
    void optionalFieldsOfNewerMinorsAreSkipped() throws ProtocolException {
        Envelope newer = new Envelope(
                Envelope.MAJOR,
                Envelope.MINOR + 1,
                MessageType.WHO.code(),
                0,
                0,
                network.autonomys.farmer.core.types.Bytes.EMPTY,
                List.of(new Envelope.Field(900, Samples.bytes(10)), new Envelope.Field(901, Samples.bytes(0))));
        assertThat(Message.parse(newer.encode())).isEqualTo(new Who());
        assertThat(Envelope.decode(newer.encode())).isEqualTo(newer);
    }

    @Test
    void damagedMessagesGiveTheDocumentedExceptionOnly() {
        SplittableRandom random = new SplittableRandom(20_261_121);
        List<byte[]> samples = Samples.all().stream().map(Message::toBytes).toList();
        int refused = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] damaged = mutate(samples.get(random.nextInt(samples.size())), random);
            try {
                Message message = Message.parse(damaged);
                // What is accepted must be a value that can be sent again.
                assertThat(Message.parse(message.toBytes())).isEqualTo(message);
            } catch (ProtocolException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(MUTATIONS / 4);
    }

    private static byte[] mutate(byte[] bytes, SplittableRandom random) {
        byte[] result = bytes.clone();
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes && result.length > 0; i++) {
            int at = random.nextInt(result.length);
            switch (random.nextInt(5)) {
                case 0 -> result[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> result[at] = (byte) random.nextInt();
                case 2 -> result[at] = (byte) 0xff;
                case 3 -> result = Arrays.copyOf(result, at);
                default -> result = Arrays.copyOf(result, result.length + 1 + random.nextInt(8));
            }
        }
        return result;
    }
}
