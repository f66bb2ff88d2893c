package network.autonomys.farmer.cuda;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jcuda.Pointer;
import jcuda.driver.CUevent;
import jcuda.driver.CUstream;
import jcuda.driver.JCudaDriver;
import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.cuda.GpuContext.Launch;

/**
 * What one record in flight needs: memory on the card, pinned buffers, a stream and the launches prepared. Used by one thread at a time, which has
 * made the context its own.
 */
final class RecordSlot {
    private static final int BUCKET_FULL = 1;
    private static final int PAIR_FULL = 2;
    private static final int CANDIDATES_FULL = 4;
    private static final int NOT_A_SCALAR = 8;
    private static final int SEED = 32;
    private static final int PROOF = 160;
    private static final long PINNED_IN = SEED + SlotMemory.RECORD;
    private static final long PINNED_OUT = (long) SlotMemory.PROOFS + SlotMemory.HASHES + SlotMemory.HEAD;
    static final long PINNED_BYTES = PINNED_IN + PINNED_OUT;

    private final SlotMemory memory;
    private final CUstream stream;
    private final Pointer inPointer = new Pointer();
    private final Pointer outPointer = new Pointer();
    private final MemorySegment in;
    private final MemorySegment out;
    private final Map<PosVersion, List<Launch>> encoding = new EnumMap<>(PosVersion.class);
    private final Map<PosVersion, List<Launch>> revealing = new EnumMap<>(PosVersion.class);
    private final Map<PosVersion, List<Launch>> finding = new EnumMap<>(PosVersion.class);
    private final Patience patience;

    /** How a record ended. */
    enum Outcome {
        /** The result is in the buffers. */
        DONE,
        /** A table is larger than the card's memory for it: the processor computes this record. */
        OVERFLOW,
        /** A source chunk is not below the field's modulus. */
        NOT_SCALARS
    }

    RecordSlot(GpuContext context, RecordKernels.FieldTables field, Limits limits, Patience patience) {
        this.patience = patience;
        memory = new SlotMemory(context.allocate(SlotMemory.BYTES));
        stream = context.stream();
        in = pinned(inPointer, PINNED_IN);
        out = pinned(outPointer, PINNED_OUT);
        RecordKernels kernels = new RecordKernels(context, memory, field, limits);
        for (PosVersion version : PosVersion.values()) {
            encoding.put(version, kernels.encode(version));
            revealing.put(version, kernels.reveal(version));
            finding.put(version, kernels.find(version));
        }
    }

    private static MemorySegment pinned(Pointer pointer, long bytes) {
        Cuda.check(JCudaDriver.cuMemAllocHost(pointer, bytes), "allocating " + (bytes >> 20) + " MiB of pinned memory");
        return MemorySegment.ofBuffer(pointer.getByteBuffer(0, bytes).order(ByteOrder.nativeOrder()));
    }

    /** Sends a record on its way. The buffers of the caller are free again on return. */
    void startEncoding(PosVersion version, MemorySegment seed, MemorySegment record) {
        MemorySegment.copy(seed, 0, in, 0, SEED);
        MemorySegment.copy(record, 0, in, SEED, SlotMemory.RECORD);
        begin();
        Cuda.check(
                JCudaDriver.cuMemcpyHtoDAsync(
                        memory.source(), inPointer.withByteOffset(SEED), SlotMemory.RECORD, stream),
                "copying a record to the card");
        run(encoding, version);
        download(0, memory.out(), SlotMemory.RECORD);
        download(SlotMemory.RECORD, memory.head(0), SlotMemory.HEAD);
    }

    /** Waits for a record and copies stored chunks and bitfield to where they belong, if it is done. */
    Outcome finishEncoding(MemorySegment stored, MemorySegment bitfield) {
        Outcome outcome = await(SlotMemory.RECORD);
        if (outcome == Outcome.DONE) {
            MemorySegment.copy(out, 0, stored, 0, SlotMemory.RECORD);
            MemorySegment.copy(out, SlotMemory.RECORD + SlotMemory.BITFIELD_AT, bitfield, 0, SlotMemory.BITFIELD);
        }
        return outcome;
    }

    /** All proofs of a seed, at 160 s, their hashes at 32 s with zeros between, and which s-buckets have one. */
    Outcome reveal(PosVersion version, byte[] seed, byte[] proofs, byte[] hashes, byte[] found) {
        MemorySegment.copy(MemorySegment.ofArray(seed), 0, in, 0, SEED);
        begin();
        run(revealing, version);
        download(0, memory.proofs(), SlotMemory.PROOFS);
        download(SlotMemory.PROOFS, memory.hashes(), SlotMemory.HASHES);
        long head = (long) SlotMemory.PROOFS + SlotMemory.HASHES;
        download(head, memory.head(0), SlotMemory.HEAD);
        Outcome outcome = await(head);
        if (outcome == Outcome.DONE) {
            copy(0, proofs);
            copy(SlotMemory.PROOFS, hashes);
            copy(head + SlotMemory.BITFIELD_AT, found);
        }
        return outcome;
    }

    /** The proof of one s-bucket, without those of the others. */
    Outcome find(PosVersion version, byte[] seed, int sBucket, OneProof answer) {
        MemorySegment.copy(MemorySegment.ofArray(seed), 0, in, 0, SEED);
        in.set(ValueLayout.JAVA_INT_UNALIGNED, SEED, sBucket);
        begin();
        Cuda.check(
                JCudaDriver.cuMemcpyHtoDAsync(
                        memory.head(SlotMemory.CHALLENGE_AT), inPointer.withByteOffset(SEED), Integer.BYTES, stream),
                "copying a challenge to the card");
        run(finding, version);
        download(0, memory.head(0), SlotMemory.BITFIELD_AT + Integer.BYTES + PROOF);
        Outcome outcome = await(0);
        if (outcome == Outcome.DONE) {
            answer.set(out.get(ValueLayout.JAVA_INT_UNALIGNED, SlotMemory.BITFIELD_AT) != 0);
            copy(SlotMemory.BITFIELD_AT + Integer.BYTES, answer.proof());
        }
        return outcome;
    }

    /** Milliseconds that each kernel of an encoding takes with nothing else on the card, for the record that was encoded last. */
    Map<String, Double> timeKernels(PosVersion version) {
        Map<String, Double> times = new LinkedHashMap<>();
        begin();
        CUevent before = new CUevent();
        CUevent after = new CUevent();
        Cuda.check(JCudaDriver.cuEventCreate(before, 0), "making an event");
        Cuda.check(JCudaDriver.cuEventCreate(after, 0), "making an event");
        for (Launch launch : encoding.getOrDefault(version, List.of())) {
            Cuda.check(JCudaDriver.cuEventRecord(before, stream), "recording an event");
            launch.on(stream);
            Cuda.check(JCudaDriver.cuEventRecord(after, stream), "recording an event");
            Cuda.check(JCudaDriver.cuStreamSynchronize(stream), "timing kernel " + launch.kernel());
            float[] milliseconds = new float[1];
            Cuda.check(JCudaDriver.cuEventElapsedTime(milliseconds, before, after), "reading an event");
            times.merge(launch.kernel(), (double) milliseconds[0], Double::sum);
        }
        JCudaDriver.cuEventDestroy(before);
        JCudaDriver.cuEventDestroy(after);
        return times;
    }

    private void copy(long from, byte[] to) {
        MemorySegment.copy(out, from, MemorySegment.ofArray(to), 0, to.length);
    }

    private void begin() {
        Cuda.check(
                JCudaDriver.cuMemcpyHtoDAsync(memory.head(0), inPointer, SEED, stream), "copying a seed to the card");
        Cuda.check(
                JCudaDriver.cuMemsetD8Async(memory.head(SEED), (byte) 0, SlotMemory.BITFIELD_AT - SEED, stream),
                "clearing a record's status");
        Cuda.check(
                JCudaDriver.cuMemsetD8Async(memory.counters(1), (byte) 0, SlotMemory.COUNTERS, stream),
                "clearing a record's counters");
    }

    private void run(Map<PosVersion, List<Launch>> prepared, PosVersion version) {
        List<Launch> launches = prepared.get(version);
        if (launches == null) {
            throw new IllegalArgumentException("no kernels for " + version);
        }
        for (Launch launch : launches) {
            if (launch.kernel().equals("reveal_proofs")) {
                // S-buckets without a proof: table 6 was here.
                Cuda.check(
                        JCudaDriver.cuMemsetD8Async(
                                memory.proofs(), (byte) 0, (long) SlotMemory.PROOFS + SlotMemory.HASHES, stream),
                        "clearing the proofs");
            }
            launch.on(stream);
        }
    }

    private void download(long to, jcuda.driver.CUdeviceptr from, long bytes) {
        Cuda.check(
                JCudaDriver.cuMemcpyDtoHAsync(outPointer.withByteOffset(to), from, bytes, stream),
                "copying a result from the card");
    }

    /** @param head where in {@code out} the head of the slot's memory was copied to */
    private Outcome await(long head) {
        patience.await(stream, "computing a record");
        int status = out.get(ValueLayout.JAVA_INT_UNALIGNED, head + SlotMemory.STATUS_AT);
        if ((status & NOT_A_SCALAR) != 0) {
            return Outcome.NOT_SCALARS;
        }
        if ((status & ~(BUCKET_FULL | PAIR_FULL | CANDIDATES_FULL)) != 0) {
            throw new GpuFailure(
                    "a record ended with status " + Integer.toHexString(status) + ", which no kernel sets");
        }
        return status == 0 ? Outcome.DONE : Outcome.OVERFLOW;
    }

    /** Gives the pinned buffers back; what is on the card goes with its context. */
    void close() {
        JCudaDriver.cuStreamDestroy(stream);
        JCudaDriver.cuMemFreeHost(inPointer);
        JCudaDriver.cuMemFreeHost(outPointer);
    }
}
