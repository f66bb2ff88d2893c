package network.autonomys.farmer.cuda;

import java.util.ArrayList;
import java.util.List;
import jcuda.driver.CUdeviceptr;
import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.cuda.GpuContext.Launch;

/** Which kernels run for a record, in order, with the arguments of one slot's memory. */
final class RecordKernels {
    private static final int STORED = 32_768;

    private final GpuContext context;
    private final SlotMemory memory;
    private final FieldTables field;
    private final Limits limits;

    /** The roots of unity on the card, shared by all slots. */
    record FieldTables(CUdeviceptr forward, CUdeviceptr inverse, CUdeviceptr shifts) {
        static FieldTables on(GpuContext context) {
            return new FieldTables(
                    uploaded(context, Roots.forward()),
                    uploaded(context, Roots.inverse()),
                    uploaded(context, Roots.shifts()));
        }

        private static CUdeviceptr uploaded(GpuContext context, byte[] table) {
            CUdeviceptr pointer = context.allocate(table.length);
            context.upload(pointer, table);
            return pointer;
        }
    }

    RecordKernels(GpuContext context, SlotMemory memory, FieldTables field, Limits limits) {
        this.context = context;
        this.memory = memory;
        this.field = field;
        this.limits = limits;
    }

    /** From seed and source chunks to stored chunks and their bitfield. */
    List<Launch> encode(PosVersion version) {
        List<Launch> launches = new ArrayList<>();
        launches.add(
                context.launch("extend_first", 128, 128, memory.source(), field.inverse(), memory.work(), status()));
        launches.add(context.launch(
                "extend_middle", 256, 64, memory.work(), field.inverse(), field.shifts(), field.forward()));
        launches.add(context.launch("extend_last", 128, 128, memory.work(), field.forward(), memory.parity()));
        tables(version, launches);
        launches.add(rank(STORED, true));
        launches.add(context.launch(
                "encode_chunks",
                512,
                128,
                memory.order(),
                memory.head(SlotMemory.TOTAL_AT),
                memory.roots(),
                memory.parents(1),
                memory.source(),
                memory.parity(),
                memory.out()));
        return List.copyOf(launches);
    }

    /** From a seed to all its proofs and their hashes. */
    List<Launch> reveal(PosVersion version) {
        List<Launch> launches = new ArrayList<>();
        tables(version, launches);
        launches.add(rank(version == PosVersion.V1 ? SlotMemory.S_BUCKETS : STORED, false));
        launches.add(context.launch(
                "reveal_proofs",
                1024,
                128,
                memory.order(),
                memory.head(SlotMemory.TOTAL_AT),
                memory.roots(),
                memory.parents(1),
                memory.proofs(),
                memory.hashes()));
        return List.copyOf(launches);
    }

    /** From a seed to the proof of one s-bucket. */
    List<Launch> find(PosVersion version) {
        List<Launch> launches = new ArrayList<>();
        seven(version, launches);
        launches.add(context.launch(
                version == PosVersion.V1 ? "find_v1" : "find_v2",
                1,
                128,
                memory.head(SlotMemory.CHALLENGE_AT),
                memory.candidates(),
                memory.counters(7),
                memory.parents(1),
                memory.remainders(1),
                version == PosVersion.V1 ? SlotMemory.S_BUCKETS : STORED,
                memory.head(SlotMemory.BITFIELD_AT)));
        return List.copyOf(launches);
    }

    private void tables(PosVersion version, List<Launch> launches) {
        seven(version, launches);
        launches.add(context.launch(
                version == PosVersion.V2 ? "select_v2" : "select_v1",
                256,
                256,
                memory.candidates(),
                memory.counters(7),
                memory.parents(1),
                memory.remainders(1),
                memory.roots(),
                memory.found()));
    }

    private void seven(PosVersion version, List<Launch> launches) {
        boolean ordered = version == PosVersion.V2;
        CUdeviceptr none = new CUdeviceptr();
        launches.add(context.launch(
                "table_first",
                256,
                160,
                memory.head(0),
                memory.entries(1),
                ordered ? memory.keys(1) : none,
                memory.counters(1),
                limits.bucket(),
                status()));
        for (int table = 2; table <= 7; table++) {
            launches.add(context.launch(
                    ordered ? "table_v2" : "table_v1_" + table,
                    SlotMemory.BUCKETS - 1,
                    256,
                    memory.entries(table - 1),
                    ordered ? memory.keys(table - 1) : none,
                    memory.counters(table - 1),
                    memory.entries(table),
                    ordered ? memory.keys(table) : none,
                    memory.counters(table),
                    memory.parents(table - 1),
                    ordered ? none : memory.remainders(table - 1),
                    limits.bucket(),
                    limits.pair(),
                    status(),
                    // Of V2's kernel only: V1 has one for each table, and the driver reads as many arguments as a
                    // kernel has.
                    table));
        }
    }

    private Launch rank(int keep, boolean fill) {
        return context.launch(
                "rank_found",
                1,
                1024,
                memory.found(),
                keep,
                fill ? 1 : 0,
                memory.head(SlotMemory.BITFIELD_AT),
                memory.order(),
                memory.head(SlotMemory.TOTAL_AT));
    }

    private CUdeviceptr status() {
        return memory.head(SlotMemory.STATUS_AT);
    }
}
