package network.autonomys.farmer.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import network.autonomys.farmer.core.kzg.Kzg;
import network.autonomys.farmer.core.kzg.KzgParameters;
import network.autonomys.farmer.core.scale.ScaleException;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.sector.Challenges;
import network.autonomys.farmer.core.sector.SolutionVerifier;
import network.autonomys.farmer.core.types.ArchivedBlockProgress;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.FarmerProtocolInfo;
import network.autonomys.farmer.core.types.Fraction;
import network.autonomys.farmer.core.types.LastArchivedBlock;
import network.autonomys.farmer.core.types.SegmentHeader;
import network.autonomys.farmer.core.types.SlotInfo;
import network.autonomys.farmer.core.types.Solution;
import network.autonomys.farmer.protocol.message.SolutionAnswer;
import network.autonomys.farmer.protocol.message.SolutionOutcome;
import network.autonomys.farmer.runtime.cache.HeaderChain;
import network.autonomys.farmer.testkit.KzgFile;
import network.autonomys.farmer.testkit.VectorCase;
import network.autonomys.farmer.testkit.Vectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Solutions that no farm can have made, and such whose time is over: each gets its reason, none an exception. */
class ChainSolutionCheckTest {
    private static final SlotInfo SLOT = new SlotInfo(7, Bytes.fromHex("ab".repeat(32)), -1L, -1L);

    @Test
    void everyFigureIsJudged() throws Exception {
        HeaderChain chain = new HeaderChain();
        FakeNode.chain(5, 99, 0).forEach(chain::offer);
        try (Kzg kzg = Kzg.cpu(TestChain.PARAMETERS)) {
            for (boolean space : new boolean[] {false, true}) {
                ChainSolutionCheck check = new ChainSolutionCheck(
                        new SolutionVerifier(kzg, (seed, challenge, proof) -> space),
                        chain,
                        () -> Optional.of(new FarmerProtocolInfo(5, 1000, 5, new Fraction(1, 10), 4)));
                Random random = new Random(3);
                Solution genesis = Solution.genesis(Bytes.fromHex("01".repeat(32)), Bytes.zeros(32));
                byte[] encoded = genesis.encode();
                assertThat(check.problem(SLOT, genesis)).isPresent();
                int judged = 0;
                for (int i = 0; i < 300; i++) {
                    byte[] changed = encoded.clone();
                    for (int n = random.nextInt(1, 30); n > 0; n--) {
                        changed[random.nextInt(changed.length)] =
                                (byte) (random.nextBoolean() ? 0xff : random.nextInt());
                    }
                    Optional<Solution> solution = parse(changed);
                    if (solution.isPresent()) {
                        judged++;
                        assertThat(check.problem(SLOT, solution.get())).isPresent();
                    }
                }
                assertThat(judged).isGreaterThan(100);
            }
        }
    }

    /** The reference's solutions of sectors that have just expired, and of the segment before. */
    @Test
    void anExpiredSectorIsToldFromABadProof() throws Exception {
        Path file = KzgFile.find().orElse(null);
        Assumptions.assumeTrue(file != null, "no KZG parameter file");
        int judged = 0;
        try (Kzg kzg = Kzg.cpu(KzgParameters.network(MemorySegment.ofArray(Files.readAllBytes(file))))) {
            for (VectorCase known : Vectors.cases("solutions", "verify.json", "verifySolution")) {
                if (known.name().endsWith("-expired-now")) {
                    JsonNode check = known.json().get("pieceCheck");
                    int expires = check.get("currentHistorySize").asInt();
                    assertThat(answer(kzg, known.json(), expires))
                            .hasValueSatisfying(a -> assertThat(a.outcome()).isEqualTo(SolutionOutcome.EXPIRED));
                    // Its time is not over then; only some have their piece in these headers.
                    assertThat(answer(kzg, known.json(), expires - 1).map(SolutionAnswer::outcome))
                            .isNotEqualTo(Optional.of(SolutionOutcome.EXPIRED));
                    judged++;
                }
            }
        }
        assertThat(judged).isPositive();
    }

    /** Judges a solution on a chain of this many segments. */
    private static Optional<SolutionAnswer> answer(Kzg kzg, JsonNode known, int segments) {
        JsonNode check = known.get("pieceCheck");
        JsonNode fraction = check.get("recentHistoryFraction");
        FarmerProtocolInfo info = new FarmerProtocolInfo(
                segments,
                check.get("maxPiecesInSector").asInt(),
                check.get("recentSegments").asLong(),
                new Fraction(fraction.get(0).asLong(), fraction.get(1).asLong()),
                check.get("minSectorLifetime").asLong());
        Bytes commitment = Bytes.fromHex(
                check.get("sectorExpirationCheckSegmentCommitment").asText());
        HeaderChain chain = new HeaderChain();
        Bytes parent = Bytes.zeros(32);
        for (int i = 0; i < segments; i++) {
            SegmentHeader header = new SegmentHeader(
                    i, commitment, parent, new LastArchivedBlock(10L * i, new ArchivedBlockProgress.Complete()));
            chain.offer(header);
            parent = header.hash();
        }
        Bytes challenge = Challenges.globalChallenge(
                Challenges.globalRandomness(
                        Bytes.fromHex(known.get("proofOfTime").asText())),
                known.get("slot").asLong());
        return new ChainSolutionCheck(
                        new SolutionVerifier(kzg, (seed, sBucket, proof) -> true), chain, () -> Optional.of(info))
                .problem(
                        new SlotInfo(known.get("slot").asLong(), challenge, -1, -1),
                        Solution.read(new ScaleReader(
                                Bytes.fromHex(known.get("solution").asText()).toArray())));
    }

    private static Optional<Solution> parse(byte[] encoded) {
        try {
            return Optional.of(Solution.read(new ScaleReader(encoded)));
        } catch (ScaleException e) {
            return Optional.empty();
        }
    }
}
