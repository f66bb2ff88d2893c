package network.autonomys.farmer.core.field;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;

/** Work arrays that calls of an engine borrow, so that none is allocated in steady state; as many sets as calls ever ran at once. */
final class Scratch {
    /** Arrays of one set. */
    private static final int ARRAYS = 15;

    private final long[][] arrays = new long[ARRAYS][0];
    private final int[][] numbers = new int[ARRAYS][0];

    private Scratch() {}

    /** An array of at least so many longs, with any content; the same for the same number. */
    long[] array(int number, int length) {
        if (arrays[number].length < length) {
            arrays[number] = new long[length];
        }
        return arrays[number];
    }

    /** Several arrays, with numbers from {@code first} on. */
    long[][] arrays(int first, int count, int length) {
        long[][] several = new long[count][];
        for (int i = 0; i < count; i++) {
            several[i] = array(first + i, length);
        }
        return several;
    }

    /** As {@link #array}, of ints. */
    int[] ints(int number, int length) {
        if (numbers[number].length < length) {
            numbers[number] = new int[length];
        }
        return numbers[number];
    }

    /** The free sets of one engine. */
    static final class Pool {
        private final ConcurrentLinkedDeque<Scratch> free = new ConcurrentLinkedDeque<>();

        /** Runs a task with a set of its own. */
        void run(Consumer<Scratch> task) {
            Scratch scratch = take();
            try {
                task.accept(scratch);
            } finally {
                giveBack(scratch);
            }
        }

        /** A set for a caller that gives it back. */
        Scratch take() {
            Scratch scratch = free.pollLast();
            return scratch != null ? scratch : new Scratch();
        }

        void giveBack(Scratch scratch) {
            free.addLast(scratch);
        }
    }
}
