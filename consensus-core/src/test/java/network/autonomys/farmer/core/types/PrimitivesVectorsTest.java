package network.autonomys.farmer.core.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.OptionalLong;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.pot.PotInputs;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.core.sector.Challenges;
import network.autonomys.farmer.core.sector.SectorIds;
import network.autonomys.farmer.core.sector.SolutionRanges;
import network.autonomys.farmer.core.sector.UnsignedMath;
import network.autonomys.farmer.testkit.VectorCase;
import network.autonomys.farmer.testkit.VectorSuite;
import org.junit.jupiter.api.Test;

/** Hashes, indexes, derivations and ranges against the reference's values (vectors/primitives). */
class PrimitivesVectorsTest {

    @Test
    void referenceValues() {
        new VectorSuite("primitives")
                .on("hashes.json", "blake3", this::blake3)
                .on("hashes.json", "blake3-keyed", this::blake3Keyed)
                .on("hashes.json", "blake3-254", this::blake3To254Bits)
                .on("hashes.json", "blake3-list", this::blake3List)
                .on("indexes.json", "piece-index", this::pieceIndex)
                .on("indexes.json", "from-source-position", this::fromSourcePosition)
                .on("indexes.json", "segment-index", this::segmentIndex)
                .on("indexes.json", "history-size", this::historySize)
                .on("indexes.json", "u256-mod", this::mod256)
                .on("sectors.json", "sector-derive", this::sectorDerive)
                .on("sectors.json", "sector-expiration", this::sectorExpiration)
                .on("challenges.json", "challenge", this::challenge)
                .on("challenges.json", "distance", this::distance)
                .on("ranges.json", "pieces-to-range", this::piecesToRange)
                .on("ranges.json", "range-to-pieces", this::rangeToPieces)
                .on("ranges.json", "next-range", this::nextRange)
                .on("ranges.json", "fork-weight", this::forkWeight)
                .run();
    }

    private void blake3(VectorCase v) {
        byte[] input = v.bytes("input");
        assertThat(Blake3.hash(input)).isEqualTo(v.bytes("hash"));
        assertThat(Blake3.hash(Bytes.of(input))).isEqualTo(bytes(v, "hash"));
        byte[] shifted = new byte[input.length + 7];
        System.arraycopy(input, 0, shifted, 5, input.length);
        byte[] out = new byte[40];
        Blake3.hash(shifted, 5, input.length, out, 3);
        assertThat(Arrays.copyOfRange(out, 3, 35)).isEqualTo(v.bytes("hash"));
    }

    private void blake3Keyed(VectorCase v) {
        assertThat(Blake3.keyed(v.bytes("key"), v.bytes("input"))).isEqualTo(v.bytes("hash"));
        assertThat(Blake3.keyed(bytes(v, "key"), bytes(v, "input"))).isEqualTo(bytes(v, "hash"));
    }

    private void blake3To254Bits(VectorCase v) {
        assertThat(Blake3.hash254(v.bytes("input"))).isEqualTo(v.bytes("scalar"));
    }

    private void blake3List(VectorCase v) {
        byte[] input = v.bytes("input");
        int first = v.list("cuts").get(0).asInt();
        int second = v.list("cuts").get(1).asInt();
        byte[][] parts = {
            Arrays.copyOf(input, first),
            Arrays.copyOfRange(input, first, second),
            Arrays.copyOfRange(input, second, input.length)
        };
        assertThat(Blake3.hash(parts)).isEqualTo(v.bytes("hash"));
        assertThat(Blake3.keyed(v.bytes("keyedKey"), parts)).isEqualTo(v.bytes("keyedHash"));
        Blake3.Hasher hasher = Blake3.keyedHasher(v.bytes("keyedKey"));
        for (byte[] part : parts) {
            hasher.update(part);
        }
        assertThat(hasher.digest()).isEqualTo(v.bytes("keyedHash"));
    }

    private void pieceIndex(VectorCase v) {
        long piece = v.u64("pieceIndex");
        assertThat(PieceIndexes.segment(piece)).isEqualTo(v.u64("segmentIndex"));
        assertThat(PieceIndexes.position(piece)).isEqualTo(v.i32("position"));
        assertThat(PieceIndexes.isSource(piece)).isEqualTo(v.bool("isSource"));
        assertThat(new ScaleWriter().writeU64(piece).toByteArray()).isEqualTo(v.bytes("bytes"));
        if (v.bool("isSource")) {
            assertThat(PieceIndexes.sourcePosition(piece)).isEqualTo(v.i32("sourcePosition"));
            assertThat(PieceIndexes.nextSource(piece)).isEqualTo(v.u64("nextSource"));
            assertThat(PieceIndexes.previousSource(piece)).isEqualTo(optional(v, "prevSource"));
        } else {
            assertThatThrownBy(() -> PieceIndexes.sourcePosition(piece)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> PieceIndexes.nextSource(piece)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> PieceIndexes.previousSource(piece)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private void fromSourcePosition(VectorCase v) {
        assertThat(PieceIndexes.fromSourcePosition(v.u64("sourcePosition"), v.u64("segmentIndex")))
                .isEqualTo(v.u64("pieceIndex"));
    }

    private void segmentIndex(VectorCase v) {
        long segment = v.u64("segmentIndex");
        assertThat(PieceIndexes.firstOfSegment(segment)).isEqualTo(v.u64("firstPiece"));
        assertThat(PieceIndexes.lastOfSegment(segment)).isEqualTo(v.u64("lastPiece"));
        assertThat(HistorySizes.ofSegment(segment)).isEqualTo(v.u64("historySize"));
        long[] order = PieceIndexes.sourceFirst(segment);
        ScaleWriter le64 = new ScaleWriter();
        Arrays.stream(order).forEach(le64::writeU64);
        assertThat(Blake3.hash(le64.toByteArray())).isEqualTo(v.bytes("sourceFirstLe64Blake3"));
        assertThat(Arrays.copyOf(order, 4)).isEqualTo(longs(v.node("sourceFirstHead")));
        assertThat(Arrays.copyOfRange(order, 127, 131)).isEqualTo(longs(v.node("sourceFirst127to130")));
    }

    private void historySize(VectorCase v) {
        long size = v.u64("historySize");
        assertThat(HistorySizes.inPieces(size)).isEqualTo(v.u64("inPieces"));
        assertThat(HistorySizes.segmentIndex(size)).isEqualTo(v.u64("segmentIndex"));
        assertThat(HistorySizes.expirationCheck(size, v.u64("minSectorLifetime")))
                .isEqualTo(optional(v, "expirationCheck"));
    }

    private void mod256(VectorCase v) {
        assertThat(UnsignedMath.mod256(v.bytes("littleEndian"), v.u64("modulus")))
                .isEqualTo(v.u64("result"));
    }

    private void sectorDerive(VectorCase v) {
        Bytes keyHash = SectorIds.publicKeyHash(bytes(v, "publicKey"));
        assertThat(keyHash).isEqualTo(bytes(v, "publicKeyHash"));
        long historySize = v.u64("historySize");
        Bytes id = SectorIds.sectorId(keyHash, v.i32("sectorIndex"), historySize);
        assertThat(id).isEqualTo(bytes(v, "sectorId"));
        long[] fraction = longs(v.node("recentHistoryFraction"));
        for (JsonNode pair : v.list("pieceIndexes")) {
            long piece = SectorIds.pieceIndex(
                    id,
                    pair.get(0).asInt(),
                    historySize,
                    v.i32("maxPiecesInSector"),
                    v.u64("recentSegments"),
                    new Fraction(fraction[0], fraction[1]));
            assertThat(piece).as("offset %s", pair.get(0)).isEqualTo(VectorCase.u64(pair.get(1)));
        }
        int count = v.list("pieceIndexes").stream()
                .mapToInt(p -> p.get(0).asInt() + 1)
                .max()
                .orElse(0);
        long[] all = SectorIds.pieceIndexes(
                id,
                count,
                historySize,
                v.i32("maxPiecesInSector"),
                v.u64("recentSegments"),
                new Fraction(fraction[0], fraction[1]));
        for (JsonNode pair : v.list("pieceIndexes")) {
            assertThat(all[pair.get(0).asInt()]).isEqualTo(VectorCase.u64(pair.get(1)));
        }
        for (JsonNode pair : v.list("evaluationSeeds")) {
            assertThat(SectorIds.evaluationSeed(id, pair.get(0).asInt()).hex())
                    .isEqualTo(pair.get(1).asText());
        }
        for (JsonNode pair : v.list("expirations")) {
            assertThat(SectorIds.expiration(
                            id, historySize, Bytes.fromHex(pair.get(0).asText()), v.u64("minSectorLifetime")))
                    .isEqualTo(optional(pair.get(1)));
        }
    }

    private void sectorExpiration(VectorCase v) {
        assertThat(SectorIds.expiration(
                        bytes(v, "sectorId"),
                        v.u64("historySize"),
                        bytes(v, "segmentCommitment"),
                        v.u64("minSectorLifetime")))
                .isEqualTo(optional(v, "expires"));
    }

    private void challenge(VectorCase v) {
        Bytes potOutput = bytes(v, "potOutput");
        Bytes randomness = Challenges.globalRandomness(potOutput);
        assertThat(randomness).isEqualTo(bytes(v, "randomness"));
        Bytes global = Challenges.globalChallenge(randomness, v.u64("slot"));
        assertThat(global).isEqualTo(bytes(v, "globalChallenge"));
        Bytes sector = Challenges.sectorSlotChallenge(bytes(v, "sectorId"), global);
        assertThat(sector).isEqualTo(bytes(v, "sectorSlotChallenge"));
        assertThat(Challenges.sBucket(sector)).isEqualTo(v.i32("sBucket"));
        Bytes chunk = bytes(v, "chunk");
        assertThat(Blake3.hash(bytes(v, "proofOfSpace"))).isEqualTo(bytes(v, "proofHash"));
        Bytes masked = Challenges.mask(chunk, bytes(v, "proofOfSpace"));
        assertThat(masked).isEqualTo(bytes(v, "maskedChunk"));
        checkDistance(v, Challenges.distance(global, chunk, sector), "chunkDistance", "chunkWithin");
        checkDistance(v, Challenges.distance(global, masked, sector), "maskedDistance", "maskedWithin");
        Bytes entropy = PotInputs.entropy(chunk, potOutput);
        assertThat(entropy).isEqualTo(bytes(v, "potEntropy"));
        assertThat(PotInputs.seedWithEntropy(entropy, potOutput)).isEqualTo(bytes(v, "seedWithEntropy"));
    }

    private static void checkDistance(VectorCase v, long distance, String field, String withinField) {
        assertThat(distance).isEqualTo(v.u64(field));
        for (JsonNode pair : v.list(withinField)) {
            assertThat(Challenges.within(distance, VectorCase.u64(pair.get(0))))
                    .as("within %s", pair)
                    .isEqualTo(pair.get(1).booleanValue());
        }
    }

    private void distance(VectorCase v) {
        assertThat(Challenges.distance(v.u64("a"), v.u64("b"))).isEqualTo(v.u64("distance"));
    }

    private void piecesToRange(VectorCase v) {
        assertThat(SolutionRanges.fromPieces(v.u64("pieces"), probability(v))).isEqualTo(v.u64("range"));
    }

    private void rangeToPieces(VectorCase v) {
        assertThat(SolutionRanges.toPieces(v.u64("range"), probability(v))).isEqualTo(v.u64("pieces"));
    }

    private void nextRange(VectorCase v) {
        assertThat(SolutionRanges.next(
                        v.u64("startSlot"), v.u64("currentSlot"), probability(v), v.u64("range"), v.u64("eraDuration")))
                .isEqualTo(v.u64("next"));
    }

    private void forkWeight(VectorCase v) {
        assertThat(new BigInteger(Long.toUnsignedString(SolutionRanges.forkWeight(v.u64("range")))))
                .isEqualTo(new BigInteger(v.text("weight")));
    }

    private static SlotProbability probability(VectorCase v) {
        long[] ratio = longs(v.node("slotProbability"));
        return new SlotProbability(ratio[0], ratio[1]);
    }

    private static Bytes bytes(VectorCase v, String field) {
        return Bytes.of(v.bytes(field));
    }

    private static long[] longs(JsonNode array) {
        long[] values = new long[array.size()];
        Arrays.setAll(values, i -> VectorCase.u64(array.get(i)));
        return values;
    }

    private static OptionalLong optional(VectorCase v, String field) {
        return optional(v.node(field));
    }

    private static OptionalLong optional(JsonNode node) {
        return node.isNull() ? OptionalLong.empty() : OptionalLong.of(VectorCase.u64(node));
    }
}
