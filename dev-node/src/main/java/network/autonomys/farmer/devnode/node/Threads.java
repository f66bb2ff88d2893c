package network.autonomys.farmer.devnode.node;

/** Ends threads. */
final class Threads {
    private Threads() {}

    /** Interrupts a thread and waits for its end; an interrupt of the caller is kept. */
    static void stop(Thread thread) {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
