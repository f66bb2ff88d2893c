package network.autonomys.farmer.core.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.core.types.PlottedSector;
import network.autonomys.farmer.testkit.Mutator;
import network.autonomys.farmer.testkit.VectorCase;
import network.autonomys.farmer.testkit.Vectors;
import org.junit.jupiter.api.Test;

/** Bad input to every decoder: {@link ScaleException} and nothing else, and what is accepted is encoded back to the very bytes that were read. */
class ScaleHardeningTest {
    private static final int INPUTS_PER_TYPE = 6_000;
    private static final Set<Class<? extends Exception>> REFUSAL = Set.of(ScaleException.class);

    @Test
    void decodersRefuseOrReproduceTheirInput() {
        Map<String, List<byte[]>> samples = new TreeMap<>();
        for (VectorCase v : Vectors.cases("scale", "types.json", "scale")) {
            if (v.node("scale").isTextual()) {
                samples.computeIfAbsent(v.text("type"), t -> new ArrayList<>()).add(v.bytes("scale"));
            }
        }
        int accepted = 0;
        int refused = 0;
        int seed = 0;
        for (Map.Entry<String, List<byte[]>> entry : samples.entrySet()) {
            ScaleType<?> type = ScaleType.named(entry.getKey());
            List<byte[]> small =
                    entry.getValue().stream().filter(b -> b.length < 5000).toList();
            Mutator.Result result =
                    Mutator.feed(entry.getKey(), seed++, INPUTS_PER_TYPE, small, in -> roundTrip(type, in), REFUSAL);
            accepted += result.accepted();
            refused += result.refused();
        }
        assertThat(samples).hasSizeGreaterThan(40);
        assertThat(accepted).isGreaterThan(10_000);
        assertThat(refused).isGreaterThan(100_000);
    }

    private static <T> void roundTrip(ScaleType<T> type, byte[] input) {
        ScaleReader in = new ScaleReader(input);
        T value = type.read(in);
        ScaleWriter out = new ScaleWriter(16);
        type.write(out, value);
        if (!Arrays.equals(out.toByteArray(), 0, out.size(), input, 0, in.position())) {
            throw new AssertionError("accepted, but encoded differently: " + value);
        }
    }

    @Test
    void compactNumbersHaveOneForm() {
        List<byte[]> samples = new ArrayList<>();
        for (int bit = 0; bit < 64; bit++) {
            samples.add(new ScaleWriter().writeCompact(1L << bit).toByteArray());
            samples.add(new ScaleWriter().writeCompact((1L << bit) - 1).toByteArray());
        }
        feedReader("compact u64", 50_000, samples, ScaleReader::readCompactU64, ScaleWriter::writeCompact);
        feedReader("compact u32", 20_000, samples, ScaleReader::readCompactU32, ScaleWriter::writeCompact);
    }

    @Test
    void checksummedValues() {
        byte[] sample = new ScaleWriter()
                .writeChecksummed(out -> out.writeList(List.of(1, 2, 3), ScaleWriter::writeU16))
                .toByteArray();
        Mutator.Result result = Mutator.feed(
                "checksummed",
                7,
                20_000,
                List.of(sample),
                in -> new ScaleReader(in).readChecksummed(r -> r.readList(2, ScaleReader::readU16)),
                REFUSAL);
        // Only appended bytes, which stay unread, and changes that change nothing leave the checksum right.
        assertThat(result.refused()).isGreaterThan(10_000);
    }

    @Test
    void largeValues() {
        byte[] metadata = new byte[Constants.SECTOR_METADATA_SIZE - Constants.HASH_SIZE];
        metadata[metadata.length - 8] = 1;
        byte[] sector = new ScaleWriter()
                .writeBytes(new byte[34])
                .writeBytes(metadata)
                .writeBytes(Blake3.hash(metadata))
                .writeCompact(1)
                .writeU64(77)
                .toByteArray();
        Mutator.feed("PlottedSector", 1, 500, List.of(sector), in -> PlottedSector.read(new ScaleReader(in)), REFUSAL);
        byte[] piece =
                new ScaleWriter().writePiece(new byte[Constants.PIECE_SIZE]).toByteArray();
        Mutator.Result pieces =
                Mutator.feed("Piece", 2, 300, List.of(piece), in -> new ScaleReader(in).readPiece(), REFUSAL);
        assertThat(pieces.accepted()).isPositive();
    }

    private static <T> void feedReader(
            String what,
            int inputs,
            List<byte[]> samples,
            Function<ScaleReader, T> read,
            BiConsumer<ScaleWriter, T> write) {
        Consumer<byte[]> parser = input -> roundTrip(
                new ScaleType<>(
                        (f, s) -> {
                            throw new AssertionError("decoding only");
                        },
                        write,
                        read),
                input);
        assertThat(Mutator.feed(what, 3, inputs, samples, parser, REFUSAL).accepted())
                .isPositive();
    }
}
