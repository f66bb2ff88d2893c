package network.autonomys.farmer.cuda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdevice_attribute;
import jcuda.driver.JCudaDriver;

/** The driver's library, as far as it concerns the process as a whole: whether it is there, new enough, and what cards it shows. */
public final class CudaDriver {
    /** What the kernels' PTX (ISA 8.0) needs: CUDA 12.0, drivers from 525.60.13. */
    private static final int LOWEST_VERSION = 12_000;

    private static final String LIBRARY = "libcuda.so.1";
    private static final int NO_DEVICE = 100;

    private CudaDriver() {}

    /**
     * The cards of this host.
     *
     * @throws GpuUnavailableException where there is no driver, too old a one, or no card that the kernels run on
     */
    public static List<GpuInfo> devices() throws GpuUnavailableException {
        load();
        int result = JCudaDriver.cuInit(0);
        if (result == NO_DEVICE) {
            throw new GpuUnavailableException("the driver shows no graphics card (is CUDA_VISIBLE_DEVICES empty?)");
        }
        if (result != 0) {
            throw new GpuUnavailableException("the driver does not start: " + Cuda.nameOf(result));
        }
        requireVersion();
        int[] count = new int[1];
        Cuda.check(JCudaDriver.cuDeviceGetCount(count), "counting the cards");
        List<GpuInfo> devices = new ArrayList<>();
        List<GpuInfo> tooOld = new ArrayList<>();
        for (int ordinal = 0; ordinal < count[0]; ordinal++) {
            GpuInfo info = info(ordinal);
            (info.supported() ? devices : tooOld).add(info);
        }
        if (devices.isEmpty()) {
            throw new GpuUnavailableException(
                    tooOld.isEmpty()
                            ? "the driver shows no graphics card (is CUDA_VISIBLE_DEVICES empty?)"
                            : "compute capability 7.5 is needed: " + tooOld);
        }
        return devices;
    }

    /**
     * The newest CUDA that the driver supports, as 12.4.
     *
     * @throws GpuUnavailableException where there is no driver
     */
    public static String version() throws GpuUnavailableException {
        load();
        return inWords(supported());
    }

    private static int supported() {
        int[] version = new int[1];
        Cuda.check(JCudaDriver.cuDriverGetVersion(version), "asking for the driver's version");
        return version[0];
    }

    private static String inWords(int version) {
        return version / 1000 + "." + version % 1000 / 10;
    }

    private static void requireVersion() throws GpuUnavailableException {
        int version = supported();
        if (version < LOWEST_VERSION) {
            throw new GpuUnavailableException("the driver is too old: it supports CUDA " + inWords(version)
                    + ", needed is 12.0 (driver 525.60.13 or newer)");
        }
    }

    private static GpuInfo info(int ordinal) {
        CUdevice device = new CUdevice();
        Cuda.check(JCudaDriver.cuDeviceGet(device, ordinal), "opening card " + ordinal);
        byte[] name = new byte[128];
        Cuda.check(JCudaDriver.cuDeviceGetName(name, name.length, device), "naming card " + ordinal);
        long[] memory = new long[1];
        Cuda.check(JCudaDriver.cuDeviceTotalMem(memory, device), "measuring card " + ordinal);
        int major = attribute(device, CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR);
        int minor = attribute(device, CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR);
        String text = new String(name, StandardCharsets.UTF_8);
        int end = text.indexOf('\0');
        return new GpuInfo(ordinal, end < 0 ? text : text.substring(0, end), major, minor, memory[0]);
    }

    private static int attribute(CUdevice device, int attribute) {
        int[] value = new int[1];
        Cuda.check(JCudaDriver.cuDeviceGetAttribute(value, attribute, device), "asking a card what it is");
        return value[0];
    }

    /** Loads the driver, then JCuda's binding, which without a driver would fail with an error instead of an answer. */
    private static synchronized void load() throws GpuUnavailableException {
        try (Arena arena = Arena.ofConfined()) {
            findLibrary(arena);
        } catch (IllegalArgumentException e) {
            throw new GpuUnavailableException("no NVIDIA driver: " + LIBRARY + " is not on this host", e);
        }
        try {
            bind();
        } catch (LinkageError e) {
            throw new GpuUnavailableException("JCuda cannot use the driver: " + e.getMessage(), e);
        } catch (IOException | UncheckedIOException e) {
            throw new GpuUnavailableException("no place for JCuda's native library: " + e.getMessage(), e);
        }
    }

    @SuppressWarnings({"restricted", "ReturnValueIgnored"})
    private static void findLibrary(Arena arena) {
        SymbolLookup.libraryLookup(LIBRARY, arena);
    }

    /**
     * JCuda unpacks its native library into the folder for temporary files under a name that anybody can foresee, and loads what it finds there.
     * Here that folder is, for this moment, a new one of our own; what is loaded needs its file no longer.
     */
    private static void bind() throws IOException {
        String property = "java.io.tmpdir";
        String usual = System.getProperty(property);
        Path own = Files.createTempDirectory("autonomys-cuda");
        try {
            System.setProperty(property, own.toString());
            JCudaDriver.setExceptionsEnabled(false);
        } finally {
            System.setProperty(property, usual);
            delete(own);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
