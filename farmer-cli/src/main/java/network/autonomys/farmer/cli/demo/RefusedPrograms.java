package network.autonomys.farmer.cli.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds out from supervisord's log which program refused to start: it would be started again and again for nothing. */
final class RefusedPrograms {
    private static final Pattern EXIT = Pattern.compile("exited: (\\S+) \\(exit status 2; ");

    private final Path logs;

    /**
     * @param logs the folder with supervisord.log and the programs' logs
     */
    RefusedPrograms(Path logs) {
        this.logs = logs;
    }

    /** A program that ended with exit code 2 and what it said last; empty where there is none. */
    Optional<String> first() throws IOException {
        for (String line : lines(logs.resolve("supervisord.log"))) {
            Matcher exit = EXIT.matcher(line);
            if (exit.find()) {
                Path log = logs.resolve(exit.group(1) + ".log");
                String last = lines(log).reversed().stream()
                        .filter(text -> !text.isBlank())
                        .findFirst()
                        .orElse("it said nothing");
                return Optional.of(exit.group(1) + " refuses to run: " + last + " (" + log + ")");
            }
        }
        return Optional.empty();
    }

    private static List<String> lines(Path file) throws IOException {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}
