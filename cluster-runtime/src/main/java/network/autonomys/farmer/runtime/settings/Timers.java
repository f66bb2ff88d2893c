package network.autonomys.farmer.runtime.settings;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The values of all timers. Immutable. */
public final class Timers {
    private final Map<Timer, Duration> values;

    private Timers(Map<Timer, Duration> values) {
        this.values = values;
    }

    /** The values for production. */
    public static Timers normal() {
        Map<Timer, Duration> values = new EnumMap<>(Timer.class);
        for (Timer timer : Timer.values()) {
            values.put(timer, timer.normal());
        }
        return new Timers(values);
    }

    /** The short values for demos and tests. */
    public static Timers demo() {
        Map<Timer, Duration> values = new EnumMap<>(Timer.class);
        for (Timer timer : Timer.values()) {
            values.put(timer, timer.shortened());
        }
        return new Timers(values);
    }

    /**
     * A set by its name on the command line.
     *
     * @throws IllegalArgumentException for others than {@code default} and {@code demo}
     */
    public static Timers ofName(String name) {
        return switch (name) {
            case "default" -> normal();
            case "demo" -> demo();
            default -> throw new IllegalArgumentException("timers are \"default\" or \"demo\", not \"" + name + "\"");
        };
    }

    /** The same with one value changed. */
    public Timers with(Timer timer, Duration value) {
        Map<Timer, Duration> changed = new EnumMap<>(values);
        changed.put(timer, value);
        return new Timers(changed);
    }

    /**
     * The same with values changed as on the command line, {@code name=duration}.
     *
     * @throws IllegalArgumentException for an unknown name, or a value that is no duration above zero
     */
    public Timers with(Map<String, String> overrides) {
        Timers result = this;
        for (Map.Entry<String, String> override : overrides.entrySet()) {
            Timer timer = Timer.ofLabel(override.getKey())
                    .orElseThrow(() -> new IllegalArgumentException(
                            "unknown timer \"" + override.getKey() + "\"; there are " + names()));
            Duration value = Durations.parse(override.getValue());
            if (value.isZero()) {
                throw new IllegalArgumentException("timer " + timer.label() + " must be above zero");
            }
            result = result.with(timer, value);
        }
        return result;
    }

    public Duration get(Timer timer) {
        Duration value = values.get(timer);
        if (value == null) {
            throw new IllegalStateException("no value for " + timer);
        }
        return value;
    }

    private static String names() {
        return Arrays.stream(Timer.values()).map(Timer::label).collect(Collectors.joining(", "));
    }
}
