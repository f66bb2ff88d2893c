package network.autonomys.farmer.core.pos;

import java.lang.foreign.MemorySegment;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import network.autonomys.farmer.core.engine.FieldEngine;
import network.autonomys.farmer.core.engine.ProofTable;
import network.autonomys.farmer.core.engine.RecordEngine;
import network.autonomys.farmer.core.engine.Workers;

/**
 * The record engine in Java.
 *
 * <p>Each call and each open table has a workspace of about 100 MB on the heap. Workspaces are made as calls need them, kept for the next,
 * and freed by {@link #close}; there are as many as there were calls and open tables at once. A fixed number of calling threads therefore
 * bounds the memory.
 */
public final class CpuRecordEngine implements RecordEngine {
    private final FieldEngine field;
    private final Workers tableWorkers;
    private final int recordsAtOnce;
    private final Function<TableWorkspace, TableBuilder> builders;
    private final VectorForm form;
    private final Deque<Workspace> idle = new ConcurrentLinkedDeque<>();
    private final AtomicInteger encoded = new AtomicInteger();
    private final AtomicLong exactTables = new AtomicLong();
    private volatile boolean closed;

    /**
     * An engine.
     *
     * @param field extends records
     * @param form how tables are computed, see {@link VectorForm#preferred}
     */
    public CpuRecordEngine(FieldEngine field, VectorForm form) {
        this(field, form, Workers.callingThread(), 0);
    }

    /**
     * An engine that builds single tables, as for a proof, on two threads: it takes little more than half the time and 40 MB more.
     *
     * @param tableWorkers for {@link #table}; {@link #encode} uses the calling thread alone, since records can be encoded side by side
     * @param recordsAtOnce records that are encoded by code of which little has to be compiled, before that which is fastest in the end: for
     *     processes that may encode no more than these
     */
    public CpuRecordEngine(FieldEngine field, VectorForm form, Workers tableWorkers, int recordsAtOnce) {
        this(field, form, tableWorkers, recordsAtOnce, space -> new TableBuilder(space, form));
    }

    CpuRecordEngine(
            FieldEngine field,
            VectorForm form,
            Workers tableWorkers,
            int recordsAtOnce,
            Function<TableWorkspace, TableBuilder> builders) {
        this.field = field;
        this.tableWorkers = tableWorkers;
        this.recordsAtOnce = recordsAtOnce;
        this.form = form;
        this.builders = builders;
    }

    @Override
    public void encode(
            PosVersion version,
            int n,
            MemorySegment seeds,
            MemorySegment records,
            MemorySegment out,
            MemorySegment bitfields) {
        if (n < 0
                || seeds.byteSize() < (long) n * SEED_BYTES
                || records.byteSize() < (long) n * RECORD_BYTES
                || out.byteSize() < (long) n * RECORD_BYTES
                || bitfields.byteSize() < (long) n * ProofTable.BITFIELD_BYTES) {
            throw new IllegalArgumentException("buffers too short for " + n + " records");
        }
        Workspace workspace = take();
        try {
            byte[] seed = new byte[SEED_BYTES];
            for (int i = 0; i < n; i++) {
                MemorySegment.copy(seeds, (long) i * SEED_BYTES, MemorySegment.ofArray(seed), 0, SEED_BYTES);
                workspace.encode(
                        version,
                        seed,
                        records.asSlice((long) i * RECORD_BYTES, RECORD_BYTES),
                        out.asSlice((long) i * RECORD_BYTES, RECORD_BYTES),
                        bitfields.asSlice((long) i * ProofTable.BITFIELD_BYTES, ProofTable.BITFIELD_BYTES));
            }
        } finally {
            giveBack(workspace);
        }
    }

    @Override
    public ProofTable table(PosVersion version, byte[] seed) {
        if (seed.length != SEED_BYTES) {
            throw new IllegalArgumentException("seed of " + seed.length + " bytes, not " + SEED_BYTES);
        }
        Workspace workspace = take();
        boolean built = false;
        try {
            ProofTable table = workspace.proofs(version, seed, tableWorkers, false, () -> giveBack(workspace));
            built = true;
            return table;
        } finally {
            if (!built) {
                giveBack(workspace);
            }
        }
    }

    /** Tables that did not fit and were left to the exact builder, which takes seconds for each: next to none in the life of a farm. */
    public long exactTables() {
        return exactTables.get();
    }

    @Override
    public void close() {
        closed = true;
        idle.clear();
    }

    private Workspace take() {
        if (closed) {
            throw new IllegalStateException("the engine is closed");
        }
        Workspace workspace = idle.pollFirst();
        return workspace != null ? workspace : new Workspace();
    }

    private void giveBack(Workspace workspace) {
        if (!closed) {
            idle.addFirst(workspace);
        }
    }

    /** All that one call works in. */
    private final class Workspace {
        private final TableWorkspace space = new TableWorkspace();
        private final TableBuilder builder = builders.apply(space);
        private final ProofExpander expander = new ProofExpander(space, form.kernels());
        private final ProofSelector selector = new ProofSelector(space, expander);
        private final int[] roots = new int[ProofTable.S_BUCKETS];
        private final MemorySegment parity = MemorySegment.ofArray(new byte[RECORD_BYTES]);
        private final MemorySegment hashes = MemorySegment.ofArray(new byte[ProofTable.S_BUCKETS * 32]);
        private final MemorySegment found = MemorySegment.ofArray(new byte[ProofTable.BITFIELD_BYTES]);

        CanonicalProofs proofs(PosVersion version, byte[] seed, Workers workers, boolean lasting, Runnable release) {
            try {
                builder.build(seed, version, workers, lasting);
            } catch (CapacityExceededException e) {
                // Legal, and so rare that one in ten thousand would be a fault of ours: the exact builder has no such
                // bounds. Its memory is its own.
                exactTables.incrementAndGet();
                return ExactTables.build(seed, version, release);
            }
            selector.select(version, roots);
            return new FastProofs(roots, expander, release);
        }

        void encode(PosVersion version, byte[] seed, MemorySegment record, MemorySegment out, MemorySegment bitfield) {
            boolean lasting = encoded.get() >= recordsAtOnce || encoded.incrementAndGet() > recordsAtOnce;
            try (CanonicalProofs proofs = proofs(version, seed, Workers.callingThread(), lasting, () -> {})) {
                proofs.hashFirst(RECORD_CHUNKS, hashes, found);
            }
            field.extend(RECORD_CHUNKS, 1, record, parity);
            RecordEncoding.encode(record, parity, hashes, found, out, bitfield);
        }
    }

    /** Proofs in the tables of a workspace. */
    private static final class FastProofs extends CanonicalProofs {
        private final ProofExpander expander;

        FastProofs(int[] roots, ProofExpander expander, Runnable release) {
            super(roots, release);
            this.expander = expander;
        }

        @Override
        void writeProof(int root, byte[] proof) {
            expander.writeProof(root, proof);
        }

        @Override
        void hash(int[] roots, int[] sBuckets, int n, MemorySegment target) {
            expander.hash(roots, sBuckets, n, target);
        }
    }
}
