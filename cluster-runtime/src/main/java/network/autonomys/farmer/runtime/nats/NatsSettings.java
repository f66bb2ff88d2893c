package network.autonomys.farmer.runtime.nats;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How to reach NATS.
 *
 * @param servers addresses, each tried in turn; one cluster
 * @param name name of this connection, for the servers' monitoring pages
 * @param user user and password, where the servers want them
 * @param token token, where the servers want one
 * @param reconnectMax longest pause between two attempts to connect
 */
public record NatsSettings(
        List<String> servers, String name, Optional<Credentials> user, Optional<String> token, Duration reconnectMax) {
    /**
     * A user of the NATS servers.
     *
     * @param user name
     * @param password password
     */
    public record Credentials(String user, String password) {
        @Override
        public String toString() {
            return "Credentials[" + user + "]";
        }
    }

    public NatsSettings {
        servers = List.copyOf(servers);
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("no NATS server named");
        }
    }

    /** Without authentication. */
    public static NatsSettings of(List<String> servers, String name, Duration reconnectMax) {
        return new NatsSettings(servers, name, Optional.empty(), Optional.empty(), reconnectMax);
    }
}
