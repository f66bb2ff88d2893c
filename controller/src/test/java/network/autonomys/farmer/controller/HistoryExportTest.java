package network.autonomys.farmer.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalLong;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.devnode.DevNode;
import network.autonomys.farmer.runtime.cache.CacheNode;
import network.autonomys.farmer.runtime.cache.MemoryTier;
import network.autonomys.farmer.runtime.cache.StorePieceVault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The export of a real node's history by the command that operators type. */
class HistoryExportTest {
    @TempDir
    Path root;

    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

    private int run(String... arguments) {
        PrintStream out = new PrintStream(messages, true, StandardCharsets.UTF_8);
        return new CommandLine(new ExportPieceCommand(out, out)).execute(arguments);
    }

    private String said() {
        String text = messages.toString(StandardCharsets.UTF_8);
        messages.reset();
        return text;
    }

    private StorePieceVault open(Path folder) throws Exception {
        return new StorePieceVault(
                folder,
                Constants.PIECE_SIZE,
                OptionalLong.empty(),
                new MemoryTier(Constants.PIECE_SIZE, 0),
                piece -> {},
                true);
    }

    @Test
    void historyIsExportedOnceAndGapsAreFilled() throws Exception {
        Path folder = root.resolve("full-cache-tmp");
        try (DevNode node = TestChain.start(root.resolve("node"), 0)) {
            String url = "http://127.0.0.1:" + node.address().getPort();
            String[] arguments = {"--node-url", url, "--to", folder.toString(), "--kzg-parameters", "dev"};
            assertThat(run("--dry-run", "--node-url", url, "--to", folder.toString(), "--kzg-parameters", "dev"))
                    .isZero();
            assertThat(said()).contains("1 segments of history, 0 pieces").doesNotContain("written");

            assertThat(run(arguments)).isZero();
            assertThat(said()).contains("256 pieces written", "Complete", "full-piece-cache path=" + folder);
            try (StorePieceVault vault = open(folder)) {
                assertThat(vault.held().countInSegment(0)).isEqualTo(256);
                vault.drop(3);
                vault.drop(255);
                // Held open by a cache: told, and not touched.
                assertThat(run(arguments)).isEqualTo(2);
                assertThat(said()).contains("in use");
            }
            // A cache verifies what it did not write itself.
            assertThat(folder.resolve(CacheNode.VERIFIED_MARK)).doesNotExist();

            assertThat(run(arguments)).isZero();
            assertThat(said()).contains("2 missing", "2 pieces written");
            assertThat(run(arguments)).isZero();
            assertThat(said()).contains("0 missing", "Complete").doesNotContain("written");
        }
    }

    @Test
    void wrongArgumentsAreRefusedAtOnce() {
        assertThat(run("--node-url", "ws://127.0.0.1:9944", "--kzg-parameters", "dev"))
                .isEqualTo(2);
        assertThat(said()).contains("http://HOST:PORT");
        assertThat(run("--node-url", "http://127.0.0.1:1", "--threads", "0", "--kzg-parameters", "dev"))
                .isEqualTo(2);
        assertThat(said()).contains("--threads 0");
        assertThat(run("--kzg-parameters", root.resolve("none").toString())).isEqualTo(2);
        assertThat(said()).contains("no KZG parameters");
        assertThat(run("--frobnicate")).isEqualTo(2);
    }
}
