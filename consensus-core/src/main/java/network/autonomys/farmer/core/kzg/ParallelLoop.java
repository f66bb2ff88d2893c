package network.autonomys.farmer.core.kzg;

import java.util.function.IntConsumer;

/** How a long computation runs the parts of it that do not depend on each other. */
@FunctionalInterface
public interface ParallelLoop {
    /** On the calling thread, one after the other. */
    ParallelLoop SERIAL = (count, task) -> {
        for (int i = 0; i < count; i++) {
            task.accept(i);
        }
    };

    /** Runs a task for each number from 0 below {@code count}, in any order and perhaps several at once; returns when all are done. */
    void forEach(int count, IntConsumer task);
}
