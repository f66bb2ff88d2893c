package network.autonomys.farmer.testkit;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.Blake3;
import org.junit.jupiter.api.Assumptions;

/**
 * The stand-in for libcuda.so.1: built from src/test/cpp of consensus-cuda and the kernels by the host's C++ compiler, and loaded before JCuda looks
 * for the driver.
 * What it is told applies to the whole process: tests that use it run one after the other and begin with {@link #fresh}.
 */
@SuppressWarnings("restricted")
public final class StandIn {
    private static final String COMPILER = "c++";
    private static Optional<StandIn> loaded = Optional.empty();

    private final SymbolLookup symbols;

    private StandIn(Path library) {
        System.load(library.toString());
        symbols = SymbolLookup.libraryLookup(library, Arena.global());
    }

    /** The stand-in with nothing wrong. Without a compiler the test is skipped; in continuous integration that is a failure. */
    public static synchronized StandIn fresh() {
        if (loaded.isEmpty()) {
            if (!hasCompiler()) {
                if ("true".equals(System.getenv("CI"))) {
                    throw new AssertionError("CI needs a C++ compiler and there is no " + COMPILER);
                }
                Assumptions.abort("skipped: no C++ compiler (" + COMPILER + ") to build the kernels for the host");
            }
            try {
                loaded = Optional.of(new StandIn(library()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        StandIn standIn = loaded.get();
        standIn.reset();
        return standIn;
    }

    private static boolean hasCompiler() {
        try {
            return run(List.of(COMPILER, "--version"), Files.createTempFile("compiler", ".out")) == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** The library, built unless it has been for exactly these sources. */
    private static Path library() throws IOException {
        Path module = Vectors.projectRoot().resolve("consensus-cuda");
        Path folder = module.resolve("target/stand-in").resolve(digest(module));
        Path library = folder.resolve("libcuda.so.1");
        if (Files.exists(library)) {
            return library;
        }
        Files.createDirectories(folder);
        Path cpp = module.resolve("src/test/cpp");
        Path made = Files.createTempFile(folder, "made", ".so");
        Path log = folder.resolve("compiler.log");
        int status = run(
                List.of(
                        COMPILER,
                        "-std=c++17",
                        "-O2",
                        "-fPIC",
                        "-shared",
                        "-I" + cpp,
                        "-I" + module.resolve("src/main/cuda"),
                        "-x",
                        "c++",
                        cpp.resolve("driver.cpp").toString(),
                        cpp.resolve("host_threads.cpp").toString(),
                        "-Wl,-soname,libcuda.so.1",
                        "-o",
                        made.toString()),
                log);
        if (status != 0) {
            throw new AssertionError("the kernels do not compile for the host: " + Files.readString(log));
        }
        Files.move(made, library, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        return library;
    }

    private static String digest(Path module) throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String folder : List.of("src/main/cuda", "src/test/cpp")) {
            try (Stream<Path> files = Files.list(module.resolve(folder))) {
                files.forEach(sources::add);
            }
        }
        Blake3 hasher = Blake3.initHash();
        for (Path source : sources.stream().sorted().toList()) {
            hasher.update(Files.readAllBytes(source));
        }
        return HexFormat.of().formatHex(hasher.doFinalize(8));
    }

    private static int run(List<String> command, Path log) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                return -1;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
        return process.exitValue();
    }

    private MethodHandle function(String name, FunctionDescriptor type) {
        return Linker.nativeLinker().downcallHandle(symbols.find(name).orElseThrow(), type);
    }

    private void call(String name, MemoryLayout[] types, Object... arguments) {
        try {
            function(name, FunctionDescriptor.ofVoid(types)).invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private void reset() {
        call("standin_reset", new MemoryLayout[0]);
    }

    /** What cards there are. */
    public void machine(int cards, int driverVersion, int capability, long memory) {
        call(
                "standin_machine",
                new MemoryLayout[] {JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG},
                cards,
                driverVersion,
                capability,
                memory);
    }

    /** From the call after {@code after} more calls on, a function of the driver gives an error, so many times. */
    public void fail(String function, int result, int after, int times) {
        try (Arena arena = Arena.ofConfined()) {
            call(
                    "standin_fail",
                    new MemoryLayout[] {ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT},
                    arena.allocateFrom(function),
                    result,
                    after,
                    times);
        }
    }

    /** Whether work never ends. */
    public void hang(boolean on) {
        call("standin_hang", new MemoryLayout[] {JAVA_INT}, on ? 1 : 0);
    }

    /** A kernel that leaves a wrong bit in what one of its arguments points to; empty: none. */
    public void wrong(String kernel, int argument, int offset) {
        wrong(kernel, argument, offset, 4);
    }

    /** The same for chosen bits of a byte. */
    public void wrong(String kernel, int argument, int offset, int bits) {
        try (Arena arena = Arena.ofConfined()) {
            call(
                    "standin_wrong",
                    new MemoryLayout[] {ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT},
                    arena.allocateFrom(kernel),
                    argument,
                    offset,
                    bits);
        }
    }

    /** How often a function of the driver or a kernel was called since {@link #fresh}. */
    public int calls(String function) {
        try (Arena arena = Arena.ofConfined()) {
            return (int) function("standin_calls", FunctionDescriptor.of(JAVA_INT, ADDRESS))
                    .invokeWithArguments(arena.allocateFrom(function));
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** Bytes allocated on the cards. */
    public long used() {
        try {
            return (long)
                    function("standin_used", FunctionDescriptor.of(JAVA_LONG)).invokeWithArguments();
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
