package network.autonomys.farmer.core.pos;

import static network.autonomys.farmer.core.pos.PosParameters.BC;
import static network.autonomys.farmer.core.pos.PosParameters.LEAVES;

import java.util.concurrent.ConcurrentLinkedDeque;
import network.autonomys.farmer.core.engine.ProofTable;

/**
 * Checks single proofs of space, exactly as consensus does (proof-of-space §1.9). It knows no versions: proofs of either rule verify.
 *
 * <p>May be used by several threads at once.
 */
public final class ProofVerifier {
    private final VectorForm form;
    /** What a check writes to, for as many as ever ran at once: without it each would leave ten kilobytes behind. */
    private final ConcurrentLinkedDeque<Walk> free = new ConcurrentLinkedDeque<>();

    /** A verifier that computes in the form given. */
    public ProofVerifier(VectorForm form) {
        this.form = form;
    }

    /**
     * Whether a proof answers a challenge.
     *
     * @param seed 32 bytes
     * @param challenge a u32, of which the bits outside its first 20 (in byte order) have no influence; for a farm the s-bucket
     * @param proof 160 bytes
     * @throws IllegalArgumentException where the seed or the proof has another length
     */
    public boolean isValid(byte[] seed, int challenge, byte[] proof) {
        if (seed.length != PosParameters.SEED_BYTES || proof.length != ProofTable.PROOF_BYTES) {
            throw new IllegalArgumentException(
                    "seed of " + seed.length + " bytes and proof of " + proof.length + " bytes, not 32 and 160");
        }
        Walk taken = free.pollLast();
        Walk walk = taken == null ? new Walk(form.kernels()) : taken;
        walk.begin(seed, proof);
        boolean valid = walk.reaches(PosParameters.challengePrefix(challenge));
        free.addLast(walk);
        return valid;
    }

    /**
     * Whether two y match. That they lie in adjacent buckets is <em>not</em> asked: consensus accepts such pairs, though no table holds
     * them.
     */
    static boolean matches(int leftBucket, int leftRemainder, int rightRemainder) {
        int leftRow = PosParameters.rowOf(leftRemainder);
        int rightRow = PosParameters.rowOf(rightRemainder);
        int m = rightRow - leftRow;
        if (m < 0) {
            m += PosParameters.B;
        }
        int step = 2 * m + (leftBucket & 1);
        return m < PosParameters.M && (leftRemainder + step * step - rightRemainder) % PosParameters.C == 0;
    }

    /** The tree over the leaves, level by level; entries in the staged form of the kernels. For one proof at a time. */
    private static final class Walk {
        private final TableKernels kernels;
        private final KeystreamReader keystream;
        private final int[] leaves = new int[LEAVES];
        private final int[] ys = new int[LEAVES];
        private final int[] left;
        private final int[] right;
        /** y at which the buckets of the left entries begin. */
        private final int[] bases;

        private final int[] out;
        private final int[] buckets;

        Walk(TableKernels kernels) {
            this.kernels = kernels;
            keystream = new KeystreamReader(kernels, LEAVES);
            int room = Math.max(LEAVES / 2, kernels.lanes());
            left = new int[4 * room];
            right = new int[4 * room];
            bases = new int[room];
            out = new int[4 * room];
            buckets = new int[room];
        }

        void begin(byte[] seed, byte[] proof) {
            PosParameters.readProof(proof, leaves);
            keystream.f1(seed, leaves, ys);
            for (int i = 0; i < LEAVES; i++) {
                int bucket = PosParameters.bucketOf(ys[i]);
                stage(i, bucket, (ys[i] - bucket * BC) << 16, 0, leaves[i]);
            }
        }

        private void stage(int i, int bucket, int word1, int word2, int word3) {
            int[] side = left;
            if ((i & 1) == 0) {
                bases[i >> 1] = bucket * BC;
            } else {
                side = right;
            }
            int at = (i >> 1) * 4;
            side[at + 1] = word1;
            side[at + 2] = word2;
            side[at + 3] = word3;
        }

        boolean reaches(int prefix) {
            for (int table = 2, pairs = LEAVES / 2; table <= PosParameters.TABLES; table++, pairs /= 2) {
                for (int i = 0; i < pairs; i++) {
                    if (!matches(bases[i] / BC, left[4 * i + 1] >>> 16, right[4 * i + 1] >>> 16)) {
                        return false;
                    }
                }
                int lanes = kernels.lanes();
                kernels.hashAtOnce(table, left, right, bases, (pairs + lanes - 1) / lanes, 0, out, buckets);
                for (int i = 0; i < pairs && table < PosParameters.TABLES; i++) {
                    stage(i, buckets[i], out[4 * i + 1], out[4 * i + 2], out[4 * i + 3]);
                }
            }
            return buckets[0] >>> 6 == prefix;
        }
    }
}
