package network.autonomys.farmer.benchmarks;

import java.lang.foreign.MemorySegment;
import network.autonomys.farmer.core.engine.FieldEngine;
import network.autonomys.farmer.core.engine.FieldEngine.Recovered;
import network.autonomys.farmer.core.types.Constants;

/** Transforms and erasure coding, against the same algorithms on one element at a time. */
final class FieldCases {
    private static final String SCALAR = "scalar twin";

    private FieldCases() {}

    static void addTo(Cases cases) {
        cases.add("field/ntt-32768", setup -> transform(setup, setup.size(32_768, 512), 1));
        cases.add("field/ntt-65536", setup -> transform(setup, setup.size(65_536, 1024), 1));
        cases.add("field/ntt-32768-batch-8", setup -> transform(setup, setup.size(32_768, 512), 8));
        cases.add("field/extend", FieldCases::extend);
        cases.add("field/extend-columns-128", FieldCases::columns);
        cases.add(
                "field/recover-source",
                setup -> recover(setup, Recovered.SOURCE).elsewhere("400 ms Zen 5, 550 ms Cascade Lake"));
        cases.add(
                "field/recover-polynomial",
                setup -> recover(setup, Recovered.COEFFICIENTS).elsewhere("380 ms Zen 5, 550 ms Cascade Lake"));
        cases.add("field/recover-source-two-threads", FieldCases::recoverWithTwoThreads);
    }

    private static Case transform(Setup setup, int n, int count) {
        MemorySegment values = setup.scalars(n * count);
        MemorySegment out = setup.buffer(values.byteSize());
        return Case.of(transform(setup.field(), n, count, values, out))
                .operations(count)
                .against(SCALAR, transform(setup.scalarField(), n, count, values, out));
    }

    private static Work transform(FieldEngine field, int n, int count, MemorySegment values, MemorySegment out) {
        return () -> {
            field.interpolate(n, count, values, out);
            return Setup.sample(out);
        };
    }

    private static Case extend(Setup setup) {
        int n = setup.size(32_768, 512);
        MemorySegment source = setup.scalars(n);
        MemorySegment parity = setup.buffer(source.byteSize());
        return Case.of(extend(setup.field(), n, source, parity))
                .against(SCALAR, extend(setup.scalarField(), n, source, parity))
                .elsewhere("10 ms Zen 5, 19 ms Cascade Lake");
    }

    private static Work extend(FieldEngine field, int n, MemorySegment source, MemorySegment parity) {
        return () -> {
            field.extend(n, 1, source, parity);
            return Setup.sample(parity);
        };
    }

    /** Per column, as a segment is extended. */
    private static Case columns(Setup setup) {
        int rows = Constants.RECORDS_PER_SEGMENT;
        int columns = setup.size(1024, 64);
        MemorySegment source = setup.scalars(rows * columns);
        MemorySegment parity = setup.buffer(source.byteSize());
        return Case.of(columns(setup.field(), rows, columns, source, parity))
                .operations(columns)
                .against(SCALAR, columns(setup.scalarField(), rows, columns, source, parity));
    }

    private static Work columns(FieldEngine field, int rows, int columns, MemorySegment source, MemorySegment parity) {
        return () -> {
            field.extendColumns(rows, columns, source, 32L * columns, parity, 32L * columns);
            return Setup.sample(parity);
        };
    }

    private static Case recover(Setup setup, Recovered what) {
        Shards shards = Shards.make(setup);
        return Case.of(recover(setup.field(), shards, what))
                .against(SCALAR, recover(setup.scalarField(), shards, what));
    }

    private static Case recoverWithTwoThreads(Setup setup) {
        Shards shards = Shards.make(setup);
        return Case.of(recover(setup.latencyField(), shards, Recovered.SOURCE))
                .onTheWall()
                .against("one thread", recover(setup.field(), shards, Recovered.SOURCE));
    }

    /** Half of the shards of a record, and room for what is recovered. */
    private record Shards(int points, MemorySegment present, MemorySegment shards, MemorySegment out) {
        static Shards make(Setup setup) {
            int points = setup.size(65_536, 1024);
            MemorySegment source = setup.scalars(points / 2);
            MemorySegment parity = setup.buffer(source.byteSize());
            setup.field().extend(points / 2, 1, source, parity);
            MemorySegment shards = setup.buffer(32L * points);
            byte[] present = new byte[points / 8];
            // Three of each six shards: present ones are of both kinds, as in a plot.
            for (int i = 0; i < points; i++) {
                MemorySegment.copy((i & 1) == 0 ? source : parity, 32L * (i / 2), shards, 32L * i, 32);
                if (i % 6 < 3 || i / 6 == points / 6) {
                    present[i / 8] |= (byte) (1 << i % 8);
                }
            }
            return new Shards(points, MemorySegment.ofArray(present), shards, setup.buffer(16L * points));
        }
    }

    private static Work recover(FieldEngine field, Shards shards, Recovered what) {
        return () -> {
            field.recover(shards.points(), shards.present(), shards.shards(), what, shards.out());
            return Setup.sample(shards.out());
        };
    }
}
