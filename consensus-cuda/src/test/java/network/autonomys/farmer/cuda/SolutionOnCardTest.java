package network.autonomys.farmer.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import network.autonomys.farmer.core.engine.FieldEngine;
import network.autonomys.farmer.core.engine.ProofTable;
import network.autonomys.farmer.core.engine.RecordEngine;
import network.autonomys.farmer.core.field.CpuFieldEngine;
import network.autonomys.farmer.core.kzg.DevSecret;
import network.autonomys.farmer.core.kzg.Kzg;
import network.autonomys.farmer.core.kzg.KzgParameters;
import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.core.sector.Challenges;
import network.autonomys.farmer.core.sector.Prover;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.core.types.Solution;
import network.autonomys.farmer.testkit.StandIn;
import org.junit.jupiter.api.Test;

/**
 * A whole solution with everything on a card but the multiplication over 32 768 points, which takes too long on the host and has a test of its own:
 * the same as the processor's, also where the card is lost in the middle.
 */
class SolutionOnCardTest {
    private static final Bytes KEY = Bytes.zeros(32);
    private static final FieldEngine FIELD = new CpuFieldEngine();

    private final StandIn standIn = StandIn.fresh();

    @Test
    void isThatOfTheProcessor() throws GpuUnavailableException {
        KzgParameters parameters = CudaTesting.PARAMETERS;
        byte[] piece = new byte[Constants.PIECE_SIZE];
        System.arraycopy(CudaTesting.record(5), 0, piece, 0, RecordEngine.RECORD_BYTES);
        byte[] seed = new Prover(CudaTesting.PROCESSOR, new Kzg(parameters, FIELD, DevSecret.engine())).seed(task(0));
        try (Kzg onProcessor = new Kzg(parameters, FIELD, DevSecret.engine());
                RecordEngine records = CudaTesting.OneTable.of(PosVersion.V1, seed);
                CudaRecordEngine cards = open(records);
                Kzg onCard = new Kzg(parameters, new CudaFieldEngine(cards, FIELD), DevSecret.engine())) {
            Prover processor = new Prover(records, onProcessor);
            // An odd s-bucket, so that the chunk is one of the extension.
            Prover.Task task = task(1);
            byte[] proof = new byte[ProofTable.PROOF_BYTES];
            while (!records.findProof(PosVersion.V1, seed, task.sBucket(), proof)) {
                task = task(task.sBucket() + 2);
            }
            byte[] parity = new byte[RecordEngine.RECORD_BYTES];
            FIELD.extend(32_768, 1, MemorySegment.ofArray(piece), MemorySegment.ofArray(parity));
            int at = 32 * (task.sBucket() / 2);
            Bytes stored = Challenges.mask(Bytes.copyOf(parity, at, at + 32), Bytes.of(proof));
            Optional<Solution> expected = processor.fromPiece(task, stored, piece);
            assertThat(expected).isPresent();
            Prover card = new Prover(cards, onCard);
            assertThat(card.fromPiece(task, stored, piece)).isEqualTo(expected);
            assertThat(standIn.calls("find_v1")).isEqualTo(1);
            assertThat(standIn.calls("shift_to_odd")).as("extensions").isEqualTo(1);
            assertThat(standIn.calls("scalars_out"))
                    .as("extension and coefficients")
                    .isEqualTo(2);
            standIn.wrong("find_v1", 6, 8);
            assertThat(card.fromPiece(task, stored, piece)).isEqualTo(expected);
            assertThat(cards.status().getFirst().reason()).isEqualTo("a proof of space is not valid");
        }
    }

    @Test
    void aProofThatTheCardDoesNotFindIsNotTakenForOneThatDoesNotExist() throws GpuUnavailableException {
        byte[] seed = new byte[RecordEngine.SEED_BYTES];
        byte[] expected = new byte[ProofTable.PROOF_BYTES];
        byte[] proof = new byte[ProofTable.PROOF_BYTES];
        try (RecordEngine records = CudaTesting.OneTable.of(PosVersion.V1, seed);
                CudaRecordEngine cards = open(records)) {
            int there = 0;
            while (!records.findProof(PosVersion.V1, seed, there, expected)) {
                there++;
            }
            int absent = 0;
            while (records.findProof(PosVersion.V1, seed, absent, proof)) {
                absent++;
            }
            assertThat(cards.findProof(PosVersion.V1, seed, absent, proof)).isFalse();
            assertThat(cards.status().getFirst().reason()).isEmpty();
            standIn.wrong("find_v1", 6, 0, 1);
            assertThat(cards.findProof(PosVersion.V1, seed, there, proof)).isTrue();
            assertThat(proof).isEqualTo(expected);
            assertThat(cards.status().getFirst().reason()).isEqualTo("a proof of space was not found");
        }
    }

    private static CudaRecordEngine open(RecordEngine processor) throws GpuUnavailableException {
        return CudaRecordEngine.open(
                CudaTesting.settings(1_000),
                processor,
                true,
                GpuObserver.none(),
                Limits.OF_MEMORY,
                slot -> {},
                System::nanoTime);
    }

    private static Prover.Task task(int sBucket) {
        return new Prover.Task(KEY, KEY, 0, 1, 0, sBucket, PosVersion.V1);
    }
}
