package network.autonomys.farmer.benchmarks.gpu;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import network.autonomys.farmer.core.engine.RecordEngine;
import network.autonomys.farmer.core.pos.PosVersion;

/** Records at random through both engines, byte for byte; every eighth with V2. */
final class Exactness {
    private static final int V2_EVERY = 8;

    private Exactness() {}

    static boolean check(RecordEngine cards, RecordEngine processor, int records, ObjectNode node)
            throws InterruptedException, ExecutionException {
        AtomicInteger next = new AtomicInteger();
        List<Integer> wrong = new ArrayList<>();
        int threads = Runtime.getRuntime().availableProcessors();
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> running = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                running.add(workers.submit(() -> compare(cards, processor, records, next, wrong)));
            }
            Threads.await(running);
        }
        node.put("records", records);
        node.put("wrong", wrong.size());
        wrong.stream().limit(100).forEach(node.putArray("wrongNumbers")::add);
        return wrong.isEmpty();
    }

    private static void compare(
            RecordEngine cards, RecordEngine processor, int records, AtomicInteger next, List<Integer> wrong) {
        Records buffers = new Records();
        for (int i = next.getAndIncrement(); i < records; i = next.getAndIncrement()) {
            PosVersion version = i % V2_EVERY == V2_EVERY - 1 ? PosVersion.V2 : PosVersion.V1;
            buffers.load(i);
            byte[] expected = buffers.digest(processor, version);
            if (!Arrays.equals(expected, buffers.digest(cards, version))) {
                synchronized (wrong) {
                    wrong.add(i);
                }
            }
        }
    }
}
