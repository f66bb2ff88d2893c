package network.autonomys.farmer.cuda;

import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import network.autonomys.farmer.core.engine.ProofTable;
import network.autonomys.farmer.core.engine.RecordEngine;
import network.autonomys.farmer.core.pos.PosVersion;

/** What one record costs on a card, kernel by kernel. */
public final class GpuProfile {
    private GpuProfile() {}

    /**
     * Milliseconds of each kernel for one record alone on the card with each rule, by CUDA's events: the best of some rounds.
     *
     * @throws GpuUnavailableException where there is no room for a record on the card
     * @throws GpuFailure where the card fails
     */
    public static Map<PosVersion, Map<String, Double>> kernels(GpuInfo gpu, int rounds) throws GpuUnavailableException {
        GpuSettings settings = new GpuSettings(
                List.of(gpu.ordinal()), OptionalInt.of(1), Duration.ofMinutes(1), Duration.ZERO, Integer.MAX_VALUE);
        GpuSession session = GpuSession.open(gpu, settings, Limits.OF_MEMORY, System::nanoTime);
        try {
            RecordSlot slot = session.take();
            if (slot == null) {
                throw new GpuFailure("the card was given up");
            }
            try {
                encode(slot);
                Map<PosVersion, Map<String, Double>> times = new EnumMap<>(PosVersion.class);
                for (PosVersion version : PosVersion.values()) {
                    times.put(version, best(slot, version, rounds));
                }
                return times;
            } finally {
                session.giveBack(slot);
            }
        } finally {
            session.end(false);
        }
    }

    /** Brings a record to the card and the card to its clock. */
    private static void encode(RecordSlot slot) {
        byte[] record = new byte[RecordEngine.RECORD_BYTES];
        byte[] stored = new byte[RecordEngine.RECORD_BYTES];
        byte[] bitfield = new byte[ProofTable.BITFIELD_BYTES];
        slot.startEncoding(
                PosVersion.V1, MemorySegment.ofArray(new byte[RecordEngine.SEED_BYTES]), MemorySegment.ofArray(record));
        slot.finishEncoding(MemorySegment.ofArray(stored), MemorySegment.ofArray(bitfield));
    }

    private static Map<String, Double> best(RecordSlot slot, PosVersion version, int rounds) {
        Map<String, Double> best = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            slot.timeKernels(version).forEach((kernel, time) -> best.merge(kernel, time, Math::min));
        }
        return best;
    }
}
