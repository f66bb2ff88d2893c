package network.autonomys.farmer.cuda;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What an operator can choose.
 *
 * @param gpus the driver's numbers of the cards to use; empty: all
 * @param concurrency records in flight on a card; empty: what the free memory holds, at most {@link #USUAL_CONCURRENCY}
 * @param watchdog how long a record may take before its card counts as hung
 * @param retryAfter how long a card that failed is left alone
 * @param checkEvery one record in this many is computed on the processor as well, as far as one thread keeps up with it
 */
public record GpuSettings(
        List<Integer> gpus, OptionalInt concurrency, Duration watchdog, Duration retryAfter, int checkEvery) {
    /** Records in flight on a card where nothing else is said. */
    public static final int USUAL_CONCURRENCY = 8;

    private static final int MOST_GPUS = 256;
    private static final int MOST_CONCURRENCY = 1024;

    /** Settings in the ranges that make sense. */
    public GpuSettings {
        gpus = List.copyOf(gpus);
        if (checkEvery < 1 || (concurrency.isPresent() && concurrency.getAsInt() < 1)) {
            throw new IllegalArgumentException("concurrency and checks are at least 1");
        }
    }

    /** All cards, as many records as fit, a check for 1 record in 64. */
    public static GpuSettings usual() {
        return new GpuSettings(List.of(), OptionalInt.empty(), Duration.ofSeconds(20), Duration.ofSeconds(30), 64);
    }

    /**
     * The settings of a command line and its environment.
     *
     * @param gpus numbers separated by commas, within {@code CUDA_VISIBLE_DEVICES}; empty: all
     * @param environment {@code GPU_CONCURRENCY} is read from it
     * @throws GpuUnavailableException where a value is no number in its range
     */
    public static GpuSettings of(String gpus, Map<String, String> environment) throws GpuUnavailableException {
        GpuSettings usual = usual();
        List<Integer> numbers = new ArrayList<>();
        for (String part : gpus.isBlank() ? new String[0] : gpus.split(",", -1)) {
            int number = number("--gpus " + gpus, part, 0, MOST_GPUS - 1);
            if (numbers.contains(number)) {
                throw GpuUnavailableException.ofSettings("--gpus " + gpus + " names card " + number + " twice");
            }
            numbers.add(number);
        }
        String named = environment.getOrDefault("GPU_CONCURRENCY", "");
        OptionalInt concurrency = named.isBlank()
                ? OptionalInt.empty()
                : OptionalInt.of(number("GPU_CONCURRENCY=" + named, named, 1, MOST_CONCURRENCY));
        return new GpuSettings(numbers, concurrency, usual.watchdog, usual.retryAfter, usual.checkEvery);
    }

    private static int number(String what, String text, int least, int most) throws GpuUnavailableException {
        try {
            int number = Integer.parseInt(text.trim());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw GpuUnavailableException.ofSettings(what + ": \"" + text.trim() + "\" is no number");
        }
        throw GpuUnavailableException.ofSettings(what + " is not between " + least + " and " + most);
    }
}
