package network.autonomys.farmer.runtime.cache;

import java.util.Map;
import java.util.OptionalLong;
import java.util.Stack;
import network.autonomys.farmer.runtime.ConfigurationException;
import network.autonomys.farmer.runtime.settings.ByteSize;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of both kinds of cache (cluster-and-cli §2.2, §2.4), for use as a picocli mixin. */
public final class CacheOptions {
    private static final String AUTO = "auto";

    @Parameters(
            arity = "1",
            paramLabel = "path=DIR[,size=SIZE]",
            description = "Where the pieces are kept. Without size= the cache takes what it needs and the disk has.")
    private String argument = "";

    @Option(
            names = "--tmp",
            description =
                    "A new identity at each start. What is below path= stays: nothing there is ever deleted by this.")
    private boolean temporary;

    @Option(
            names = "--mem-cache",
            arity = "0..1",
            fallbackValue = AUTO,
            preprocessor = SizeIfThereIsOne.class,
            paramLabel = "SIZE",
            description = "Keep the pieces that were read last in memory too; the directory stays the durable copy."
                    + " Without a size: half of the memory that is free at the start.")
    private @Nullable String memory;

    @Option(names = "--visible", description = "Serve other hosts; this is the default.")
    private boolean visible;

    @Option(names = "--local-only", description = "Serve only processes of this host.")
    private boolean localOnly;

    @Option(
            names = "--item-type",
            paramLabel = "TYPE",
            defaultValue = "piece",
            description = "Form in which pieces are stored; \"piece\" is the only one.")
    private String itemType = "piece";

    @Option(
            names = "--scrub-rate",
            paramLabel = "SIZE|off",
            defaultValue = AUTO,
            description = "Bytes per second at which stored pieces are read again and checked, e.g. 10MiB."
                    + " Default: everything once in the time of --timer cache-scrub (14 days).")
    private String scrubRate = AUTO;

    @Option(
            names = "--listen-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "TCP port on which pieces are served (default: any free one).")
    private int listenPort;

    /** How fast stored pieces are read again. */
    public record Scrub(boolean enabled, OptionalLong bytesPerSecond) {}

    /** The directory and its limit. */
    public CacheArgument argument() throws ConfigurationException {
        try {
            return CacheArgument.parse(argument);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(String.valueOf(e.getMessage()));
        }
    }

    /** Whether the identity is new at each start. */
    public boolean temporary() {
        return temporary;
    }

    /**
     * Bytes of memory for pieces.
     *
     * @param freeMemory bytes of memory that are free now
     */
    public long memoryBytes(long freeMemory) throws ConfigurationException {
        String size = memory;
        if (size == null) {
            return 0;
        }
        if (size.equals(AUTO)) {
            return freeMemory / 2;
        }
        long bytes = size("--mem-cache", size);
        if (bytes > freeMemory) {
            throw new ConfigurationException("--mem-cache " + size + " is more than the " + freeMemory / (1 << 20)
                    + " MiB of memory that are free");
        }
        return bytes;
    }

    /** Whether only this host is served. */
    public boolean localOnly() throws ConfigurationException {
        if (visible && localOnly) {
            throw new ConfigurationException("--visible and --local-only exclude each other");
        }
        return localOnly;
    }

    /** How fast stored pieces are read again. */
    public Scrub scrub() throws ConfigurationException {
        return switch (scrubRate) {
            case "off" -> new Scrub(false, OptionalLong.empty());
            case AUTO -> new Scrub(true, OptionalLong.empty());
            default -> {
                long rate = size("--scrub-rate", scrubRate);
                if (rate == 0) {
                    throw new ConfigurationException("--scrub-rate 0: write \"off\" to switch it off");
                }
                yield new Scrub(true, OptionalLong.of(rate));
            }
        };
    }

    /** The port to listen on, 0 for any. */
    public int listenPort() throws ConfigurationException {
        if (listenPort < 0 || listenPort > 65_535) {
            throw new ConfigurationException("--listen-port " + listenPort + ": a port is 1 to 65535");
        }
        return listenPort;
    }

    /** Refuses what no cache can do. */
    public void check() throws ConfigurationException {
        argument();
        localOnly();
        scrub();
        memoryBytes(Long.MAX_VALUE);
        listenPort();
        if (!itemType.equals("piece")) {
            throw new ConfigurationException("--item-type " + itemType + ": caches store whole pieces, \"piece\"");
        }
    }

    private static long size(String option, String text) throws ConfigurationException {
        try {
            return ByteSize.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(option + ": " + e.getMessage());
        }
    }

    /** Operators write {@code --mem-cache path=DIR}: the word behind the option is its value only where it is a size. */
    static final class SizeIfThereIsOne implements IParameterPreprocessor {
        @Override
        @SuppressWarnings("JdkObsolete") // the parser's own type
        public boolean preprocess(
                Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> state) {
            boolean attached = !" ".equals(state.get("separator"));
            if (!attached && (arguments.isEmpty() || !isSize(arguments.peek()))) {
                arguments.push(AUTO);
            }
            return false;
        }

        private static boolean isSize(String word) {
            return word.equals(AUTO) || (!word.isEmpty() && Character.isDigit(word.charAt(0)));
        }
    }
}
