package network.autonomys.farmer.plotclient;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import network.autonomys.farmer.core.types.Bytes;

/**
 * Decides whether a reward hash may be signed (cluster-and-cli §3.6): only for a controller that took a solution of this key within the
 * last {@value #WINDOW_SLOTS} slots, and only as many different hashes as there are such solutions. The node's request carries no slot,
 * so this is all that keeps a key from signing what its farm did not earn, or the same slot for two nodes.
 *
 * <p>Thread-safe: requests arrive on another thread than submissions.
 */
final class SigningGuard {
    /** Slots during which a submitted solution allows a signature. */
    static final int WINDOW_SLOTS = 16;

    /** What the guard says to a signing request. */
    enum Decision {
        SIGN,
        /** No solution of this key went to this controller within the window. */
        NO_SOLUTION,
        /** Every solution of the window has its hash signed already, and this is another one. */
        TOO_MANY_HASHES
    }

    private record Holder(String controller, Bytes publicKey) {}

    private static final class Account {
        private final Deque<Long> slots = new ArrayDeque<>();
        private final Map<Bytes, Long> signed = new HashMap<>();
    }

    private final Map<Holder, Account> accounts = new HashMap<>();

    /** Notes a solution before it is sent, because the request to sign may overtake the answer. */
    synchronized void submitting(String controller, Bytes publicKey, long slot) {
        Account account = accounts.computeIfAbsent(new Holder(controller, publicKey), h -> new Account());
        account.slots.addLast(slot);
        forget(account, slot);
    }

    /** Takes a solution back: the controller refused or ignored it, or it went to another controller instead. */
    synchronized void withdrawn(String controller, Bytes publicKey, long slot) {
        Account account = accounts.get(new Holder(controller, publicKey));
        if (account != null) {
            account.slots.removeLastOccurrence(slot);
        }
    }

    /** Decides on a request; a positive answer uses up the oldest solution. */
    synchronized Decision request(String controller, Bytes publicKey, Bytes hash, long currentSlot) {
        Account account = accounts.get(new Holder(controller, publicKey));
        if (account == null) {
            return Decision.NO_SOLUTION;
        }
        forget(account, currentSlot);
        if (account.signed.containsKey(hash)) {
            return Decision.SIGN;
        }
        if (account.slots.isEmpty()) {
            return account.signed.isEmpty() ? Decision.NO_SOLUTION : Decision.TOO_MANY_HASHES;
        }
        // A signature uses up one solution, the oldest; both are forgotten together.
        account.signed.put(hash, account.slots.removeFirst());
        return Decision.SIGN;
    }

    private static void forget(Account account, long currentSlot) {
        long oldest = currentSlot - WINDOW_SLOTS;
        account.slots.removeIf(slot -> slot < oldest);
        account.signed.values().removeIf(slot -> slot < oldest);
    }
}
