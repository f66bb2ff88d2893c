package network.autonomys.farmer.cli;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import network.autonomys.farmer.runtime.ConfigurationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code util share-classes}: has this Java virtual machine write the loaded and verified form of the distribution's classes into an archive, which the
 * launcher gives to every process from then on. A virtual machine that it was not written by ignores it.
 */
@Command(
        name = "share-classes",
        mixinStandardHelpOptions = true,
        description = {
            "Write an archive of class data for this Java virtual machine into the distribution's folder.",
            "Every role starts faster with it and shares that memory with the others. Repeat it after an update of Java."
        })
final class ShareClassesCommand implements Callable<Integer> {
    /** The launcher looks for it beside the jars. */
    private static final String ARCHIVE = "classes.jsa";

    /** What the roles use of other people's code; the rest would only make the archive larger. */
    private static final List<String> LIBRARIES =
            List.of("netty-", "jnats", "jackson-", "picocli", "logback-", "slf4j-", "jblst", "prometheus-metrics-");

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--load",
            hidden = true,
            description = "Load the classes and end: what the archive is written from.")
    private boolean load;

    ShareClassesCommand() {}

    @Override
    public Integer call() throws ConfigurationException, IOException, InterruptedException {
        List<String> jars = List.of(System.getProperty("java.class.path", "").split(File.pathSeparator, -1));
        PrintWriter out = spec.commandLine().getOut();
        if (load) {
            out.println(load(jars) + " classes");
            return 0;
        }
        Path archive = home().resolve("lib").resolve(ARCHIVE);
        Path written = archive.resolveSibling(archive.getFileName() + ".new");
        try {
            int exit = new ProcessBuilder(command(written))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            if (exit != 0 || !Files.isRegularFile(written)) {
                throw new ConfigurationException("the Java virtual machine wrote no archive to " + written
                        + " (its exit code is " + exit + "): is there room, and may it be written?");
            }
            Files.move(written, archive, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(written);
        }
        out.printf("%s: %d MiB%n", archive, Files.size(archive) >> 20);
        return 0;
    }

    /** This process again, with the options that the launcher gives to every other one, too: the archive fits those only. */
    private static List<String> command(Path archive) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.startsWith("-XX:SharedArchiveFile="))
                .forEach(command::add);
        command.add("-XX:ArchiveClassesAtExit=" + archive);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of("util", "share-classes", "--load"));
        return command;
    }

    private static Path home() throws ConfigurationException {
        String home = System.getProperty("autonomys.home");
        if (home == null) {
            throw new ConfigurationException("this is not a distribution: start bin/autonomys-farmer");
        }
        Path lib = Path.of(home, "lib");
        if (!Files.isWritable(lib)) {
            throw new ConfigurationException(lib + " cannot be written to");
        }
        return Path.of(home);
    }

    /** Loads without initialising: nothing of it runs. */
    private static int load(List<String> jars) throws IOException {
        int loaded = 0;
        for (String jar : jars) {
            Path file = Path.of(jar);
            if (!jar.endsWith(".jar") || !isOfUse(file)) {
                continue;
            }
            try (JarFile content = new JarFile(jar)) {
                Enumeration<JarEntry> entries = content.entries();
                while (entries.hasMoreElements()) {
                    loaded += load(entries.nextElement().getName()) ? 1 : 0;
                }
            }
        }
        return loaded;
    }

    private static boolean isOfUse(Path jar) throws IOException {
        String name = String.valueOf(jar.getFileName());
        if (LIBRARIES.stream().anyMatch(name::startsWith)) {
            return true;
        }
        try (JarFile content = new JarFile(jar.toFile())) {
            return content.getEntry("network/autonomys/farmer/") != null;
        }
    }

    private static boolean load(String entry) {
        if (!entry.endsWith(".class") || entry.startsWith("META-INF") || entry.endsWith("-info.class")) {
            return false;
        }
        String name = entry.substring(0, entry.length() - ".class".length()).replace('/', '.');
        try {
            Class.forName(name, false, ShareClassesCommand.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            // Libraries have classes for other libraries that are not here.
            return false;
        }
    }
}
