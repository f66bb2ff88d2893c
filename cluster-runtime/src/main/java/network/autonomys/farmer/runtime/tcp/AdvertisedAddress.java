package network.autonomys.farmer.runtime.tcp;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/**
 * The address under which other hosts reach this one: the one that was named, else the one that is listened on, else the one of the
 * interface that leads to the NATS servers (cluster-and-cli §2.4, {@code --advertise}).
 */
public final class AdvertisedAddress {
    private static final int NATS_PORT = 4222;

    private AdvertisedAddress() {}

    /**
     * The address as {@code host:port}.
     *
     * @param advertise what was named, without or with a port
     * @param bind address listened on
     * @param natsServers URLs of the NATS servers
     * @param port port listened on
     */
    public static String of(Optional<String> advertise, String bind, List<String> natsServers, int port) {
        if (advertise.isPresent()) {
            String named = advertise.get();
            boolean hasPort = named.startsWith("[")
                    ? named.contains("]:")
                    : named.indexOf(':') == named.lastIndexOf(':') && named.contains(":");
            return hasPort ? named : bracketed(named) + ":" + port;
        }
        try {
            InetAddress bound = InetAddress.getByName(bind);
            if (!bound.isAnyLocalAddress()) {
                return text(bound) + ":" + port;
            }
        } catch (UnknownHostException e) {
            return bracketed(bind) + ":" + port;
        }
        for (String server : natsServers) {
            Optional<InetAddress> own = towards(server);
            if (own.isPresent()) {
                return text(own.get()) + ":" + port;
            }
        }
        return text(InetAddress.getLoopbackAddress()) + ":" + port;
    }

    /** The own address of the interface that leads to a server; nothing is sent to find it out. */
    private static Optional<InetAddress> towards(String server) {
        try (DatagramSocket socket = new DatagramSocket()) {
            URI url = URI.create(server.contains("://") ? server : "nats://" + server);
            String host = url.getHost();
            if (host == null) {
                return Optional.empty();
            }
            socket.connect(
                    new InetSocketAddress(InetAddress.getByName(host), url.getPort() < 0 ? NATS_PORT : url.getPort()));
            InetAddress own = socket.getLocalAddress();
            return own.isAnyLocalAddress() ? Optional.empty() : Optional.of(own);
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static String text(InetAddress address) {
        String text = address.getHostAddress();
        int scope = text.indexOf('%');
        String plain = scope < 0 ? text : text.substring(0, scope);
        return address instanceof Inet6Address ? "[" + plain + "]" : plain;
    }

    private static String bracketed(String host) {
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }
}
