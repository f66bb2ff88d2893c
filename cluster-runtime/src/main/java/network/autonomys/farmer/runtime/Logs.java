package network.autonomys.farmer.runtime;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * The log of a process: lines on standard output, which supervisors collect and rotate (cluster-and-cli §5.1). Times are UTC. Of a tool, whose
 * output is its result, they go to standard error.
 *
 * <p>Filters look like those of {@code RUST_LOG}: {@code info}, {@code debug}, or {@code info,network.autonomys.farmer.runtime.tcp=debug};
 * {@code ::} counts as a dot, and targets of other programs have no effect.
 */
public final class Logs {
    private static final String PATTERN =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z', UTC} %-5level %X{role:--} %logger{0} - %msg%n";

    /** Libraries that are of interest only when something is wrong with them. */
    private static final String[] QUIET = {"io.netty", "io.nats"};

    private Logs() {}

    /**
     * Levels by logger name of a filter; the empty name is the root's.
     *
     * @throws ConfigurationException for a level that does not exist
     */
    static Map<String, Level> parse(String filter) throws ConfigurationException {
        Map<String, Level> levels = new LinkedHashMap<>();
        for (String part : filter.split(",", -1)) {
            String directive = part.trim();
            if (directive.isEmpty()) {
                continue;
            }
            int equals = directive.indexOf('=');
            String target = equals < 0 ? "" : directive.substring(0, equals).replace("::", ".");
            levels.put(target, level(directive.substring(equals + 1)));
        }
        return levels;
    }

    private static Level level(String name) throws ConfigurationException {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "off" -> Level.OFF;
            case "error" -> Level.ERROR;
            case "warn", "warning" -> Level.WARN;
            case "info" -> Level.INFO;
            case "debug" -> Level.DEBUG;
            case "trace" -> Level.TRACE;
            default ->
                throw new ConfigurationException(
                        "log filter: \"" + name + "\" is no level (error, warn, info, debug, trace, off)");
        };
    }

    /**
     * Sets the log up.
     *
     * @param filter levels, see above
     * @param json one JSON object per line instead of text
     */
    public static void configure(String filter, boolean json) throws ConfigurationException {
        configure(filter, json, "System.out");
    }

    /** The same for a tool: its log goes to standard error. */
    public static void configureTool(String filter, boolean json) throws ConfigurationException {
        configure(filter, json, "System.err");
    }

    private static void configure(String filter, boolean json, String target) throws ConfigurationException {
        Map<String, Level> levels = parse(filter);
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setName("console");
        console.setTarget(target);
        console.setEncoder(encoder(context, json));
        console.start();
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(console);
        root.setLevel(Level.INFO);
        for (String quiet : QUIET) {
            context.getLogger(quiet).setLevel(Level.WARN);
        }
        levels.forEach((name, level) -> (name.isEmpty() ? root : context.getLogger(name)).setLevel(level));
    }

    private static Encoder<ILoggingEvent> encoder(LoggerContext context, boolean json) {
        if (json) {
            JsonEncoder encoder = new JsonEncoder();
            encoder.setContext(context);
            encoder.setWithFormattedMessage(true);
            encoder.setWithMessage(false);
            encoder.start();
            return encoder;
        }
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        return encoder;
    }
}
