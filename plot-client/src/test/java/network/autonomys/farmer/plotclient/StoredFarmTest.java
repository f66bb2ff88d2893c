package network.autonomys.farmer.plotclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import network.autonomys.farmer.core.field.CpuFieldEngine;
import network.autonomys.farmer.core.kzg.Kzg;
import network.autonomys.farmer.core.kzg.KzgParameters;
import network.autonomys.farmer.core.pos.CpuRecordEngine;
import network.autonomys.farmer.core.pos.VectorForm;
import network.autonomys.farmer.core.sector.Challenges;
import network.autonomys.farmer.core.sector.Prover;
import network.autonomys.farmer.core.sector.SectorException;
import network.autonomys.farmer.core.sector.SectorLayout;
import network.autonomys.farmer.core.sector.SectorReader;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.SlotInfo;
import network.autonomys.farmer.core.types.Solution;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.message.ProofRequest;
import network.autonomys.farmer.storage.farm.Farm;
import network.autonomys.farmer.storage.farm.FarmConfig;
import network.autonomys.farmer.storage.farm.FarmInfo;
import network.autonomys.farmer.storage.io.ReadMethod;
import network.autonomys.farmer.testkit.KzgFile;
import network.autonomys.farmer.testkit.Vectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damage of a stored sector is found when it is audited or proven, and the sector is given up with its reason, once. */
class StoredFarmTest {
    private static final SectorLayout LAYOUT = new SectorLayout(2);

    @TempDir
    Path scratch;

    private Path folder;
    private final List<String> found = new ArrayList<>();

    @BeforeEach
    void copy() throws IOException {
        folder = Files.createDirectory(scratch.resolve("farm"));
        Path reference = Vectors.root().resolve("farm");
        for (String name : List.of("single_disk_farm.json", "identity.bin", "metadata.bin", "plot.bin")) {
            Files.copy(reference.resolve(name), folder.resolve(name));
        }
    }

    private Farm open() throws IOException {
        FarmInfo info = FarmInfo.read(folder);
        return Farm.open(
                new FarmConfig(folder, info.allocatedSpace(), info.piecesInSector(), info.genesisHash(), false, true),
                new SecureRandom(),
                InstantSource.system());
    }

    private StoredFarm stored(Farm farm) throws IOException {
        return new StoredFarm(
                farm,
                SectorReader.Mode.CONCURRENT_CHUNKS,
                ReadMethod.best(),
                (sector, reason, what) -> found.add(sector + " " + reason.label()));
    }

    private static SlotInfo slot(int number) {
        return new SlotInfo(number, Challenges.globalChallenge(Bytes.zeros(32), number), -1, -1);
    }

    private void flip(long offset) throws IOException {
        try (RandomAccessFile plot =
                new RandomAccessFile(folder.resolve("plot.bin").toFile(), "rw")) {
            plot.seek(offset);
            int value = plot.read();
            plot.seek(offset);
            plot.write(value ^ 1);
        }
    }

    private static ProofRequest request(StoredFarm farm, SlotInfo slot, Candidate candidate) {
        return new ProofRequest(
                new InstanceId(1, 2),
                farm.publicKey(),
                Bytes.zeros(32),
                candidate.sectorIndex(),
                candidate.historySize(),
                candidate.piecesInSector(),
                candidate.pieceOffset(),
                0,
                candidate.sBucket(),
                candidate.chunk(),
                candidate.version(),
                slot.slotNumber(),
                slot.globalChallenge(),
                candidate.distance(),
                -1,
                -1);
    }

    /** A winner of a sector, from the first slot that has one. */
    private static ProofRequest winner(StoredFarm farm, int sector) throws IOException {
        for (int number = 0; number < 20; number++) {
            SlotInfo slot = slot(number);
            for (Candidate candidate : farm.audit(slot)) {
                if (candidate.sectorIndex() == sector) {
                    return request(farm, slot, candidate);
                }
            }
        }
        throw new AssertionError("no winner in 20 slots");
    }

    private static Prover prover() throws IOException {
        Assumptions.assumeTrue(KzgFile.find().isPresent(), "no KZG parameter file");
        byte[] file = Files.readAllBytes(KzgFile.find().orElseThrow());
        Kzg kzg = Kzg.cpu(KzgParameters.network(java.lang.foreign.MemorySegment.ofArray(file)));
        return new Prover(new CpuRecordEngine(new CpuFieldEngine(), VectorForm.SCALAR), kzg);
    }

    @Test
    void aDamagedContentsMapIsFoundByTheAudit() throws Exception {
        flip(5);
        try (Farm farm = open();
                StoredFarm stored = stored(farm)) {
            ProofRequest other = winner(stored, 1);
            assertThat(other.sectorIndex()).isEqualTo(1);
            for (int number = 0; number < 20; number++) {
                assertThat(stored.audit(slot(number))).allMatch(candidate -> candidate.sectorIndex() == 1);
            }
            assertThat(found).containsExactly("0 corrupt");
            assertThat(farm.isStored(0)).isFalse();
            assertThat(farm.isStored(1)).isTrue();
        }
    }

    /** A chunk with one wrong bit is a scalar all the same, and only the piece's hash tells. */
    @Test
    void aDamagedChunkIsFoundByTheProof() throws Exception {
        Prover prover = prover();
        try (Farm farm = open();
                StoredFarm stored = stored(farm)) {
            ProofRequest request = winner(stored, 1);
            Solution good = stored.prove(request, prover, () -> true).orElseThrow();
            assertThat(good.sectorIndex()).isEqualTo(1);
            // Every chunk of the last part of the sector, so that the proven record is hit; the winning chunk may be
            // among them.
            long chunks = LAYOUT.sectorBytes() + LAYOUT.chunksOffset();
            for (int chunk = 60_000; chunk < 60_020; chunk++) {
                flip(chunks + 32L * chunk + 31);
            }
            assertThatThrownBy(() -> stored.prove(request, prover, () -> true)).isInstanceOf(SectorException.class);
            assertThat(found).containsExactly("1 corrupt");
            assertThat(farm.isStored(1)).isFalse();
            assertThat(stored.audit(slot(1))).allMatch(candidate -> candidate.sectorIndex() == 0);
        }
        try (Farm farm = open()) {
            assertThat(farm.isStored(1)).as("after a restart").isFalse();
            assertThat(farm.isStored(0)).isTrue();
        }
    }

    @Test
    void aSectorThatCannotBeReadAgainAndAgainIsGivenUp() throws Exception {
        try (Farm farm = open();
                StoredFarm stored = stored(farm)) {
            // A slot that reads from the sector; small sectors have s-buckets without chunks.
            SlotInfo slot = slot((int) winner(stored, 1).slot());
            cutBehindFirstSector();
            stored.audit(slot);
            stored.audit(slot);
            assertThat(found).as("it may be a passing fault").isEmpty();
            stored.audit(slot);
            assertThat(found).containsExactly("1 farm_error");
            assertThat(farm.isStored(1)).isFalse();
            assertThat(stored.audit(slot)).allMatch(candidate -> candidate.sectorIndex() == 0);
        }
    }

    private void cutBehindFirstSector() throws IOException {
        try (RandomAccessFile plot =
                new RandomAccessFile(folder.resolve("plot.bin").toFile(), "rw")) {
            plot.setLength((LAYOUT.sectorBytes() + 4095) / 4096 * 4096);
        }
    }

    /** Closing lets the reads that have begun end; what comes later fails, and nothing is taken for damage. */
    @Test
    void aClosedFarmIsNotAudited() throws Exception {
        try (Farm farm = open()) {
            StoredFarm stored = stored(farm);
            assertThat(stored.audit(slot(1))).isNotNull();
            stored.close();
            assertThatThrownBy(() -> stored.audit(slot(2)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("being closed");
            assertThat(found).isEmpty();
            assertThat(farm.isStored(0)).isTrue();
        }
    }
}
