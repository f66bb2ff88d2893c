package network.autonomys.farmer.core.pot;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Checks;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.core.types.PotCheckpoints;
import org.jspecify.annotations.Nullable;

/**
 * Proof of time: AES-128 applied to a block again and again, with eight checkpoints on the way (node-rpc §3.1). Iterations are a u32, a multiple of 16 and not 0;
 * anything else gives {@link IllegalArgumentException}.
 */
public final class ProofOfTime {
    private static final int BLOCK = Constants.POT_SIZE;
    private static final int CHECKPOINTS = Constants.POT_CHECKPOINTS;
    /** Blocks that one call of the cipher takes. */
    private static final int BATCH = 1024;

    private ProofOfTime() {}

    /**
     * Proves that time has passed since a seed of 16 bytes was known. One thread, about 11 ns an iteration.
     *
     * <p>Encrypting zeros in CBC mode with the seed as initialization vector yields the iterated encryptions one after the other, so a single call into the
     * cipher covers many of them.
     */
    public static PotCheckpoints prove(Bytes seed, long iterations) {
        long perCheckpoint = perCheckpoint(seed, iterations);
        Cipher cipher = cipher("AES/CBC/NoPadding", seed, new IvParameterSpec(seed.toArray()));
        byte[] zeros = new byte[BLOCK * BATCH];
        byte[] states = new byte[BLOCK * BATCH];
        byte[] checkpoints = new byte[BLOCK * CHECKPOINTS];
        for (int i = 0; i < CHECKPOINTS; i++) {
            int last = 0;
            for (long left = perCheckpoint; left > 0; ) {
                int blocks = (int) Math.min(BATCH, left);
                update(cipher, zeros, blocks * BLOCK, states);
                last = blocks - 1;
                left -= blocks;
            }
            System.arraycopy(states, last * BLOCK, checkpoints, i * BLOCK, BLOCK);
        }
        return new PotCheckpoints(Bytes.of(checkpoints));
    }

    /**
     * True where the checkpoints are what {@link #prove} gives. One thread, about 0.4 of the time of proving: the eight stretches between checkpoints do not
     * depend on each other and go through the cipher side by side.
     */
    public static boolean verify(Bytes seed, long iterations, PotCheckpoints checkpoints) {
        long perCheckpoint = perCheckpoint(seed, iterations);
        Cipher cipher = cipher("AES/ECB/NoPadding", seed, null);
        byte[] expected = checkpoints.bytes().toArray();
        byte[] states = new byte[BLOCK * CHECKPOINTS];
        seed.copyTo(states, 0);
        System.arraycopy(expected, 0, states, BLOCK, BLOCK * (CHECKPOINTS - 1));
        for (long i = 0; i < perCheckpoint; i++) {
            update(cipher, states, states.length, states);
        }
        return Arrays.equals(states, expected);
    }

    private static long perCheckpoint(Bytes seed, long iterations) {
        Checks.length(seed, Constants.POT_SIZE, "seed");
        Checks.nonZero(Checks.u32(iterations, "iterations"), "iterations");
        if (iterations % (2 * CHECKPOINTS) != 0) {
            throw new IllegalArgumentException(iterations + " iterations are no multiple of " + 2 * CHECKPOINTS);
        }
        return iterations / CHECKPOINTS;
    }

    private static Cipher cipher(String transformation, Bytes seed, @Nullable IvParameterSpec iv) {
        try {
            Cipher cipher = Cipher.getInstance(transformation);
            cipher.init(
                    Cipher.ENCRYPT_MODE, new SecretKeySpec(PotInputs.key(seed).toArray(), "AES"), iv);
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES", e);
        }
    }

    private static void update(Cipher cipher, byte[] in, int length, byte[] out) {
        try {
            cipher.update(in, 0, length, out, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the output has the size of the input", e);
        }
    }
}
