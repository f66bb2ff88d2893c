package network.autonomys.farmer.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.Role;
import network.autonomys.farmer.protocol.message.FarmState;
import network.autonomys.farmer.protocol.message.Presence;
import network.autonomys.farmer.runtime.ConfigurationException;
import network.autonomys.farmer.runtime.ExitCode;
import network.autonomys.farmer.runtime.RoleOptions;
import network.autonomys.farmer.runtime.metrics.BusMetrics;
import network.autonomys.farmer.runtime.metrics.Metrics;
import network.autonomys.farmer.runtime.nats.NatsLink;
import network.autonomys.farmer.runtime.presence.Member;
import network.autonomys.farmer.runtime.presence.PresenceService;
import network.autonomys.farmer.runtime.presence.SelfReport;
import network.autonomys.farmer.runtime.settings.Timers;
import network.autonomys.farmer.runtime.time.ThreadScheduler;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code status}: everybody in the cluster, what they do and what is wrong. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = {
            "Shows every process of the cluster with its state and figures, and every farm.",
            "Exit code 0 where all is well, 1 where something needs attention or nobody answers."
        })
final class StatusCommand implements Callable<Integer> {
    private static final int ATTENTION = 1;

    @Mixin
    private final RoleOptions options = new RoleOptions();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "2",
            description = "How long answers are gathered. Default: ${DEFAULT-VALUE}.")
    private int waitSeconds;

    StatusCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        try (ThreadScheduler scheduler = new ThreadScheduler()) {
            options.configureToolLog();
            Timers timers = options.timers();
            InstanceId id = InstanceId.random(scheduler.clock(), new SecureRandom());
            SelfReport self = new SelfReport(
                    id, Role.TOOL, options.hostName(), options.zone(), Version.text(), scheduler.millis());
            Map<String, FarmState> farms = new ConcurrentSkipListMap<>();
            List<Member> members;
            try (NatsLink bus = NatsLink.connect(
                            options.nats("status " + id),
                            options.subjects(),
                            timers,
                            scheduler,
                            new BusMetrics(new Metrics(Map.of())));
                    PresenceService presence =
                            PresenceService.listening(bus, scheduler, timers, new SecureRandom(), self)) {
                var subscription = bus.subscribe(
                        bus.subjects().farmStateAll(),
                        FarmState.class,
                        f -> farms.put(f.farm().toString(), f));
                presence.start();
                Thread.sleep(Duration.ofSeconds(waitSeconds));
                members = presence.members().stream()
                        .filter(m -> m.role() != Role.TOOL)
                        .sorted(Comparator.comparing(Member::role).thenComparing(Member::id))
                        .toList();
                subscription.close();
            }
            if (json) {
                System.out.println(json(members, farms));
            } else {
                print(members, farms, System.out);
            }
            boolean well = !members.isEmpty()
                    && members.stream()
                            .allMatch(m -> !m.suspect() && m.presence().reason().isEmpty())
                    && farms.values().stream().allMatch(f -> f.text().isEmpty());
            return well ? ExitCode.STOPPED : ATTENTION;
        } catch (ConfigurationException e) {
            System.err.println("status: " + e.getMessage());
            return ExitCode.CONFIGURATION;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void print(List<Member> members, Map<String, FarmState> farms, PrintStream out) {
        if (members.isEmpty()) {
            out.println("Nobody answers: is the cluster running, and is --cluster-name right?");
            return;
        }
        for (Member member : members) {
            Presence p = member.presence();
            String state = member.suspect() ? "silent" : p.state().name().toLowerCase(Locale.ROOT);
            out.printf(
                    Locale.ROOT,
                    "%-17s %-10s %-12s queued %d, running %d/%d%s%s%n",
                    p.role().label(),
                    state,
                    p.host(),
                    p.queued(),
                    p.running(),
                    p.places(),
                    p.highestSegment().isPresent()
                            ? ", segments to " + p.highestSegment().getAsLong()
                            : "",
                    p.reason().isEmpty() ? "" : "  (" + p.reason() + ")");
            figureLines(p.figures()).forEach(line -> out.println("    " + line));
        }
        for (FarmState farm : farms.values()) {
            out.printf(
                    Locale.ROOT,
                    "farm %s on %s: %d of %d sectors, %d plotting, %d to replot, audit %d ms%s%n",
                    farm.path(),
                    farm.host(),
                    farm.plotted(),
                    farm.total(),
                    farm.plotting(),
                    farm.expired(),
                    farm.lastAuditMillis(),
                    farm.text().isEmpty() ? "" : "  (" + farm.text() + ")");
        }
    }

    /** Figures that are not zero, in one line; those of a part of the process, which have its name and a slash before theirs, in a line of their own. */
    static List<String> figureLines(Map<String, Long> figures) {
        Map<String, List<String>> lines = new ConcurrentSkipListMap<>();
        figures.forEach((name, value) -> {
            int slash = name.lastIndexOf('/');
            List<String> line = lines.computeIfAbsent(name.substring(0, Math.max(0, slash)), part -> new ArrayList<>());
            if (value != 0) {
                line.add(name.substring(slash + 1) + " " + value);
            }
        });
        return lines.entrySet().stream()
                .filter(line -> !line.getValue().isEmpty())
                .map(line -> (line.getKey().isEmpty() ? "" : line.getKey() + ": ") + String.join(", ", line.getValue()))
                .toList();
    }

    private static String json(List<Member> members, Map<String, FarmState> farms) throws JsonProcessingException {
        ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        ObjectNode root = mapper.createObjectNode();
        ArrayNode processes = root.putArray("processes");
        for (Member member : members) {
            Presence p = member.presence();
            ObjectNode node = processes.addObject();
            node.put("id", p.id().toString());
            node.put("role", p.role().label());
            node.put("host", p.host());
            node.put("zone", p.zone());
            node.put("version", p.version());
            node.put("state", p.state().name().toLowerCase(Locale.ROOT));
            node.put("silent", member.suspect());
            node.put("reason", p.reason());
            node.put("startedAtMillis", p.startedAtMillis());
            node.put("queued", p.queued());
            node.put("running", p.running());
            node.put("places", p.places());
            node.put("ringEpoch", p.ringEpoch());
            p.highestSegment().ifPresent(segment -> node.put("highestSegment", segment));
            p.addresses().forEach(node.putArray("addresses")::add);
            ObjectNode figures = node.putObject("figures");
            p.figures().forEach(figures::put);
        }
        ArrayNode farmNodes = root.putArray("farms");
        for (FarmState farm : farms.values()) {
            ObjectNode node = farmNodes.addObject();
            node.put("id", farm.farm().toString());
            node.put("host", farm.host());
            node.put("path", farm.path());
            node.put("publicKey", farm.publicKey().hex());
            node.put("sectors", farm.total());
            node.put("plotted", farm.plotted());
            node.put("plotting", farm.plotting());
            node.put("toReplot", farm.expired());
            node.put("farming", farm.farming());
            node.put("lastAuditMillis", farm.lastAuditMillis());
            node.put("text", farm.text());
        }
        return mapper.writeValueAsString(root);
    }
}
