package network.autonomys.farmer.runtime;

import java.net.InetSocketAddress;

/** Addresses as operators write them: {@code host:port}, {@code [v6]:port}. */
public final class HostPort {
    private HostPort() {}

    /**
     * Reads an address.
     *
     * @param option where it was named, for the message
     * @throws ConfigurationException for other texts
     */
    public static InetSocketAddress parse(String text, String option) throws ConfigurationException {
        int colon = text.lastIndexOf(':');
        if (colon > 0) {
            String host = text.substring(0, colon);
            if (host.startsWith("[") && host.endsWith("]")) {
                host = host.substring(1, host.length() - 1);
            }
            try {
                int port = Integer.parseInt(text.substring(colon + 1));
                if (port >= 0 && port <= 65_535 && !host.isEmpty()) {
                    return new InetSocketAddress(host, port);
                }
            } catch (NumberFormatException e) {
                throw new ConfigurationException(option + ": \"" + text + "\" is no HOST:PORT");
            }
        }
        throw new ConfigurationException(option + ": \"" + text + "\" is no HOST:PORT");
    }

    /** The text form, with brackets around a v6 address. */
    public static String format(String host, int port) {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
}
