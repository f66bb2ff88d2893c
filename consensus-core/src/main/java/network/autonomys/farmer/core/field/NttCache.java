package network.autonomys.farmer.core.field;

import java.util.concurrent.atomic.AtomicReferenceArray;

/** The transforms of one kernel, each made when it is first wanted and then kept. Two threads may make the same one; one of them is kept. */
final class NttCache {
    private static final int LOG_MAX = 16;
    /** Large enough for the square root of the largest size and for columns of 512. */
    private static final int LOG_ROOTS = 9;

    private final LaneKernel kernel;
    private final LaneRoots roots = new LaneRoots(LOG_ROOTS);
    private final AtomicReferenceArray<Ntt> transforms = new AtomicReferenceArray<>(LOG_MAX + 1);

    NttCache(LaneKernel kernel) {
        this.kernel = kernel;
    }

    LaneRoots roots() {
        return roots;
    }

    Ntt get(int logSize) {
        Ntt found = transforms.get(logSize);
        if (found == null) {
            transforms.compareAndSet(logSize, null, new Ntt(kernel, roots, logSize, (logSize + 1) / 2));
            found = java.util.Objects.requireNonNull(transforms.get(logSize));
        }
        return found;
    }
}
