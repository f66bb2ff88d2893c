package network.autonomys.farmer.cuda;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import network.autonomys.farmer.cuda.RecordSlot.Outcome;

/** The records of one call that are on a card at the moment, oldest first, and the slots that the call holds. */
final class Flights implements AutoCloseable {
    private final GpuSession session;
    private final RecordBatch batch;
    private final List<RecordSlot> held = new ArrayList<>();
    private final Deque<RecordSlot> free = new ArrayDeque<>();
    private final Deque<Flight> flying = new ArrayDeque<>();

    private record Flight(RecordSlot slot, int record) {}

    Flights(GpuSession session, RecordBatch batch) {
        this.session = session;
        this.batch = batch;
    }

    RecordBatch batch() {
        return batch;
    }

    /**
     * Whether a record can start at once: the first one, for which {@link #start} waits, and others as long as slots are idle.
     *
     * @param left records of the call that have not started
     */
    boolean canStart(int left) {
        if (held.isEmpty() || !free.isEmpty()) {
            return true;
        }
        RecordSlot another = left > 0 ? session.tryTake() : null;
        if (another == null) {
            return false;
        }
        held.add(another);
        free.add(another);
        return true;
    }

    /** Starts a record; false where the card has been given up before the call had a slot. */
    boolean start(int record) {
        if (held.isEmpty()) {
            RecordSlot first = session.take();
            if (first == null) {
                return false;
            }
            held.add(first);
            free.add(first);
        }
        RecordSlot slot = free.remove();
        flying.add(new Flight(slot, record));
        slot.startEncoding(batch.version(), batch.seed(record), batch.record(record));
        return true;
    }

    boolean any() {
        return !flying.isEmpty();
    }

    int oldest() {
        return flying.element().record();
    }

    /** Waits for the oldest record. */
    Outcome land() {
        Flight flight = flying.remove();
        Outcome outcome = flight.slot().finishEncoding(batch.out(flight.record()), batch.bitfield(flight.record()));
        free.add(flight.slot());
        return outcome;
    }

    /** Gives all slots back. Records still in flight are lost: the card has failed then. */
    @Override
    public void close() {
        held.forEach(session::giveBack);
    }
}
