package network.autonomys.farmer.storage.farm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import network.autonomys.farmer.core.keys.FarmIdentity;
import network.autonomys.farmer.core.keys.RewardSigning;
import network.autonomys.farmer.core.kzg.Kzg;
import network.autonomys.farmer.core.sector.SectorIds;
import network.autonomys.farmer.core.types.Base58;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Fraction;
import network.autonomys.farmer.core.types.PieceCheckParams;
import network.autonomys.farmer.core.types.PieceIndexes;
import network.autonomys.farmer.testkit.VectorCase;
import network.autonomys.farmer.testkit.VectorSuite;
import network.autonomys.farmer.testkit.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A farm of the reference opens, farms and is scrubbed as the reference does it. */
class FarmVectorsTest {
    @TempDir
    Path scratch;

    private final HistoryPieces history = HistoryPieces.get();
    private int copies;

    @Test
    void farmsAreTheReferences() {
        new VectorSuite("farm")
                .on("farm.json", "farm", this::farm)
                .on("farm.json", "scrub", this::scrub)
                .on("farm.json", "plotCache", this::plotCache)
                .on("farm.json", "identity", this::identity)
                .run();
    }

    /** Solutions from the reference's farm are accepted by the chain's rules, the piece's place in history included. */
    @Test
    void theReferencesFarmProves() throws Exception {
        Kzg kzg = Fixtures.kzg();
        VectorCase vector = Vectors.cases("farm", "farm.json", "farm").getFirst();
        try (Farm farm = Fixtures.open(copy(vector))) {
            FarmCheck check = new FarmCheck(farm);
            Set<Integer> proven = new HashSet<>();
            for (Bytes challenge : FarmCheck.challenges(6)) {
                for (FarmAuditor.Winner winner : check.audit(challenge)) {
                    // A solution for each sector is enough; a proof takes seconds.
                    if (proven.add(winner.sectorIndex())) {
                        check.prove(winner, challenge, kzg, Optional.of(pieceCheck(vector, check, winner)));
                    }
                }
            }
            assertThat(proven).hasSize(vector.i32("plottedSectors"));
        }
    }

    private PieceCheckParams pieceCheck(VectorCase vector, FarmCheck check, FarmAuditor.Winner winner) {
        long piece = pieceIndexes(
                vector, check.sectorId(winner.sectorIndex()), winner.historySize(), 1 + winner.pieceOffset())[
                winner.pieceOffset()];
        return new PieceCheckParams(
                vector.i32("maxPiecesInSector"),
                history.segmentCommitment(PieceIndexes.segment(piece)),
                vector.u64("recentSegments"),
                fraction(vector),
                4,
                winner.historySize(),
                Optional.empty());
    }

    private static Fraction fraction(VectorCase vector) {
        JsonNode fraction = vector.node("recentHistoryFraction");
        return new Fraction(VectorCase.u64(fraction.get(0)), VectorCase.u64(fraction.get(1)));
    }

    private static long[] pieceIndexes(VectorCase vector, Bytes sectorId, long historySize, int count) {
        return SectorIds.pieceIndexes(
                sectorId,
                count,
                historySize,
                vector.i32("maxPiecesInSector"),
                vector.u64("recentSegments"),
                fraction(vector));
    }

    private static Path fixture(VectorCase vector) {
        return vector.file().toAbsolutePath().resolveSibling("");
    }

    private Path copy(VectorCase vector) {
        return Fixtures.copy(fixture(vector), scratch.resolve("farm-" + copies++));
    }

    private void farm(VectorCase vector) throws Exception {
        Path folder = copy(vector);
        for (Map.Entry<String, JsonNode> file : vector.node("files").properties()) {
            byte[] content = Fixtures.read(folder.resolve(file.getKey()));
            assertThat(content).hasSize(file.getValue().get("len").asInt());
            assertThat(Fixtures.hash(content))
                    .isEqualTo(file.getValue().get("blake3").asText());
        }
        FarmInfo info = FarmInfo.read(folder);
        assertThat(info.text().getBytes(StandardCharsets.UTF_8)).isEqualTo(vector.bytes("infoBytes"));
        assertThat(info.describe(0)).isEqualTo(texts(vector.node("infoCommand")));
        assertInfo(info, vector.node("info").get("v0"));
        assertThat(info.publicKey().hex()).isEqualTo(vector.text("publicKey"));
        FarmIdentity identity = FarmIdentity.of(vector.bytes("entropy"));
        assertThat(identity.encode()).isEqualTo(Fixtures.read(folder.resolve(IdentityFile.NAME)));
        assertThat(identity.publicKey()).isEqualTo(info.publicKey());
        assertSpace(vector, folder, info);
        Map<String, String> before = Fixtures.hashes(folder);
        try (Farm farm = Fixtures.open(folder)) {
            assertThat(farm.targetSectors()).isEqualTo(vector.i32("targetSectors"));
            assertSectors(vector, farm);
        }
        assertThat(Fixtures.hashes(folder)).as("opening changes nothing").isEqualTo(before);
        assertPieceCache(vector, folder);
        assertThat(Fixtures.hashes(folder))
                .as("our elements are the reference's")
                .isEqualTo(before);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static void assertInfo(FarmInfo info, JsonNode expected) {
        assertThat(info.id().toString()).isEqualTo(expected.get("id").asText());
        assertThat(info.genesisHash().hex())
                .isEqualTo(expected.get("genesisHash").asText());
        assertThat(info.publicKey().hex()).isEqualTo(expected.get("publicKey").asText());
        assertThat(info.piecesInSector())
                .isEqualTo(expected.get("piecesInSector").asInt());
        assertThat(info.allocatedSpace()).isEqualTo(VectorCase.u64(expected.get("allocatedSpace")));
    }

    private static void assertSpace(VectorCase vector, Path folder, FarmInfo info) throws IOException {
        SpaceDistribution space =
                SpaceDistribution.of(info.allocatedSpace(), vector.i32("cachePercentage"), info.piecesInSector());
        assertThat(space.targetSectors()).isEqualTo(vector.i32("targetSectors"));
        assertThat(space.plotFileBytes()).isEqualTo(Files.size(folder.resolve(Farm.PLOT)));
        assertThat(space.metadataFileBytes()).isEqualTo(Files.size(folder.resolve(MetadataFile.NAME)));
        assertThat(space.cacheFileBytes()).isEqualTo(Files.size(folder.resolve(PieceCacheFile.NAME)));
        assertThat(space.cacheCapacity())
                .isEqualTo(vector.node("pieceCache").get("capacity").asLong());
    }

    private void assertSectors(VectorCase vector, Farm farm) throws Exception {
        FarmCheck check = new FarmCheck(farm);
        List<JsonNode> sectors = vector.list("sectors");
        int plotted = 0;
        for (int i = 0; i < farm.targetSectors(); i++) {
            plotted += farm.hasSector(i) ? 1 : 0;
        }
        assertThat(plotted).isEqualTo(vector.i32("plottedSectors")).isEqualTo(sectors.size());
        for (JsonNode sector : sectors) {
            int index = sector.get("sectorIndex").asInt();
            assertThat(farm.isStored(index)).isTrue();
            assertThat(Fixtures.hash(farm.metadata(index).encode()))
                    .isEqualTo(sector.get("metadata").asText());
            assertThat(farm.metadata(index).pieces())
                    .isEqualTo(sector.get("piecesInSector").asInt());
            assertThat(farm.historySize(index)).isEqualTo(VectorCase.u64(sector.get("historySize")));
            assertThat(Fixtures.hash(check.sectorBytes(index)))
                    .isEqualTo(sector.get("sector").asText());
            Bytes sectorId = check.sectorId(index);
            assertThat(sectorId.hex()).isEqualTo(sector.get("sectorId").asText());
            JsonNode pieces = sector.get("pieces");
            long[] indexes = pieceIndexes(vector, sectorId, farm.historySize(index), pieces.size());
            for (int offset = 0; offset < pieces.size(); offset++) {
                JsonNode piece = pieces.get(offset);
                assertThat(indexes[offset]).isEqualTo(VectorCase.u64(piece.get("pieceIndex")));
                assertThat(Fixtures.hash(check.piece(index, offset)))
                        .isEqualTo(piece.get("piece").asText())
                        .isEqualTo(history.pieceHash(indexes[offset]));
            }
        }
    }

    /** Reads every element, writes it again, and the file stays as it was. */
    private static void assertPieceCache(VectorCase vector, Path folder) throws IOException {
        JsonNode described = vector.node("pieceCache");
        assertThat(CacheElement.BYTES).isEqualTo(described.get("elementSize").asInt());
        int capacity = described.get("capacity").asInt();
        try (PieceCacheFile cache = PieceCacheFile.open(folder, capacity)) {
            int checked = 0;
            for (JsonNode element : described.get("elements")) {
                int offset = element.get("offset").asInt();
                OptionalLong index = cache.pieceIndex(offset);
                assertThat(index.isPresent()).isEqualTo(element.hasNonNull("pieceIndex"));
                if (index.isPresent()) {
                    assertThat(index.getAsLong()).isEqualTo(VectorCase.u64(element.get("pieceIndex")));
                    byte[] piece = cache.read(offset);
                    assertThat(Fixtures.hash(piece))
                            .isEqualTo(element.get("piece").asText());
                    cache.write(offset, index.getAsLong(), MemorySegment.ofArray(piece));
                } else {
                    assertThatThrownBy(() -> cache.read(offset)).isInstanceOf(FarmException.class);
                }
                checked++;
            }
            assertThat(checked).isEqualTo(capacity);
            assertThatThrownBy(() -> cache.read(capacity)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private void scrub(VectorCase vector) throws IOException {
        Path folder = copy(vector);
        for (JsonNode edit : vector.list("edits")) {
            edit(folder, edit);
        }
        for (JsonNode cut : vector.list("truncate")) {
            try (RandomAccessFile file = new RandomAccessFile(
                    folder.resolve(cut.get("file").asText()).toFile(), "rw")) {
                file.setLength(cut.get("len").asLong());
            }
        }
        byte version = Fixtures.read(folder.resolve(MetadataFile.NAME))[0];
        if (version == 1) {
            // The vectors are of a release that refused version 1; later ones accept it, and so do we (proof-of-space
            // 2.5).
            assertThat(scrub(vector, folder, true)).as("version 1").isFalse();
            try (RandomAccessFile file =
                    new RandomAccessFile(folder.resolve(MetadataFile.NAME).toFile(), "rw")) {
                file.write(2);
            }
            assertThat(scrub(vector, folder, true)).as("version 2").isTrue();
            return;
        }
        Map<String, String> before = Fixtures.hashes(folder);
        JsonNode result = vector.node("result");
        boolean failed = result.get("failed").asBoolean();
        assertThat(scrub(vector, folder, true)).as("a dry run fails").isEqualTo(failed);
        assertThat(Fixtures.hashes(folder)).as("a dry run changes nothing").isEqualTo(before);
        assertThat(scrub(vector, folder, false)).as("failed").isEqualTo(failed);
        for (Map.Entry<String, JsonNode> changed : result.get("changed").properties()) {
            before.put(changed.getKey(), changed.getValue().get("blake3").asText());
            assertThat(Files.size(folder.resolve(changed.getKey())))
                    .isEqualTo(changed.getValue().get("len").asLong());
        }
        assertThat(Fixtures.hashes(folder)).isEqualTo(before);
        byte[] header = Arrays.copyOf(Fixtures.read(folder.resolve(MetadataFile.NAME)), 3);
        assertThat(Bytes.of(header).hex()).isEqualTo(result.get("headerAfter").asText());
    }

    private static void edit(Path folder, JsonNode edit) throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve(edit.get("file").asText()).toFile(), "rw")) {
            long offset = edit.get("offset").asLong();
            if (edit.has("bytes")) {
                file.seek(offset);
                file.write(Bytes.fromHex(edit.get("bytes").asText()).toArray());
            }
            for (JsonNode xor : edit.path("xor")) {
                long at = offset + xor.get(0).asLong();
                file.seek(at);
                int changed = file.read() ^ xor.get(1).asInt();
                file.seek(at);
                file.write(changed);
            }
        }
    }

    /** Whether a scrub fails. */
    private static boolean scrub(VectorCase vector, Path folder, boolean dryRun) throws IOException {
        FarmScrub.Target target = FarmScrub.Target.valueOf(vector.text("target").toUpperCase(Locale.ROOT));
        try {
            List<String> findings = FarmScrub.run(folder, target, dryRun, true, new Quiet());
            assertThat(findings.isEmpty())
                    .as("found %s", findings)
                    .isEqualTo(!vector.node("result")
                            .get("changed")
                            .properties()
                            .iterator()
                            .hasNext());
            return false;
        } catch (FarmException e) {
            assertThat(e).hasMessageContaining(folder.toString());
            return true;
        }
    }

    private static final class Quiet implements FarmScrub.Progress {
        @Override
        public void sectors(int done, int of) {
            assertThat(done).isBetween(1, of);
        }

        @Override
        public void elements(long done, long of) {
            assertThat(done).isBetween(1L, of);
        }

        @Override
        public void found(String what) {
            assertThat(what).isNotBlank();
        }
    }

    private void plotCache(VectorCase vector) throws IOException {
        Path folder = copy(vector);
        Path plot = folder.resolve(Farm.PLOT);
        byte[] original = Fixtures.read(plot);
        assertThat(Fixtures.hash(original)).isEqualTo(vector.text("plotBlake3Before"));
        Map<Long, String> stored = new TreeMap<>();
        try (Farm farm = Fixtures.open(folder)) {
            PlotCache cache = farm.openPlotCache();
            for (JsonNode step : vector.list("steps")) {
                long index = VectorCase.u64(step.get("pieceIndex"));
                assertThat(cache.store(index, MemorySegment.ofArray(history.piece(index))))
                        .isEqualTo(step.get("stored").asBoolean());
                assertThat(cache.read(index).map(Fixtures::hash))
                        .isEqualTo(Optional.ofNullable(step.get("readBack").textValue()));
                byte[] now = Fixtures.read(plot);
                assertThat(Fixtures.hash(now)).isEqualTo(step.get("plotBlake3").asText());
                assertThat(Arrays.mismatch(original, now))
                        .isEqualTo(step.get("firstChangedByte").asInt(-1));
                cache.read(index).ifPresent(piece -> stored.put(index, Fixtures.hash(piece)));
            }
        }
        try (Farm farm = Fixtures.open(folder)) {
            PlotCache again = farm.openPlotCache();
            for (Map.Entry<Long, String> piece : stored.entrySet()) {
                assertThat(again.read(piece.getKey()).map(Fixtures::hash)).contains(piece.getValue());
            }
        }
    }

    private void identity(VectorCase vector) throws Exception {
        FarmIdentity identity = FarmIdentity.decode(vector.bytes("file"));
        assertThat(identity.encode()).isEqualTo(vector.bytes("file"));
        assertThat(identity.publicKey().hex()).isEqualTo(vector.text("publicKey"));
        assertThat(FarmIdentity.of(vector.bytes("entropy")).publicKey()).isEqualTo(identity.publicKey());
        byte[] seed = Arrays.copyOf(identity.keyPair().ed25519Bytes(), 32);
        assertThat(seed).isEqualTo(vector.bytes("libp2pSeed"));
        byte[] libp2pKey = ed25519(seed);
        assertThat(libp2pKey).isEqualTo(vector.bytes("libp2pPublicKey"));
        byte[] peerId = Arrays.copyOf(Bytes.fromHex("002408011220").toArray(), 6 + libp2pKey.length);
        System.arraycopy(libp2pKey, 0, peerId, 6, libp2pKey.length);
        assertThat(Base58.encode(peerId)).isEqualTo(vector.text("peerId"));
        for (JsonNode signature : vector.list("rewardSignatures")) {
            assertThat(RewardSigning.verify(
                            identity.publicKey(),
                            Bytes.fromHex(signature.get("hash").asText()),
                            Bytes.fromHex(signature.get("signature").asText())))
                    .as(signature.get("name").asText())
                    .isEqualTo(signature.get("valid").asBoolean());
        }
        Path folder = Files.createDirectory(scratch.resolve("identity-" + copies++));
        Files.write(folder.resolve(IdentityFile.NAME), vector.bytes("file"));
        assertThat(IdentityFile.read(folder).publicKey()).isEqualTo(identity.publicKey());
    }

    /** The Ed25519 public key of a seed, by the JDK. */
    private static byte[] ed25519(byte[] seed) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
        generator.initialize(NamedParameterSpec.ED25519, new SecureRandom() {
            private static final long serialVersionUID = 1;

            @Override
            public void nextBytes(byte[] bytes) {
                System.arraycopy(seed, 0, bytes, 0, bytes.length);
            }
        });
        byte[] encoded = generator.generateKeyPair().getPublic().getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    }
}
