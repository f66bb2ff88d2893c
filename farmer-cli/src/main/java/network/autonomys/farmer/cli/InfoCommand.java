package network.autonomys.farmer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import network.autonomys.farmer.runtime.ExitCode;
import network.autonomys.farmer.storage.farm.FarmInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code info}: what farms are, as the reference farmer prints it (sectors-farms §7.9). */
@Command(
        name = "info",
        mixinStandardHelpOptions = true,
        description = {
            "Prints what the farms are. They may be in use meanwhile.",
            "Exit code 0, or 1 where a farm is missing or its info cannot be read."
        })
final class InfoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "Folders of farms.")
    private List<Path> folders;

    InfoCommand() {}

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        int code = ExitCode.STOPPED;
        for (int i = 0; i < folders.size(); i++) {
            Path folder = folders.get(i);
            if (i > 0) {
                out.println();
            }
            try {
                if (!Files.isRegularFile(folder.resolve(FarmInfo.FILE))) {
                    throw new IOException("there is no farm in " + folder);
                }
                FarmInfo.read(folder).describe(i).forEach(out::println);
                out.println("  Directory: " + folder);
            } catch (IOException e) {
                out.flush();
                spec.commandLine().getErr().println("info: " + e.getMessage());
                code = ExitCode.FAILED;
            }
        }
        out.flush();
        return code;
    }
}
