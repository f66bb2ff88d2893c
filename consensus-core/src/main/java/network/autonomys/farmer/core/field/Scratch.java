package network.autonomys.farmer.core.field;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;

/** Work arrays that calls of an engine borrow, so that none is allocated in steady state; as many sets as calls ever ran at once. */
final class Scratch {
    /** Arrays of one set. */
    private static final int ARRAYS = 10;

    private final long[][] arrays = new long[ARRAYS][0];

    private Scratch() {}

    /** An array of at least so many longs, with any content; the same for the same number. */
    long[] array(int number, int length) {
        if (arrays[number].length < length) {
            arrays[number] = new long[length];
        }
        return arrays[number];
    }

    /** The free sets of one engine. */
    static final class Pool {
        private final ConcurrentLinkedDeque<Scratch> free = new ConcurrentLinkedDeque<>();

        /** Runs a task with a set of its own. */
        void run(Consumer<Scratch> task) {
            Scratch scratch = free.pollLast();
            if (scratch == null) {
                scratch = new Scratch();
            }
            try {
                task.accept(scratch);
            } finally {
                free.addLast(scratch);
            }
        }
    }
}
