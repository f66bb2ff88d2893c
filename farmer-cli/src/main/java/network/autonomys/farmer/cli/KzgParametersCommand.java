package network.autonomys.farmer.cli;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import network.autonomys.farmer.core.kzg.KzgParameters;
import network.autonomys.farmer.runtime.ExitCode;
import network.autonomys.farmer.runtime.engine.KzgLocator;
import network.autonomys.farmer.storage.io.DurableFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code util kzg-parameters}. */
@Command(
        name = "kzg-parameters",
        mixinStandardHelpOptions = true,
        description = "Brings the network's KZG parameters into the install folder.")
final class KzgParametersCommand {
    KzgParametersCommand() {}

    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description = {
                "Finds the parameters in a file: the parameter file itself, or any program that embeds it, such as autonomys-node.",
                "Their digest is checked."
            })
    int importFrom(
            @Parameters(paramLabel = "FILE", description = "Where they are looked for.") Path file,
            @Option(
                            names = "--to",
                            paramLabel = "FILE",
                            description = "Where they are written. Default: the install folder.")
                    Path to) {
        Path target = to != null
                ? to
                : Path.of(System.getProperty("autonomys.home", "")).resolve(KzgLocator.FILE);
        if (!Files.isRegularFile(file)) {
            System.err.println("kzg-parameters: there is no file " + file);
            return ExitCode.CONFIGURATION;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                Arena arena = Arena.ofConfined()) {
            MemorySegment content = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            OptionalLong offset = KzgParameters.locateNetworkFile(content);
            if (offset.isEmpty()) {
                System.err.println("kzg-parameters: " + file + " does not hold the network's KZG parameters");
                return ExitCode.CONFIGURATION;
            }
            byte[] found = content.asSlice(offset.getAsLong(), KzgParameters.FILE_BYTES)
                    .toArray(ValueLayout.JAVA_BYTE);
            KzgParameters.network(MemorySegment.ofArray(found));
            DurableFiles.replace(target, found);
            System.out.println("KZG parameters, digest " + KzgParameters.NETWORK_DIGEST + ", written to " + target);
            return ExitCode.STOPPED;
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("kzg-parameters: " + file + ": " + e.getMessage());
            return ExitCode.FAILED;
        }
    }
}
