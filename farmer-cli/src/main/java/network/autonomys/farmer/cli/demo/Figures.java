package network.autonomys.farmer.cli.demo;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The figures of one process's metrics page (Prometheus text format).
 *
 * @param values value by series, the name with its labels as the page writes them
 */
record Figures(Map<String, Double> values) {

    /** Reads a page; lines that are not samples are passed over. */
    static Figures parse(String page) {
        Map<String, Double> values = new HashMap<>();
        for (String line : page.split("\n", -1)) {
            int space = line.lastIndexOf(' ');
            if (line.startsWith("#") || space <= 0) {
                continue;
            }
            try {
                values.put(line.substring(0, space), Double.parseDouble(line.substring(space + 1)));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("not a metrics line: " + line, e);
            }
        }
        return new Figures(values);
    }

    /** The sum over all series of a name whose labels contain all these texts, for example {@code kind="replot"}. */
    double sum(String name, String... labels) {
        double sum = 0;
        for (Map.Entry<String, Double> entry : values.entrySet()) {
            String series = entry.getKey();
            if ((series.equals(name) || series.startsWith(name + "{")) && containsAll(series, labels)) {
                sum += entry.getValue();
            }
        }
        return sum;
    }

    /** The non-zero values of a name by one label's value. */
    Map<String, Double> by(String name, String label) {
        Map<String, Double> result = new TreeMap<>();
        String start = label + "=\"";
        values.forEach((series, value) -> {
            int at = series.indexOf(start);
            if (series.startsWith(name + "{") && at > 0 && value != 0) {
                result.merge(
                        series.substring(at + start.length(), series.indexOf('"', at + start.length())),
                        value,
                        Double::sum);
            }
        });
        return result;
    }

    /** Seconds as milliseconds text, or a dash where the name has no value yet. */
    String millis(String name, String label) {
        double seconds = sum(name, label);
        return seconds == 0 || Double.isNaN(seconds) ? "-" : String.format(Locale.ROOT, "%.0f ms", seconds * 1000);
    }

    private static boolean containsAll(String series, String... labels) {
        for (String label : labels) {
            if (!series.contains(label)) {
                return false;
            }
        }
        return true;
    }
}
