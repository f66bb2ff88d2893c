package network.autonomys.farmer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import network.autonomys.farmer.runtime.ExitCode;
import network.autonomys.farmer.storage.farm.FarmInfo;
import network.autonomys.farmer.storage.farm.FarmWipe;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code wipe}: deletes farms (sectors-farms §7.9). */
@Command(
        name = "wipe",
        mixinStandardHelpOptions = true,
        description = {
            "Deletes farms at once and for good: plot, metadata, piece cache and identity, and nothing else in their folders.",
            "The farms must not be in use. Exit code 0, or 1 where a farm could not be deleted; a folder that has no farm is refused before",
            "anything is deleted."
        })
final class WipeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "Folders of farms.")
    private List<Path> folders;

    WipeCommand() {}

    @Override
    public Integer call() {
        for (Path folder : folders) {
            if (!Files.isRegularFile(folder.resolve(FarmInfo.FILE))) {
                throw new ParameterException(spec.commandLine(), "there is no farm in " + folder);
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        int code = ExitCode.STOPPED;
        for (Path folder : folders) {
            try {
                List<Path> deleted = FarmWipe.wipe(folder);
                deleted.forEach(file -> out.println("deleted " + file));
                out.println(folder + ": wiped");
            } catch (IOException e) {
                out.flush();
                spec.commandLine().getErr().println("wipe: " + e.getMessage());
                code = ExitCode.FAILED;
            }
        }
        out.flush();
        return code;
    }
}
