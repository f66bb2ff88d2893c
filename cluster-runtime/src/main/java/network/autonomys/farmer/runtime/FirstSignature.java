package network.autonomys.farmer.runtime;

import java.security.SecureRandom;
import network.autonomys.farmer.core.keys.KeyPair;
import network.autonomys.farmer.core.keys.RewardSigning;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.runtime.os.LowPriorityThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs something of no meaning by a key of no meaning after a start, and verifies it. A node waits 500 ms for the signature of a reward (node-rpc §1.4.4), all
 * hops included, and the first one of a process would spend a good part of that on the curve's tables and on classes.
 */
public final class FirstSignature {
    /** Until simple compiled code is there; a fraction of a second on a processor that has nothing else to do. */
    private static final int ROUNDS = 50;

    private static final Logger LOG = LoggerFactory.getLogger(FirstSignature.class);

    private FirstSignature() {}

    /** Signs and verifies on a thread that gives way to all others. */
    public static void inBackground(SecureRandom random) {
        LowPriorityThreads.factory("first-signature-")
                .newThread(() -> signAndVerify(random))
                .start();
    }

    /** Gives how many signatures were good: all of them. */
    static int signAndVerify(SecureRandom random) {
        byte[] secret = new byte[KeyPair.SIZE];
        random.nextBytes(secret);
        KeyPair key = KeyPair.fromMiniSecret(secret);
        Bytes message = Bytes.zeros(Constants.HASH_SIZE);
        int good = 0;
        for (int i = 0; i < ROUNDS; i++) {
            good += RewardSigning.verify(key.publicKey(), message, RewardSigning.sign(key, message, random)) ? 1 : 0;
        }
        LOG.debug("{} of {} signatures of no meaning are good", good, ROUNDS);
        return good;
    }
}
