package network.autonomys.farmer.benchmarks.gpu;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import network.autonomys.farmer.core.engine.RecordEngine;
import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.cuda.CudaRecordEngine;

/** Records per second with as many threads as the cards take records at once. */
final class Throughput {
    private static final int PIECES = 1000;
    /** Up: record and seed; down: record, bitfield and the status with it. */
    private static final long BYTES_MOVED = 2L * RecordEngine.RECORD_BYTES + 32 + 8192 + 64;

    /** 8 GiB in KiB. */
    private static final long MEMORY_PER_CARD = 8L << 20;

    private Throughput() {}

    static void measure(CudaRecordEngine engine, Duration time, ObjectNode node)
            throws InterruptedException, ExecutionException, IOException {
        AtomicLong records = new AtomicLong();
        int threads = engine.concurrency();
        long processor = Host.processorTime();
        long start = System.nanoTime();
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> running = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int number = t;
                running.add(workers.submit(() -> {
                    Records buffers = new Records();
                    buffers.load(number);
                    while (System.nanoTime() - start < time.toNanos()) {
                        buffers.seed[0]++;
                        buffers.encode(engine, PosVersion.V1);
                        records.incrementAndGet();
                    }
                }));
            }
            Threads.await(running);
        }
        double seconds = GpuCheck.seconds(System.nanoTime() - start);
        double used = GpuCheck.seconds(Host.processorTime() - processor);
        double perSecond = records.get() / seconds;
        node.put("seconds", seconds);
        node.put("records", records.get());
        node.put("recordsPerSecond", perSecond);
        node.put("secondsPerSectorOf1000", PIECES / perSecond);
        node.put("megabytesMovedPerSecond", perSecond * BYTES_MOVED / 1e6);
        node.put("hostProcessorSecondsPerSector", used / records.get() * PIECES);
        node.put("hostProcessorsBusy", used / seconds);
        long peak = Host.peakMemory();
        node.put("hostPeakMemoryMiB", peak / 1024);
        int cards = Math.max(1, engine.status().size());
        node.put("G1", PIECES / perSecond * cards <= 1);
        node.put("G3", used / seconds / cards <= 2 && peak <= cards * MEMORY_PER_CARD);
    }
}
