package network.autonomys.farmer.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import network.autonomys.farmer.runtime.metrics.PushSettings;
import network.autonomys.farmer.runtime.nats.NatsSettings;
import network.autonomys.farmer.runtime.settings.Timer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class RoleOptionsTest {
    private static RoleOptions parse(String... arguments) {
        return CommandLine.populateCommand(new RoleOptions(), arguments);
    }

    @Test
    void serversMayBeRepeatedListedAndDoubled() throws ConfigurationException {
        RoleOptions options =
                parse("--nats-server", "nats://a,nats://b", "--nats-servers=nats://a", "--nats-server", "nats://c");
        assertThat(options.natsServers()).containsExactly("nats://a", "nats://b", "nats://c");
        options.addNatsServers(List.of("nats://z"));
        assertThat(options.natsServers()).startsWith("nats://z");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> parse().natsServers())
                .withMessageContaining("--nats-server");
    }

    @Test
    void defaultsAreThoseOfTheDocumentation() throws ConfigurationException {
        RoleOptions options = parse();
        assertThat(options.subjects().cluster()).isEqualTo("main");
        assertThat(options.timers().get(Timer.RING_EPOCH)).isEqualTo(Duration.ofSeconds(60));
        assertThat(options.bind()).isEqualTo("0.0.0.0");
        assertThat(options.advertise()).isEmpty();
        assertThat(options.prometheusListenOn()).isEmpty();
        assertThat(options.kzgParameters()).isEmpty();
        assertThat(options.dataSecret()).isEmpty();
        assertThat(options.dryRun()).isFalse();
        assertThat(options.hostName()).isNotEmpty();
    }

    @Test
    void everythingCanBeSet(@TempDir Path folder) throws ConfigurationException, IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "sixteen bytes or more\n");
        RoleOptions options = parse(
                "--nats-server=nats://a",
                "--cluster-name=b",
                "--timers=demo",
                "--timer",
                "lease=7s",
                "--zone=r1",
                "--host-name=h",
                "--prometheus-listen-on=127.0.0.1:1",
                "--prometheus-listen-on=[::1]:2",
                "--kzg-parameters=dev",
                "--data-secret-file=" + secret,
                "--nats-user=u",
                "--nats-password-file=" + secret,
                "--dry-run");
        assertThat(options.subjects().who()).isEqualTo("af.b.who");
        assertThat(options.timers().get(Timer.LEASE)).isEqualTo(Duration.ofSeconds(7));
        assertThat(options.timers().get(Timer.RING_EPOCH)).isEqualTo(Timer.RING_EPOCH.shortened());
        assertThat(options.prometheusListenOn())
                .extracting(address -> address.getPort())
                .containsExactly(1, 2);
        assertThat(options.dataSecret().orElseThrow()).hasSize(21);
        NatsSettings nats = options.nats("test");
        assertThat(nats.user().orElseThrow().password()).isEqualTo("sixteen bytes or more");
        assertThat(nats.toString()).doesNotContain("sixteen");
        assertThat(options.dryRun()).isTrue();
    }

    @Test
    void whatCannotWorkIsNamed(@TempDir Path folder) throws IOException {
        Path tooShort = Files.writeString(folder.resolve("secret"), "short");
        assertRefused(() -> parse("--cluster-name=a.b").subjects(), "--cluster-name");
        assertRefused(() -> parse("--timers=quick").timers(), "quick");
        assertRefused(() -> parse("--timer=nonsense=1s").timers(), "nonsense");
        assertRefused(() -> parse("--data-secret-file=" + tooShort).dataSecret(), "16 bytes");
        assertRefused(
                () -> parse("--data-secret-file=" + folder.resolve("none")).dataSecret(), "none");
        assertRefused(() -> parse("--nats-server=a", "--nats-user=u").nats("x"), "--nats-password-file");
        assertFails(parse("--log-format=xml"), "xml");
        assertFails(parse("--log=loud"), "loud");
    }

    private interface Access {
        Object run() throws ConfigurationException;
    }

    private static void assertRefused(Access access, String part) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(access::run)
                .withMessageContaining(part);
    }

    private static void assertFails(RoleOptions options, String part) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(options::configureLog)
                .withMessageContaining(part);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "host", "host:", ":1", "host:65536", "host:-1", "host:x"})
    void otherTextsAreNoAddresses(String text) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> HostPort.parse(text, "--x"))
                .withMessageContaining("--x");
    }

    @Test
    void addressesOfBothKindsAreWrittenAsTheyAreRead() throws ConfigurationException {
        assertThat(HostPort.parse("[::1]:80", "--x").getPort()).isEqualTo(80);
        assertThat(HostPort.format("::1", 80)).isEqualTo("[::1]:80");
        assertThat(HostPort.format("10.0.0.1", 80)).isEqualTo("10.0.0.1:80");
    }

    @Test
    void logFiltersLookLikeThoseOfTheReference() throws ConfigurationException {
        assertThat(Logs.parse("info,subspace_farmer=debug,a::b=warn,"))
                .containsEntry("", Level.INFO)
                .containsEntry("subspace_farmer", Level.DEBUG)
                .containsEntry("a.b", Level.WARN)
                .hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--endpoint http://p:9091 --internal 7 --farmer-label f1",
                "--exporter-endpoint http://p:9091 --exporter-internal 7 --proof-label f1",
                "--exporter-endpoint=http://p:9091 --exporter-interval=7s --proof-label=f1",
                "--push-endpoint http://p:9091 --push-interval 7 --label f1"
            })
    void everySpellingOfPushingMeansTheSame(String arguments) throws ConfigurationException {
        assertThat(parse(arguments.split(" ", -1)).push())
                .contains(new PushSettings("http://p:9091", "f1", Duration.ofSeconds(7)));
    }

    @Test
    void pushingIsOffUnlessAskedForAndChecked() throws ConfigurationException {
        assertThat(parse().push()).isEmpty();
        assertThat(parse("--endpoint=http://p", "--host-name=h").push())
                .contains(new PushSettings("http://p", "h", Duration.ofSeconds(15)));
        for (String wrong : List.of("--endpoint=p:1", "--interval=0", "--interval=2d", "--interval=x")) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> parse(wrong).push());
        }
    }
}
