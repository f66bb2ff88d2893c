package network.autonomys.farmer.core.pot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.PotCheckpoints;
import network.autonomys.farmer.core.types.PotNextSlotInput;
import network.autonomys.farmer.core.types.PotParametersChange;
import network.autonomys.farmer.testkit.VectorCase;
import network.autonomys.farmer.testkit.VectorSuite;
import org.junit.jupiter.api.Test;

/** Proofs of time and their inputs against the reference's values (vectors/pot). */
class PotVectorsTest {

    @Test
    void referenceValues() {
        new VectorSuite("pot")
                .on("pot.json", "pot-prove", this::prove)
                .on("pot.json", "pot-verify", this::verify)
                .on("pot.json", "pot-iterations-reject", this::iterationsReject)
                .on("pot.json", "pot-genesis", this::genesis)
                .on("pot.json", "pot-next-slot", this::nextSlot)
                .on("pot.json", "pot-chain", this::chain)
                .run();
    }

    private void prove(VectorCase v) {
        Bytes seed = bytes(v, "seed");
        assertThat(PotInputs.key(seed)).isEqualTo(bytes(v, "key"));
        PotCheckpoints proof = ProofOfTime.prove(seed, v.u64("iterations"));
        assertThat(proof).isEqualTo(checkpoints(v.node("checkpoints")));
        assertThat(proof.output()).isEqualTo(bytes(v, "output"));
        assertThat(ProofOfTime.verify(seed, v.u64("iterations"), proof)).isTrue();
    }

    private void verify(VectorCase v) {
        assertThat(ProofOfTime.verify(bytes(v, "seed"), v.u64("iterations"), checkpoints(v.node("checkpoints"))))
                .isEqualTo(v.bool("valid"));
    }

    private void iterationsReject(VectorCase v) {
        Bytes seed = bytes(v, "seed");
        long iterations = v.u64("iterations");
        assertThatThrownBy(() -> ProofOfTime.prove(seed, iterations)).isInstanceOf(IllegalArgumentException.class);
        PotCheckpoints any = new PotCheckpoints(Bytes.zeros(128));
        assertThatThrownBy(() -> ProofOfTime.verify(seed, iterations, any))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void genesis(VectorCase v) {
        Bytes seed = PotInputs.genesisSeed(bytes(v, "genesisHash"), v.text("externalEntropy"));
        assertThat(seed).isEqualTo(bytes(v, "seed"));
        assertThat(PotInputs.key(seed)).isEqualTo(bytes(v, "key"));
    }

    private void nextSlot(VectorCase v) {
        PotNextSlotInput next = PotInputs.nextSlot(
                v.u64("baseIterations"), v.u64("parentSlot"), bytes(v, "parentOutput"), change(v.node("change")));
        assertThat(next).isEqualTo(new PotNextSlotInput(v.u64("slot"), v.u64("slotIterations"), bytes(v, "seed")));
    }

    private void chain(VectorCase v) {
        long base = v.u64("baseIterations");
        Optional<PotParametersChange> change = change(v.node("change"));
        PotNextSlotInput input = new PotNextSlotInput(v.u64("startSlot"), base, bytes(v, "seed"));
        for (JsonNode slot : v.list("slots")) {
            assertThat(input)
                    .isEqualTo(new PotNextSlotInput(
                            VectorCase.u64(slot.get("slot")),
                            VectorCase.u64(slot.get("iterations")),
                            Bytes.fromHex(slot.get("seed").asText())));
            PotCheckpoints proof = ProofOfTime.prove(input.seed(), input.slotIterations());
            assertThat(proof).isEqualTo(checkpoints(slot.get("checkpoints")));
            assertThat(proof.output().hex()).isEqualTo(slot.get("output").asText());
            if (change.isPresent() && input.slot() == change.get().slot()) {
                base = change.get().slotIterations();
            }
            input = PotInputs.nextSlot(base, input.slot(), proof.output(), change);
        }
    }

    private static Optional<PotParametersChange> change(JsonNode node) {
        return node.isNull()
                ? Optional.empty()
                : Optional.of(new PotParametersChange(
                        VectorCase.u64(node.get("slot")),
                        VectorCase.u64(node.get("slotIterations")),
                        Bytes.fromHex(node.get("entropy").asText())));
    }

    private static PotCheckpoints checkpoints(JsonNode list) {
        StringBuilder hex = new StringBuilder();
        list.forEach(c -> hex.append(c.asText()));
        return new PotCheckpoints(Bytes.fromHex(hex.toString()));
    }

    private static Bytes bytes(VectorCase v, String field) {
        return Bytes.of(v.bytes(field));
    }
}
