package network.autonomys.farmer.controller;

import java.time.Duration;
import java.util.Locale;

/**
 * When the node is told that an archived segment is safe ({@code --ack-policy}, design §5). Until then its archiving stands still, for
 * two minutes at most; afterwards it forgets the segment's pieces.
 *
 * @param when what has to be reached
 * @param limit time after which it is told anyway, with an alarm
 */
record AckPolicy(When when, Duration limit) {
    /** What an acknowledgement waits for. */
    enum When {
        /** One durable copy of each of the 256 pieces in the caches. */
        DURABLE,
        /** All pieces on this controller's disk. */
        FETCHED,
        /** Nothing: the network's other archives are trusted. */
        IMMEDIATE
    }

    /** The node gives up waiting after 2 minutes; a longer limit would be none. */
    static final Duration MAX_LIMIT = Duration.ofSeconds(110);

    static final AckPolicy DEFAULT = new AckPolicy(When.DURABLE, Duration.ofSeconds(30));

    AckPolicy {
        if (limit.isNegative() || limit.isZero() || limit.compareTo(MAX_LIMIT) > 0) {
            throw new IllegalArgumentException(
                    "an acknowledgement may wait 1 to " + MAX_LIMIT.toSeconds() + " seconds, not " + limit.toSeconds());
        }
    }

    /**
     * Reads {@code durable}, {@code fetched} or {@code immediate}, with {@code :SECONDS} behind it where the limit is another.
     *
     * @throws IllegalArgumentException for anything else
     */
    static AckPolicy parse(String text, Duration defaultLimit) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        When when = switch (name.toLowerCase(Locale.ROOT)) {
            case "durable" -> When.DURABLE;
            case "fetched" -> When.FETCHED;
            case "immediate" -> When.IMMEDIATE;
            default ->
                throw new IllegalArgumentException(
                        "\"" + text + "\": use durable, fetched or immediate, e.g. durable:30");
        };
        if (colon < 0) {
            return new AckPolicy(when, defaultLimit);
        }
        try {
            return new AckPolicy(when, Duration.ofSeconds(Integer.parseInt(text.substring(colon + 1))));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + text + "\": no number of seconds behind the colon", e);
        }
    }
}
