package network.autonomys.farmer.cuda;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import network.autonomys.farmer.core.engine.ProofTable;
import network.autonomys.farmer.core.engine.RecordEngine;
import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.core.pos.ProofVerifier;
import network.autonomys.farmer.core.pos.VectorForm;
import network.autonomys.farmer.cuda.RecordSlot.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * The record engine on the graphics cards of a host (proof-of-space §4.7), byte for byte that of the processor.
 *
 * <p>A record goes to the card with the least to do. What does not fit a card's tables (about one record in 10^10) is computed on the processor. One
 * record in 64 is computed there as well, on the thread that asked for it and by one thread at a time, so that checks never take more than one
 * core; a card that disagrees has failed, and its record goes elsewhere.
 */
public final class CudaRecordEngine implements RecordEngine {
    private final List<Gpu> gpus;
    private final RecordEngine processor;
    private final boolean fallback;
    private final int checkEvery;
    private final AtomicLong encoded = new AtomicLong();
    private final ReentrantLock checking = new ReentrantLock();
    private final ProofVerifier verifier = new ProofVerifier(VectorForm.SCALAR);
    private volatile boolean closed;

    private CudaRecordEngine(List<Gpu> gpus, RecordEngine processor, boolean fallback, int checkEvery) {
        this.gpus = List.copyOf(gpus);
        this.processor = processor;
        this.fallback = fallback;
        this.checkEvery = checkEvery;
    }

    /**
     * Opens the cards and tries each on a record of the reference.
     *
     * @param processor computes what a card cannot and checks what it does; closed by its owner
     * @param fallback whether the processor computes everything while no card can; then it is no error that none can now, and they are tried again later
     * @throws GpuUnavailableException where there is no card to work with or the settings do not fit one; the message is for the operator
     */
    public static CudaRecordEngine open(
            GpuSettings settings, RecordEngine processor, boolean fallback, GpuObserver observer)
            throws GpuUnavailableException {
        return open(
                settings,
                processor,
                fallback,
                observer,
                Limits.OF_MEMORY,
                GoldenRecord.ofReference(),
                System::nanoTime);
    }

    static CudaRecordEngine open(
            GpuSettings settings,
            RecordEngine processor,
            boolean fallback,
            GpuObserver observer,
            Limits limits,
            GoldenRecord golden,
            LongSupplier nanoTime)
            throws GpuUnavailableException {
        List<Gpu> gpus = new ArrayList<>();
        for (GpuInfo info : chosen(settings)) {
            gpus.add(new Gpu(info, settings, limits, golden, observer, nanoTime));
        }
        CudaRecordEngine engine = new CudaRecordEngine(gpus, processor, fallback, settings.checkEvery());
        boolean opened = false;
        try {
            for (Gpu gpu : gpus) {
                gpu.open();
            }
            if (!fallback && engine.status().stream().noneMatch(status -> status.state() == GpuStatus.State.READY)) {
                throw GpuUnavailableException.ofFailure(engine.reasons());
            }
            opened = true;
            return engine;
        } finally {
            if (!opened) {
                engine.close();
            }
        }
    }

    private static List<GpuInfo> chosen(GpuSettings settings) throws GpuUnavailableException {
        List<GpuInfo> shown = CudaDriver.devices();
        if (settings.gpus().isEmpty()) {
            return shown;
        }
        List<GpuInfo> chosen = new ArrayList<>();
        for (int ordinal : settings.gpus()) {
            chosen.add(shown.stream()
                    .filter(info -> info.ordinal() == ordinal)
                    .findFirst()
                    .orElseThrow(() -> GpuUnavailableException.ofSettings(
                            "--gpus: there is no usable card " + ordinal + "; the driver shows " + shown)));
        }
        return chosen;
    }

    @Override
    public void encode(
            PosVersion version,
            int n,
            MemorySegment seeds,
            MemorySegment records,
            MemorySegment out,
            MemorySegment bitfields) {
        RecordBatch batch = new RecordBatch(version, n, seeds, records, out, bitfields);
        while (batch.next(0) < n) {
            Gpu gpu = choose();
            if (gpu == null) {
                withoutCards(batch);
                return;
            }
            GpuSession session = gpu.session();
            if (session != null) {
                encodeOn(gpu, session, batch);
            }
        }
    }

    private void withoutCards(RecordBatch batch) {
        requireFallback();
        for (int i = batch.next(0); i < batch.size(); i = batch.next(i + 1)) {
            batch.encodeOn(processor, i);
        }
    }

    private void encodeOn(Gpu gpu, GpuSession session, RecordBatch batch) {
        Flights flights = new Flights(session, batch);
        boolean scalars = true;
        try {
            for (int i = batch.next(0); i < batch.size(); i = batch.next(i + 1)) {
                if (!flights.canStart(batch.size() - i)) {
                    scalars &= land(gpu, flights);
                }
                if (!flights.start(i)) {
                    return;
                }
            }
            while (flights.any()) {
                scalars &= land(gpu, flights);
            }
        } catch (GpuFailure e) {
            session.end(false);
            gpu.failed(session, e);
        } catch (Patience.HungException e) {
            session.end(true);
            gpu.failed(session, new GpuFailure(String.valueOf(e.getMessage()), e));
        } catch (RuntimeException | Error e) {
            if (flights.any()) {
                // Nobody waits for them any more, so their buffers cannot be used for others.
                session.end(false);
                gpu.failed(session, new GpuFailure("records were left in flight: " + e, e));
            }
            throw e;
        } finally {
            flights.close();
        }
        if (!scalars) {
            throw new IllegalArgumentException("a source chunk is not below the field's modulus");
        }
    }

    /** Finishes the oldest record in flight; false where its source is not made of scalars. */
    private boolean land(Gpu gpu, Flights flights) {
        RecordBatch batch = flights.batch();
        int i = flights.oldest();
        Outcome outcome = flights.land();
        switch (outcome) {
            case DONE -> {
                gpu.done();
                check(gpu, batch, i);
                batch.finish(i);
            }
            case OVERFLOW -> {
                gpu.redone();
                batch.encodeOn(processor, i);
            }
            case NOT_SCALARS -> batch.finish(i);
        }
        return outcome != Outcome.NOT_SCALARS;
    }

    private void check(Gpu gpu, RecordBatch batch, int i) {
        if (encoded.getAndIncrement() % checkEvery == 0 && checking.tryLock()) {
            try {
                if (!batch.agreesWith(processor, i)) {
                    throw new GpuFailure("a record differs from the processor's");
                }
                gpu.agreed();
            } finally {
                checking.unlock();
            }
        }
    }

    @Override
    public ProofTable table(PosVersion version, byte[] seed) {
        if (seed.length != SEED_BYTES) {
            throw new IllegalArgumentException("seed of " + seed.length + " bytes, not " + SEED_BYTES);
        }
        HostProofTable table = new HostProofTable();
        Outcome outcome = onAnyCard((gpu, session) -> onSlot(
                gpu, session, slot -> slot.reveal(version, seed, table.proofs(), table.hashes(), table.found())));
        if (outcome == Outcome.DONE) {
            return table;
        }
        if (outcome == null) {
            requireFallback();
        }
        return processor.table(version, seed);
    }

    @Override
    public boolean findProof(PosVersion version, byte[] seed, int sBucket, byte[] proof) {
        if (seed.length != SEED_BYTES
                || proof.length != ProofTable.PROOF_BYTES
                || sBucket < 0
                || sBucket >= ProofTable.S_BUCKETS) {
            throw new IllegalArgumentException("seed of " + seed.length + " bytes, s-bucket " + sBucket + ", proof of "
                    + proof.length + " bytes: not 32, below 65536, 160");
        }
        OneProof found = new OneProof();
        Outcome outcome = onAnyCard((gpu, session) -> onSlot(gpu, session, slot -> {
            Outcome ended = slot.find(version, seed, sBucket, found);
            if (ended == Outcome.DONE) {
                verify(version, seed, sBucket, found);
            }
            return ended;
        }));
        if (outcome == Outcome.DONE) {
            if (found.isThere()) {
                System.arraycopy(found.proof(), 0, proof, 0, proof.length);
            }
            return found.isThere();
        }
        if (outcome == null) {
            requireFallback();
        }
        return processor.findProof(version, seed, sBucket, proof);
    }

    /**
     * A proof is verified in next to no time. That there is none is checked by the processor: nobody asks for what was never plotted, so that it hardly ever happens, and believing it
     * would cost a reward.
     */
    private void verify(PosVersion version, byte[] seed, int sBucket, OneProof found) {
        if (found.isThere()) {
            if (!verifier.isValid(seed, sBucket, found.proof())) {
                throw new GpuFailure("a proof of space is not valid");
            }
        } else if (processor.findProof(version, seed, sBucket, new byte[ProofTable.PROOF_BYTES])) {
            throw new GpuFailure("a proof of space was not found");
        }
    }

    /** Work on a card; null where the session has ended before it began. */
    interface Work<T> {
        @Nullable
        T on(Gpu gpu, GpuSession session);
    }

    /** Runs something with a slot, which nobody else gets after a failure. */
    private static @Nullable Outcome onSlot(Gpu gpu, GpuSession session, Function<RecordSlot, Outcome> work) {
        RecordSlot slot = session.take();
        if (slot == null) {
            return null;
        }
        try {
            Outcome outcome = work.apply(slot);
            if (outcome == Outcome.OVERFLOW) {
                gpu.redone();
            } else {
                gpu.done();
            }
            return outcome;
        } catch (GpuFailure e) {
            session.end(false);
            throw e;
        } catch (Patience.HungException e) {
            session.end(true);
            throw e;
        } finally {
            session.giveBack(slot);
        }
    }

    /** Runs something on a usable card, and where that card fails, on another. Null where no card can. */
    <T> @Nullable T onAnyCard(Work<T> work) {
        for (Gpu gpu = choose(); gpu != null; gpu = choose()) {
            GpuSession session = gpu.session();
            if (session == null || !session.hold()) {
                continue;
            }
            try {
                T result = work.on(gpu, session);
                if (result != null) {
                    return result;
                }
            } catch (GpuFailure e) {
                session.end(false);
                gpu.failed(session, e);
            } catch (Patience.HungException e) {
                session.end(true);
                gpu.failed(session, new GpuFailure(String.valueOf(e.getMessage()), e));
            } finally {
                session.letGo();
            }
        }
        return null;
    }

    /** The usable card with the least to do; null where there is none. */
    @Nullable
    Gpu choose() {
        if (closed) {
            throw new IllegalStateException("the engine is closed");
        }
        return gpus.stream()
                .filter(gpu -> gpu.session() != null)
                .min(Comparator.comparingDouble(gpu -> {
                    GpuStatus status = gpu.status();
                    return (double) status.load() / Math.max(1, status.concurrency());
                }))
                .orElse(null);
    }

    private void requireFallback() {
        if (!fallback) {
            throw new GpuFailure("no graphics card can be used: " + reasons());
        }
    }

    private String reasons() {
        return status().stream()
                .map(status -> status.gpu() + ": " + status.reason())
                .collect(Collectors.joining("; "));
    }

    /** How each card is doing. */
    public List<GpuStatus> status() {
        return gpus.stream().map(Gpu::status).toList();
    }

    /** Records that the open cards can have in flight together: with as many calling threads they are kept busy. */
    public int concurrency() {
        return status().stream().mapToInt(GpuStatus::concurrency).sum();
    }

    @Override
    public void close() {
        closed = true;
        gpus.forEach(Gpu::close);
    }
}
