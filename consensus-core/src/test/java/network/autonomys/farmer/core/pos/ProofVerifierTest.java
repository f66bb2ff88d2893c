package network.autonomys.farmer.core.pos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import network.autonomys.farmer.testkit.VectorCase;
import network.autonomys.farmer.testkit.Vectors;
import org.junit.jupiter.api.Test;

/** Proofs that are none: random ones, and true ones with faults. */
class ProofVerifierTest {
    private static final int CASES = 100_000;
    private final ProofVerifier verifier = new ProofVerifier(PosTesting.preferred());

    private static VectorCase valid() {
        return Vectors.cases("pos", "verify.json", "verify").stream()
                .filter(v -> v.bool("valid") && v.u64("challenge") < 65_536)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void refusesRandomProofs() {
        SplittableRandom random = new SplittableRandom(1);
        byte[] seed = new byte[32];
        byte[] proof = new byte[160];
        for (int i = 0; i < CASES / 2; i++) {
            random.nextBytes(seed);
            random.nextBytes(proof);
            assertThat(verifier.isValid(seed, random.nextInt(), proof)).isFalse();
        }
    }

    @Test
    void refusesProofsWithFaults() {
        SplittableRandom random = new SplittableRandom(2);
        VectorCase good = valid();
        byte[] seed = good.bytes("seed");
        byte[] proof = good.bytes("proof");
        int challenge = good.i32("challenge");
        assertThat(verifier.isValid(seed, challenge, proof)).isTrue();
        for (int i = 0; i < CASES / 2; i++) {
            byte[] badProof = proof.clone();
            byte[] badSeed = seed.clone();
            int badChallenge = challenge;
            switch (random.nextInt(4)) {
                case 0 -> badProof[random.nextInt(160)] ^= (byte) (1 << random.nextInt(8));
                case 1 -> badSeed[random.nextInt(32)] ^= (byte) (1 << random.nextInt(8));
                // The low nibble of byte 2 and byte 3 have no influence.
                case 2 -> badChallenge ^= 1 << random.nextInt(16);
                default -> {
                    int from = random.nextInt(160);
                    int length = 1 + random.nextInt(160 - from);
                    for (int k = 0; k < length; k++) {
                        badProof[from + k] ^= (byte) (1 + random.nextInt(255));
                    }
                }
            }
            assertThat(verifier.isValid(badSeed, badChallenge, badProof)).isFalse();
        }
    }

    @Test
    void challengeBitsThatDoNotCount() {
        VectorCase good = valid();
        for (int bit = 0; bit < 32; bit++) {
            boolean ignored = bit >= 24 || (bit >= 16 && bit < 20);
            assertThat(verifier.isValid(good.bytes("seed"), good.i32("challenge") ^ (1 << bit), good.bytes("proof")))
                    .as("bit %d", bit)
                    .isEqualTo(ignored);
        }
    }

    /** What one check leaves behind must not spoil the next: good and bad ones in turns, and from several threads at once. */
    @Test
    void checksDoNotDisturbEachOther() {
        VectorCase good = valid();
        byte[] bad = good.bytes("proof").clone();
        bad[7] ^= 1;
        IntStream.range(0, 4000).parallel().forEach(i -> {
            boolean whole = i % 3 != 0;
            assertThat(verifier.isValid(good.bytes("seed"), good.i32("challenge"), whole ? good.bytes("proof") : bad))
                    .isEqualTo(whole);
        });
    }

    /** Ten kilobytes for each would be three gigabytes a second. Counted in plain Java: vectors that are not compiled yet are objects. */
    @Test
    void checksLeaveNoGarbage() {
        VectorCase good = valid();
        byte[] seed = good.bytes("seed");
        byte[] proof = good.bytes("proof");
        int challenge = good.i32("challenge");
        ProofVerifier scalar = new ProofVerifier(VectorForm.SCALAR);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        assertThat(scalar.isValid(seed, challenge, proof)).isTrue();
        long before = threads.getCurrentThreadAllocatedBytes();
        int valid = 0;
        for (int i = 0; i < 1000; i++) {
            valid += scalar.isValid(seed, challenge, proof) ? 1 : 0;
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(256 * 1000);
        assertThat(valid).isEqualTo(1000);
    }

    @Test
    void refusesWrongLengths() {
        for (int length : new int[] {0, 159, 161, 320}) {
            assertThatThrownBy(() -> verifier.isValid(new byte[32], 0, new byte[length]))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (int length : new int[] {0, 31, 33}) {
            assertThatThrownBy(() -> verifier.isValid(new byte[length], 0, new byte[160]))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void matchIsTheDefinition() {
        SplittableRandom random = new SplittableRandom(3);
        int matches = 0;
        for (int i = 0; i < 200_000; i++) {
            int bucket = random.nextInt(2);
            int left = random.nextInt(PosParameters.BC);
            int m = random.nextInt(PosParameters.B);
            int step = 2 * m + bucket;
            int right = random.nextInt(20) == 0
                    ? random.nextInt(PosParameters.BC)
                    : (left / 127 + m) % 119 * 127 + (step * step + left) % 127;
            boolean expected = false;
            for (int k = 0; k < 64 && !expected; k++) {
                int s = 2 * k + bucket;
                expected = (left / 127 + k) % 119 * 127 + (s * s + left) % 127 == right;
            }
            assertThat(ProofVerifier.matches(bucket, left, right)).isEqualTo(expected);
            matches += expected ? 1 : 0;
        }
        assertThat(matches).isBetween(50_000, 150_000);
    }
}
