package network.autonomys.farmer.cuda;

/** Hears what becomes of the cards, for logs and metrics. Called on the threads that work; returns at once. */
public interface GpuObserver {
    /** A card passed its test and takes records, this many at once. */
    void opened(GpuInfo gpu, int concurrency);

    /**
     * A card failed. Its work goes elsewhere.
     *
     * @param leftOut whether it failed so often that it is not tried again
     */
    void failed(GpuInfo gpu, String reason, boolean leftOut);

    /** Hears nothing. */
    static GpuObserver none() {
        return new GpuObserver() {
            @Override
            public void opened(GpuInfo gpu, int concurrency) {}

            @Override
            public void failed(GpuInfo gpu, String reason, boolean leftOut) {}
        };
    }
}
