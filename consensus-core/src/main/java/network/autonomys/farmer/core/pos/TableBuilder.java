package network.autonomys.farmer.core.pos;

import static network.autonomys.farmer.core.pos.PosParameters.TABLES;
import static network.autonomys.farmer.core.pos.TableWorkspace.CAPACITY;

import java.util.function.Supplier;
import network.autonomys.farmer.core.engine.Workers;
import org.jspecify.annotations.Nullable;

/**
 * Builds tables 1 to 7 of a seed, pair of buckets by pair of buckets: row order, matches, f, distribution (proof-of-space §4.6). Table 7 is
 * kept as far as it belongs to s-buckets.
 *
 * <p>V1 needs no order among entries, since its choice is a minimum (proof-of-space §0.4). V2 goes by position: there a bucket's list is in
 * order of emission, because pairs are handled and hits staged in order. Two threads take half of the pairs each, table by table; the lists of the
 * lower half come first, which is the order of emission again.
 */
final class TableBuilder {
    private final TableWorkspace space;
    private final Supplier<TableKernels> kernels;
    private final Supplier<EntryMover> movers;
    private final Supplier<PairMatcher> matchers;
    private final int bucketLimit;
    private final PartBuilder own;
    private @Nullable PartBuilder other;

    TableBuilder(TableWorkspace space, VectorForm form) {
        this(space, form, CAPACITY);
    }

    /**
     * A builder with a limit.
     *
     * @param bucketLimit entries per bucket above which a V1 build gives up, at most {@link TableWorkspace#CAPACITY}
     */
    TableBuilder(TableWorkspace space, VectorForm form, int bucketLimit) {
        this.space = space;
        this.bucketLimit = bucketLimit;
        kernels = form::kernels;
        movers = form::mover;
        matchers = form::matcher;
        own = part(space.part);
    }

    private PartBuilder part(TableWorkspace.Part target) {
        return new PartBuilder(space, target, kernels.get(), movers.get(), matchers.get());
    }

    /**
     * Builds all tables into the workspace.
     *
     * @param workers where they have a helper, two threads build
     * @param lasting whether so many tables are built that code which is fastest in the end pays, see {@link TableKernels#hashAtOnce}
     * @throws CapacityExceededException where the tables do not fit; the workspace holds nothing of use then
     */
    void build(byte[] seed, PosVersion version, Workers workers, boolean lasting) {
        PartBuilder[] builders = workers.hasHelpers() ? new PartBuilder[] {own, other()} : new PartBuilder[] {own};
        int n = builders.length;
        GroupedEntries[][] tables = new GroupedEntries[2][n];
        for (int i = 0; i < n; i++) {
            tables[0][i] = builders[i].part().entries[0];
            tables[1][i] = builders[i].part().entries[1];
            builders[i].takes(i, n);
            builders[i].lasting(lasting);
        }
        int limit = version == PosVersion.V1 ? bucketLimit : PositionOrder.BUCKET_ENTRIES;
        int[] key = KeystreamReader.key(seed);
        workers.forEach(n, i -> builders[i].keystream(key));
        workers.forEach(n, i -> builders[i].first());
        for (int table = 2; table <= TABLES; table++) {
            int current = table;
            workers.forEach(n, i -> builders[i].next(current, tables[(current - 1) & 1], limit, version));
        }
        for (int i = 1; i < n; i++) {
            builders[0].part().last.append(builders[i].part().last);
        }
    }

    private PartBuilder other() {
        PartBuilder made = other;
        if (made == null) {
            made = part(new TableWorkspace.Part());
            other = made;
        }
        return made;
    }
}
