package network.autonomys.farmer.cli.demo;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program of another package that the demo runs.
 *
 * @param program the executable's name
 * @param debianPackage the Debian package that brings it
 */
record Tool(String program, String debianPackage) {
    static final Tool NATS_SERVER = new Tool("nats-server", "nats-server");
    static final Tool SUPERVISORD = new Tool("supervisord", "supervisor");

    private static final int INSTALL_MINUTES = 5;

    /** Where the program lies: on PATH or in a folder of system programs, which is not on every user's PATH. */
    Optional<Path> find() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.concat(
                        Stream.of(path.split(File.pathSeparator, -1)),
                        Stream.of("/usr/sbin", "/usr/bin", "/usr/local/bin"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Finds the programs, installing the missing ones from Debian's packages where that is possible: as root on a machine with apt-get.
     * Installing starts no service: a policy file forbids it meanwhile.
     *
     * @return the programs' paths, in the order of the arguments
     * @throws MissingToolException where one is missing and cannot be installed, saying what to install
     */
    static List<Path> findOrInstall(Tool... tools) throws IOException, InterruptedException {
        List<Tool> missing = Stream.of(tools).filter(t -> t.find().isEmpty()).toList();
        if (!missing.isEmpty()) {
            List<String> packages = missing.stream().map(Tool::debianPackage).toList();
            if (!isRoot() || !Files.isExecutable(Path.of("/usr/bin/apt-get"))) {
                throw new MissingToolException(packages);
            }
            System.out.println("Installing " + String.join(", ", packages) + " from Debian's packages");
            install(packages);
        }
        List<Path> found = new ArrayList<>();
        for (Tool tool : tools) {
            found.add(tool.find().orElseThrow(() -> new MissingToolException(List.of(tool.debianPackage()))));
        }
        return found;
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static void install(List<String> packages) throws IOException, InterruptedException {
        Path policy = Path.of("/usr/sbin/policy-rc.d");
        boolean ours = !Files.exists(policy);
        if (ours) {
            Files.writeString(policy, "#!/bin/sh\nexit 101\n");
            if (!policy.toFile().setExecutable(true)) {
                throw new IOException("cannot make " + policy + " executable");
            }
        }
        try {
            run(List.of("apt-get", "update", "-qq"));
            List<String> command =
                    new ArrayList<>(List.of("apt-get", "install", "-y", "-qq", "--no-install-recommends"));
            command.addAll(packages);
            run(command);
        } finally {
            if (ours) {
                Files.deleteIfExists(policy);
            }
        }
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
        Process process = builder.start();
        if (!process.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException(String.join(" ", command) + ": not done after " + INSTALL_MINUTES + " minutes");
        }
        if (process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": exit code " + process.exitValue());
        }
    }
}
