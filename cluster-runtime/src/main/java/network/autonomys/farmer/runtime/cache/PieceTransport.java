package network.autonomys.farmer.runtime.cache;

import java.io.IOException;
import java.time.Duration;
import network.autonomys.farmer.protocol.message.Presence;

/** The way to the bulk listeners of other processes. */
public interface PieceTransport extends PeerHoldings.Probe {
    /**
     * Fetches pieces from one listener; returns when each was delivered or denied.
     *
     * @param address {@code host:port}
     * @param pieces at most 1024
     */
    void fetch(String address, long[] pieces, PieceSource.PieceSink sink, Duration limit)
            throws IOException, InterruptedException;

    /** The listener of a process that this host can reach, empty text for none. */
    static String address(Presence member, String ownHost) {
        for (String address : member.addresses()) {
            boolean loopback =
                    address.startsWith("127.") || address.startsWith("localhost:") || address.startsWith("[::1]");
            if (!loopback || member.host().equals(ownHost)) {
                return address;
            }
        }
        return "";
    }
}
