package network.autonomys.farmer.runtime.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import network.autonomys.farmer.core.engine.ProofTable;
import network.autonomys.farmer.core.engine.RecordEngine;
import network.autonomys.farmer.core.pos.PosVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works with a simple engine until a fast one is compiled. Vector code runs hundreds of times slower until the virtual machine has compiled it, so
 * that the first table of the fast engine takes ten seconds and that of the simple one two. Both give the same bytes. The fast engine is warmed up
 * by a thread that begins with the first call, or with {@link #warmUp}.
 */
final class WarmingRecordEngine implements RecordEngine {
    private static final Logger LOG = LoggerFactory.getLogger(WarmingRecordEngine.class);
    private static final int ROUNDS = 2;

    private final RecordEngine simple;
    private final RecordEngine fast;
    private final ThreadFactory threads;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final Object lock = new Object();
    private int simpleCalls;
    private boolean simpleUsed;
    private boolean warm;
    private boolean closed;

    /**
     * @param simple quick to be ready; closed once it is not needed any more
     * @param fast may be closed while it is warmed up
     * @param threads makes the thread that warms up
     */
    WarmingRecordEngine(RecordEngine simple, RecordEngine fast, ThreadFactory threads) {
        this.simple = simple;
        this.fast = fast;
        this.threads = threads;
    }

    /** Begins to warm up, if that has not begun. */
    void warmUp() {
        if (!begun.getAndSet(true)) {
            threads.newThread(this::run).start();
        }
    }

    /** Whether the fast engine works now. */
    boolean isWarm() {
        synchronized (lock) {
            return warm;
        }
    }

    @Override
    public void encode(
            PosVersion version,
            int n,
            MemorySegment seeds,
            MemorySegment records,
            MemorySegment out,
            MemorySegment bitfields) {
        if (!enterSimple()) {
            fast.encode(version, n, seeds, records, out, bitfields);
            return;
        }
        try {
            simple.encode(version, n, seeds, records, out, bitfields);
        } finally {
            leaveSimple();
            warmUp();
        }
    }

    @Override
    public ProofTable table(PosVersion version, byte[] seed) {
        if (!enterSimple()) {
            return fast.table(version, seed);
        }
        boolean built = false;
        try {
            ProofTable table = new SimpleTable(simple.table(version, seed));
            built = true;
            return table;
        } finally {
            if (!built) {
                leaveSimple();
            }
            warmUp();
        }
    }

    /** A table of the simple engine, which lives until the table is closed. */
    private final class SimpleTable implements ProofTable {
        private final ProofTable table;
        private final AtomicBoolean open = new AtomicBoolean(true);

        SimpleTable(ProofTable table) {
            this.table = table;
        }

        @Override
        public boolean findProof(int s, byte[] proof) {
            return table.findProof(s, proof);
        }

        @Override
        public void proofHashes(MemorySegment hashes, MemorySegment found) {
            table.proofHashes(hashes, found);
        }

        @Override
        public void close() {
            if (open.getAndSet(false)) {
                table.close();
                leaveSimple();
            }
        }
    }

    private boolean enterSimple() {
        synchronized (lock) {
            if (warm) {
                return false;
            }
            simpleUsed = true;
            simpleCalls++;
            return true;
        }
    }

    private void leaveSimple() {
        boolean last;
        synchronized (lock) {
            simpleCalls--;
            last = warm && simpleCalls == 0;
        }
        if (last) {
            simple.close();
        }
    }

    private void run() {
        long start = System.nanoTime();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment seed = arena.allocate(SEED_BYTES);
            MemorySegment record = arena.allocate(RECORD_BYTES, Long.BYTES);
            MemorySegment out = arena.allocate(RECORD_BYTES, Long.BYTES);
            MemorySegment bitfield = arena.allocate(ProofTable.BITFIELD_BYTES, Long.BYTES);
            if (!isSimpleUsed()) {
                // Whoever comes while the rest is compiled finds this one compiled already.
                table(PosVersion.V1, new byte[SEED_BYTES]).close();
            }
            for (int round = 0; round < ROUNDS && !isClosed(); round++) {
                fast.encode(PosVersion.V1, 1, seed, record, out, bitfield);
            }
        } catch (IllegalStateException e) {
            LOG.debug("not warmed up: {}", e.getMessage());
            return;
        }
        boolean last;
        synchronized (lock) {
            warm = true;
            last = simpleCalls == 0;
        }
        if (last) {
            simple.close();
        }
        LOG.info("the fast engine took over after {} ms", (System.nanoTime() - start) / 1_000_000);
    }

    private boolean isSimpleUsed() {
        synchronized (lock) {
            return simpleUsed;
        }
    }

    private boolean isClosed() {
        synchronized (lock) {
            return closed;
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
        }
        simple.close();
        fast.close();
    }
}
