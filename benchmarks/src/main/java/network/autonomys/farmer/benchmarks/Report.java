package network.autonomys.farmer.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import network.autonomys.farmer.core.pos.VectorForm;

/** What was measured, as a table and as JSON. */
final class Report {
    private static final String ROW = "%-34s %10s %10s %10s %7s %9s  %-28s %s";

    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final VectorForm form;

    private record Row(Case benchmark, Measurement.Figures figures, Case.Details details) {}

    Report(VectorForm form) {
        this.form = form;
    }

    void add(String name, Case benchmark, Measurement.Figures figures) {
        rows.put(name, new Row(benchmark, figures, benchmark.details().apply(figures.rounds())));
    }

    /** The machine, without its name. */
    private String machine() {
        String processor = Setup.cpuInfo("model name");
        return (processor.isEmpty() ? System.getProperty("os.arch") : processor)
                + ", family " + Setup.cpuInfo("cpu family") + " model " + Setup.cpuInfo("model")
                + ", " + Runtime.getRuntime().availableProcessors() + " cores";
    }

    String head() {
        return "Machine: " + machine() + "; Java " + Runtime.version() + "; form "
                + form.toString().toLowerCase(Locale.ROOT) + System.lineSeparator()
                + "Times per operation; those of one thread are its processor time. Ratio: baseline / ours, median of pairs."
                + " Garbage: heap taken by the calling thread."
                + System.lineSeparator()
                + "The last column is the reference implementation measured on other machines: a landmark, not a comparison."
                + System.lineSeparator()
                + String.format(
                        Locale.ROOT,
                        ROW,
                        "benchmark",
                        "best",
                        "median",
                        "baseline",
                        "ratio",
                        "garbage",
                        "baseline is",
                        "reference, elsewhere");
    }

    /** What more there is to say of a benchmark. */
    List<String> details(String name) {
        Case.Details details = row(name).details();
        List<String> lines = new ArrayList<>();
        details.lines().forEach(line -> lines.add("  " + line));
        details.figures().forEach((key, value) -> lines.add(String.format(Locale.ROOT, "  %s: %.2f", key, value)));
        return lines;
    }

    private Row row(String name) {
        Row row = rows.get(name);
        if (row == null) {
            throw new IllegalArgumentException(name + " was not measured");
        }
        return row;
    }

    /** One line of the table. */
    String line(String name) {
        Row row = row(name);
        Measurement.Figures figures = row.figures();
        OptionalDouble ratio = figures.ratio();
        return String.format(
                        Locale.ROOT,
                        ROW,
                        name + (row.benchmark().clock() == Case.Clock.WALL ? " (wall)" : ""),
                        time(figures.best()),
                        time(figures.median()),
                        figures.baseline().isPresent() ? time(figures.baseline().getAsDouble()) : "",
                        ratio.isPresent() ? String.format(Locale.ROOT, "%.2f", ratio.getAsDouble()) : "",
                        bytes(figures.garbage()),
                        row.benchmark().baselineName(),
                        row.benchmark().elsewhere())
                .stripTrailing();
    }

    /** Three digits with the unit that fits. */
    static String time(double nanos) {
        String[] units = {"ns", "µs", "ms", "s"};
        double value = nanos;
        int unit = 0;
        while (unit < units.length - 1 && value >= 999.5) {
            value /= 1000;
            unit++;
        }
        int decimals = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + decimals + "f %s", value, units[unit]);
    }

    private static String bytes(double number) {
        return number < 999.5
                ? String.format(Locale.ROOT, "%.0f B", number)
                : String.format(
                        Locale.ROOT,
                        number < 999_500 ? "%.0f kB" : "%.0f MB",
                        number < 999_500 ? number / 1e3 : number / 1e6);
    }

    String json() {
        ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        ObjectNode root = mapper.createObjectNode();
        root.put("machine", machine());
        root.put("java", Runtime.version().toString());
        root.put("form", form.toString().toLowerCase(Locale.ROOT));
        ObjectNode benchmarks = root.putObject("benchmarks");
        rows.forEach((name, row) -> {
            ObjectNode node = benchmarks.putObject(name);
            node.put("clock", row.benchmark().clock().toString().toLowerCase(Locale.ROOT));
            node.put("bestNanos", row.figures().best());
            node.put("medianNanos", row.figures().median());
            node.put("rounds", row.figures().rounds());
            node.put("garbageBytes", row.figures().garbage());
            row.figures().baseline().ifPresent(v -> node.put("baselineNanos", v));
            row.figures().ratio().ifPresent(v -> node.put("ratio", v));
            row.details().figures().forEach(node::put);
            if (row.benchmark().baseline() != null) {
                node.put("baseline", row.benchmark().baselineName());
            }
        });
        try {
            return mapper.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
