package network.autonomys.farmer.core.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import network.autonomys.farmer.core.engine.Workers;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.kzg.DevSecret;
import network.autonomys.farmer.core.kzg.Kzg;
import network.autonomys.farmer.core.kzg.KzgFixture;
import network.autonomys.farmer.core.kzg.KzgParameters;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.testkit.VectorCase;
import network.autonomys.farmer.testkit.Vectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SegmentCommitterTest {
    private static List<Bytes> list(VectorCase c, String field) {
        return c.list(field).stream().map(node -> Bytes.of(c.bytes(node))).toList();
    }

    @Test
    void segmentCommitmentAndWitnessesOfTheVectors() {
        SegmentCommitter committer = new KzgSegmentCommitter(KzgFixture.kzg());
        for (VectorCase c : Vectors.cases("archiving", "piece-valid.json", "segment-commitment")) {
            List<Bytes> commitments = list(c, "recordCommitments");
            byte[] hashes = KzgSegmentCommitter.hashes(commitments).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
            assertThat(Blake3.hash(hashes)).isEqualTo(c.bytes(c.node("hashes").get("blake3")));
            SegmentCommitter.SegmentProof proof = committer.prove(commitments);
            assertThat(proof.commitment().hex()).isEqualTo(c.text("segmentCommitment"));
            List<Bytes> witnesses = list(c, "witnesses");
            for (int i = 0; i < witnesses.size(); i++) {
                assertThat(proof.witness(i)).isEqualTo(witnesses.get(i));
            }
            assertThat(proof.witnesses(Workers.callingThread())).isEqualTo(witnesses);
        }
    }

    @Test
    void theDevCommitterGivesWhatItsParametersGive() {
        Random random = new Random(3);
        byte[] record = new byte[Constants.RECORD_SIZE];
        random.nextBytes(record);
        for (int i = 0; i < record.length; i += 32) {
            record[i] &= 0x3f;
        }
        MemorySegment chunks = MemorySegment.ofArray(record);
        KzgParameters parameters = KzgParameters.parse(MemorySegment.ofArray(DevSecret.parameterFile()));
        try (Kzg kzg = Kzg.cpu(parameters);
                DevSegmentCommitter dev = new DevSegmentCommitter()) {
            SegmentCommitter real = new KzgSegmentCommitter(kzg);
            assertThat(dev.commitRecord(chunks)).isEqualTo(real.commitRecord(chunks));
            List<Bytes> commitments = new ArrayList<>();
            for (int i = 0; i < 256; i++) {
                commitments.add(i % 3 == 0 ? dev.commitRecord(chunks) : kzg.commit(1, chunks.asSlice(32L * i, 32)));
            }
            SegmentCommitter.SegmentProof mine = dev.prove(commitments);
            SegmentCommitter.SegmentProof theirs = real.prove(commitments);
            assertThat(mine.commitment()).isEqualTo(theirs.commitment());
            for (int position : new int[] {0, 1, 128, 255}) {
                assertThat(mine.witness(position)).isEqualTo(theirs.witness(position));
            }
            assertThat(mine.witnesses(Workers.callingThread())).isEqualTo(theirs.witnesses(Workers.callingThread()));
            for (int position : new int[] {-1, 256}) {
                assertThatIllegalArgumentException().isThrownBy(() -> mine.witness(position));
                assertThatIllegalArgumentException().isThrownBy(() -> theirs.witness(position));
            }
            refuses(dev, commitments);
            refuses(real, commitments);
        }
    }

    private static void refuses(SegmentCommitter committer, List<Bytes> commitments) {
        MemorySegment invalid = MemorySegment.ofArray(new byte[Constants.RECORD_SIZE]);
        invalid.asSlice(64, 32).fill((byte) 0xff);
        assertThatIllegalArgumentException().isThrownBy(() -> committer.commitRecord(invalid));
        assertThatIllegalArgumentException().isThrownBy(() -> committer.commitRecord(invalid.asSlice(96)));
        assertThatIllegalArgumentException().isThrownBy(() -> committer.extendCommitments(commitments));
        assertThatIllegalArgumentException().isThrownBy(() -> committer.prove(commitments.subList(0, 255)));
        List<@Nullable Bytes> few = new ArrayList<>(commitments);
        for (int i = 0; i < 129; i++) {
            few.set(i, null);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> committer.recoverCommitments(few));
        assertThatIllegalArgumentException().isThrownBy(() -> committer.recoverCommitments(few.subList(0, 128)));
    }
}
