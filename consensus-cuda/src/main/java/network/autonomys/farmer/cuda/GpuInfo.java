package network.autonomys.farmer.cuda;

/**
 * A graphics card as the driver shows it.
 *
 * @param ordinal the driver's number of it, within {@code CUDA_VISIBLE_DEVICES}
 * @param name the maker's name
 * @param major compute capability before the point
 * @param minor compute capability after the point
 * @param memory bytes on the card
 */
public record GpuInfo(int ordinal, String name, int major, int minor, long memory) {
    /** Lowest compute capability that the kernels are built for: 7.5. */
    static final int LOWEST_CAPABILITY = 75;

    boolean supported() {
        return major * 10 + minor >= LOWEST_CAPABILITY;
    }

    @Override
    public String toString() {
        return "GPU " + ordinal + " (" + name + ", compute capability " + major + "." + minor + ", " + (memory >> 20)
                + " MiB)";
    }
}
