package network.autonomys.farmer.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The folders of reference vectors: the set under test and the project's own recordings. */
public final class Vectors {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Vectors() {}

    /** The set under test, named by the system property {@code reference.vectors}. */
    public static Path root() {
        Path root = Path.of(System.getProperty("reference.vectors", own().toString()));
        if (!Files.isDirectory(root)) {
            throw new IllegalStateException("reference.vectors names no folder: " + root);
        }
        return root;
    }

    /** The project's own copy, which alone holds the recordings (transcripts/, farm-live/). */
    public static Path own() {
        return projectRoot().resolve("test-kit/vectors");
    }

    /** The folder of the root pom. */
    public static Path projectRoot() {
        String root = System.getProperty("project.root");
        if (root == null) {
            throw new IllegalStateException("the system property project.root is not set");
        }
        return Path.of(root);
    }

    /** The vector files of an area (folder), in name order; other JSON files are fixtures and left out. */
    public static List<Path> files(String area) {
        try (Stream<Path> files = Files.list(root().resolve(area))) {
            return files.filter(f -> f.toString().endsWith(".json"))
                    .filter(f -> read(f).has("cases"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The cases of a vector file. */
    public static List<VectorCase> cases(Path file) {
        List<VectorCase> cases = new ArrayList<>();
        for (JsonNode node : read(file).get("cases")) {
            cases.add(new VectorCase(file, node));
        }
        return cases;
    }

    /** The cases of one file of an area that are of one kind; at least one must be there. */
    public static List<VectorCase> cases(String area, String file, String kind) {
        List<VectorCase> cases = cases(root().resolve(area).resolve(file)).stream()
                .filter(c -> c.kind().equals(kind))
                .toList();
        if (cases.isEmpty()) {
            throw new IllegalStateException("no case of kind " + kind + " in " + area + "/" + file);
        }
        return cases;
    }

    static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
