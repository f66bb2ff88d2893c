package network.autonomys.farmer.cli.benchmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options of every benchmark, its progress on the error stream and its result on the output. */
final class Timings {
    private static final double MILLI = 1e6;

    @Option(names = "--json", description = "Print one JSON object in place of the table.")
    private boolean json;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "10",
            description = "How often it is measured, after one time that does not count. Default: ${DEFAULT-VALUE}.")
    private int count;

    private final List<Long> nanos = new ArrayList<>();
    private final Map<String, Object> facts = new LinkedHashMap<>();

    /** What is measured. */
    @FunctionalInterface
    interface Action {
        void run() throws IOException, InterruptedException;
    }

    int count() {
        return count;
    }

    /**
     * Runs it as often as asked for.
     *
     * @param what is measured, for the progress
     */
    void measure(String what, PrintWriter progress, Action action) throws IOException, InterruptedException {
        for (int i = 0; i <= count; i++) {
            long begin = System.nanoTime();
            action.run();
            long took = System.nanoTime() - begin;
            if (i > 0) {
                nanos.add(took);
            }
            progress.printf(
                    Locale.ROOT, "%s %s: %.1f ms%n", what, i == 0 ? "warm-up" : i + " of " + count, took / MILLI);
            progress.flush();
        }
        nanos.sort(Long::compare);
    }

    /** The median in seconds. */
    double medianSeconds() {
        int n = nanos.size();
        return (nanos.get((n - 1) / 2) + nanos.get(n / 2)) / 2e9;
    }

    void fact(String name, Object value) {
        facts.put(name, value);
    }

    void print(PrintWriter out) {
        Map<String, Object> all = new LinkedHashMap<>(facts);
        all.put("runs", nanos.size());
        all.put("minMillis", nanos.getFirst() / MILLI);
        all.put("medianMillis", medianSeconds() * 1000);
        all.put("maxMillis", nanos.getLast() / MILLI);
        if (json) {
            out.println(json(all));
        } else {
            int width = all.keySet().stream()
                    .mapToInt(name -> words(name).length())
                    .max()
                    .orElse(1);
            String row = "%-" + width + "s  %s%n";
            all.forEach((name, value) -> out.printf(Locale.ROOT, row, words(name), text(value)));
        }
        out.flush();
    }

    private static String words(String name) {
        return name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }

    private static String text(Object value) {
        return value instanceof Double number ? String.format(Locale.ROOT, "%.3f", number) : value.toString();
    }

    private static String json(Map<String, Object> all) {
        ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        ObjectNode root = mapper.createObjectNode();
        all.forEach(root::putPOJO);
        try {
            return mapper.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
