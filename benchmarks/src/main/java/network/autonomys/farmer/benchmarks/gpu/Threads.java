package network.autonomys.farmer.benchmarks.gpu;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import network.autonomys.farmer.cuda.GpuFailure;

/** Work that several threads do. */
final class Threads {
    private Threads() {}

    /**
     * Waits for all of them.
     *
     * @throws GpuFailure as it came out of one of them: the failure of a card is a result of the check and no fault in it
     * @throws ExecutionException with anything else that came out of one
     */
    static void await(List<Future<?>> running) throws InterruptedException, ExecutionException {
        for (Future<?> one : running) {
            try {
                one.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof GpuFailure failure) {
                    throw failure;
                }
                throw e;
            }
        }
    }
}
