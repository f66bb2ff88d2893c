package network.autonomys.farmer.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The vector files of one area and a check for each kind of case in them. A kind without a check is a failure, and so is a check
 * that no case of the public set uses; the number of cases run per kind is printed.
 *
 * <p>A kind is found by file and kind together ({@code "identity.json", "identity"}): the same kind may stand in two files.
 */
public final class VectorSuite {
    /** The check of one case; it throws where the case does not hold. */
    @FunctionalInterface
    public interface Check {
        void run(VectorCase vector) throws Exception;
    }

    private final String area;
    private final Map<String, Check> checks = new LinkedHashMap<>();

    /** A suite for the files of one folder below the vectors' root. */
    public VectorSuite(String area) {
        this.area = area;
    }

    /** Says how cases of a kind in a file are checked. */
    public VectorSuite on(String file, String kind, Check check) {
        if (checks.put(file + "/" + kind, check) != null) {
            throw new IllegalArgumentException("two checks for " + file + "/" + kind);
        }
        return this;
    }

    /**
     * Runs every case of the area.
     *
     * @throws AssertionError naming every case that failed, with the first one's cause
     */
    public void run() {
        Map<String, Integer> counts = new TreeMap<>();
        List<String> failures = new ArrayList<>();
        Throwable first = null;
        for (Path file : Vectors.files(area)) {
            for (VectorCase vector : Vectors.cases(file)) {
                String key = file.getFileName() + "/" + vector.kind();
                Check check = checks.get(key);
                if (check == null) {
                    failures.add("unknown kind " + key);
                    continue;
                }
                counts.merge(key, 1, Integer::sum);
                try {
                    check.run(vector);
                } catch (Exception | AssertionError e) {
                    failures.add(vector.name() + ": " + e.getMessage());
                    first = first == null ? e : first;
                }
            }
        }
        counts.forEach((key, count) -> System.out.println("vectors " + area + "/" + key + ": " + count + " cases"));
        checks.keySet().stream().filter(k -> !counts.containsKey(k)).forEach(k -> failures.add("no case of " + k));
        if (!failures.isEmpty()) {
            throw new AssertionError(
                    failures.size() + " failures in vectors/" + area + ":\n" + String.join("\n", failures), first);
        }
    }
}
