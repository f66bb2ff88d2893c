package network.autonomys.farmer.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jcuda.nvptxcompiler.JNvPTXCompiler;
import jcuda.nvptxcompiler.nvPTXCompilerHandle;
import network.autonomys.farmer.testkit.Vectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped PTX: that it is of these sources, is what nvcc makes of them, and is taken by the assembler of CUDA 12.0 for every kind of card. */
class KernelsPtxTest {
    private static final Path SOURCES = Vectors.projectRoot().resolve("consensus-cuda/src/main/cuda");

    private static String shipped() {
        byte[] ptx = GpuContext.ptx();
        return new String(ptx, 0, ptx.length - 1, StandardCharsets.US_ASCII);
    }

    @Test
    void isOfTheseSources() throws IOException, NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (String kind : List.of(".cu", ".cuh")) {
            try (Stream<Path> files = Files.list(SOURCES)) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(kind)).sorted().toList()) {
                    digest.update(Files.readAllBytes(file));
                }
            }
        }
        assertThat(shipped().lines().findFirst().orElseThrow())
                .as("run build-ptx.sh after a change of the kernels")
                .endsWith(HexFormat.of().formatHex(digest.digest()));
    }

    @Test
    void isWhatTheCompilerMakes(@TempDir Path folder) throws IOException, InterruptedException {
        String compiler = compiler().orElse("");
        Assumptions.assumeFalse(
                compiler.isEmpty(), "skipped: no nvcc (set NVCC to that of CUDA 13.0) to build the kernels with");
        Path made = folder.resolve("kernels.ptx");
        ProcessBuilder builder =
                new ProcessBuilder(SOURCES.resolve("build-ptx.sh").toString(), made.toString());
        builder.environment().put("NVCC", compiler);
        Process process = builder.inheritIO().start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(made).hasContent(shipped());
    }

    private static Optional<String> compiler() {
        String named = System.getenv("NVCC");
        if (named != null) {
            return Optional.of(named);
        }
        return Stream.of(System.getenv("PATH").split(":", -1))
                .map(folder -> Path.of(folder, "nvcc"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    @Test
    void hasTheKernelsThatTheHostCodeStarts() {
        Matcher entries = Pattern.compile("\\.entry (\\w+)\\(").matcher(shipped());
        assertThat(entries.results().map(m -> m.group(1)))
                .contains("table_first", "table_v1_2", "table_v1_7", "table_v2", "select_v1", "select_v2")
                .contains("rank_found", "encode_chunks", "reveal_proofs")
                .contains("extend_first", "extend_middle", "extend_last")
                .contains(
                        "point_multiples",
                        "digit_count",
                        "digit_begin",
                        "digit_distribute",
                        "bucket_sums",
                        "bucket_total")
                .contains(
                        "find_v1",
                        "find_v2",
                        "transform_down",
                        "transform_up",
                        "scalars_in",
                        "scalars_out",
                        "shift_to_odd")
                .contains("vanishing_leaves", "vanishing_pad", "multiply_pairs", "vanishing_join")
                .contains("recover_derive", "recover_weigh", "recover_series");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sm_75", "sm_80", "sm_86", "sm_89", "sm_90"})
    void assembles(String card) {
        byte[] ptx = GpuContext.ptx();
        nvPTXCompilerHandle handle = new nvPTXCompilerHandle();
        JNvPTXCompiler.setExceptionsEnabled(false);
        assertThat(JNvPTXCompiler.nvPTXCompilerCreate(handle, ptx.length, ptx)).isZero();
        // What is asked is whether the assembler understands it; the least optimisation answers that soonest.
        String[] options = {"--gpu-name=" + card, "--opt-level=0"};
        int result = JNvPTXCompiler.nvPTXCompilerCompile(handle, options.length, options);
        assertThat(result).as("%s: %s", card, result == 0 ? "" : errors(handle)).isZero();
        long[] size = new long[1];
        assertThat(JNvPTXCompiler.nvPTXCompilerGetCompiledProgramSize(handle, size))
                .isZero();
        assertThat(size[0]).isGreaterThan(10_000);
        assertThat(JNvPTXCompiler.nvPTXCompilerDestroy(handle)).isZero();
    }

    private static String errors(nvPTXCompilerHandle handle) {
        long[] size = new long[1];
        JNvPTXCompiler.nvPTXCompilerGetErrorLogSize(handle, size);
        byte[] log = new byte[Math.toIntExact(size[0]) + 1];
        JNvPTXCompiler.nvPTXCompilerGetErrorLog(handle, log);
        return new String(log, StandardCharsets.US_ASCII);
    }
}
