package network.autonomys.farmer.devnode.chain;

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.PreDigest;
import network.autonomys.farmer.core.types.SignedVote;
import network.autonomys.farmer.core.types.Solution;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts who earned what and whose solutions failed why. May be used by several threads at once. */
public final class Ledger {
    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
    private static final int LOG_SIZE = 1000;

    private final Map<Bytes, Account> addresses = new TreeMap<>();
    private final Map<Bytes, Account> keys = new TreeMap<>();
    private final ArrayDeque<Entry> log = new ArrayDeque<>();

    /** What one reward address or public key earned. */
    public static final class Account {
        private long blocks;
        private long votes;
        private final Map<Outcome.Code, Long> rejected = new EnumMap<>(Outcome.Code.class);

        private Account copy() {
            Account copy = new Account();
            copy.blocks = blocks;
            copy.votes = votes;
            copy.rejected.putAll(rejected);
            return copy;
        }

        public long blocks() {
            return blocks;
        }

        /** Votes that stand in blocks. */
        public long votes() {
            return votes;
        }

        /** Solutions that failed, by reason, since the node started. */
        public Map<Outcome.Code, Long> rejected() {
            return Map.copyOf(rejected);
        }
    }

    /**
     * What became of one solution.
     *
     * @param slot it answered
     * @param solution itself
     * @param outcome of it
     */
    public record Entry(long slot, Solution solution, Outcome outcome) {}

    /** A block is on the chain. */
    synchronized void block(PreDigest claim, List<SignedVote> votes) {
        account(addresses, claim.solution().rewardAddress()).blocks++;
        account(keys, claim.solution().publicKey()).blocks++;
        for (SignedVote vote : votes) {
            account(addresses, vote.vote().solution().rewardAddress()).votes++;
            account(keys, vote.vote().solution().publicKey()).votes++;
        }
    }

    /** A solution was judged. */
    public synchronized void judged(long slot, Solution solution, Outcome outcome) {
        log.addLast(new Entry(slot, solution, outcome));
        if (log.size() > LOG_SIZE) {
            log.removeFirst();
        }
        if (outcome.isReward()) {
            LOG.info("Slot {}, sector {} of {}: {}", slot, solution.sectorIndex(), solution.publicKey(), outcome);
            return;
        }
        LOG.warn("Slot {}, sector {} of {}: {}", slot, solution.sectorIndex(), solution.publicKey(), outcome);
        account(addresses, solution.rewardAddress()).rejected.merge(outcome.code(), 1L, Long::sum);
        account(keys, solution.publicKey()).rejected.merge(outcome.code(), 1L, Long::sum);
    }

    private static Account account(Map<Bytes, Account> accounts, Bytes name) {
        return accounts.computeIfAbsent(name, n -> new Account());
    }

    /** By reward address. */
    public synchronized Map<Bytes, Account> addresses() {
        return copy(addresses);
    }

    /** By public key. */
    public synchronized Map<Bytes, Account> keys() {
        return copy(keys);
    }

    private static Map<Bytes, Account> copy(Map<Bytes, Account> accounts) {
        Map<Bytes, Account> copy = new LinkedHashMap<>();
        accounts.forEach((name, account) -> copy.put(name, account.copy()));
        return copy;
    }

    /** The newest entries, oldest first. */
    public synchronized List<Entry> last(int limit) {
        List<Entry> all = List.copyOf(log);
        return all.subList(Math.max(0, all.size() - limit), all.size());
    }
}
