package network.autonomys.farmer.runtime.nats;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Messages of which each is worked on by one process and goes away when that says so (JetStream work queue). */
public interface WorkQueue {
    /** A message in work. */
    interface Item {
        byte[] data();

        /** How often it was handed out, from 1. */
        long deliveries();

        /** Work goes on: the time after which someone else gets it starts again. */
        void inProgress();

        /** Done: it leaves the queue. Returns when the server has confirmed it. */
        void done() throws BusException;

        /** Back into the queue, after a delay. */
        void giveBack(Duration delay);

        /** It leaves the queue without having been done. */
        void drop();
    }

    /** Adds a message; one whose id was seen before is not added again (for at least two minutes). */
    void add(String subject, String deduplicationId, byte[] data) throws BusException;

    /** How many messages each subject holds, those in work included. */
    Map<String, Long> pending() throws BusException;

    /** The next message of a subject that nobody works on. */
    Optional<Item> take(String subject) throws BusException;
}
