package network.autonomys.farmer.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** One run of the demo: starts the processes, shows progress until the goal is reached, sums up and stops everything. */
final class DemoRun {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
    private static final double GIB = 1L << 30;

    private final DemoCluster cluster;
    private final DemoChain chain;
    private final DemoFolders folders;
    private final Path supervisordProgram;
    private final DemoGoal goal;
    private final boolean keep;
    private final PrintStream out;
    private final DevNodeClient devNode;
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicBoolean finished = new AtomicBoolean();
    private long peakResident;

    DemoRun(
            DemoCluster cluster,
            DemoChain chain,
            DemoFolders folders,
            Path supervisordProgram,
            DemoGoal goal,
            boolean keep,
            PrintStream out) {
        this.cluster = cluster;
        this.chain = chain;
        this.folders = folders;
        this.supervisordProgram = supervisordProgram;
        this.goal = goal;
        this.keep = keep;
        this.out = out;
        this.devNode = new DevNodeClient(cluster.nodeHttpUrl());
    }

    /** Runs to the goal; false where it was not reached in time or the processes ended. */
    boolean run() throws IOException, InterruptedException {
        Path configuration = cluster.writeFiles();
        out.println("Starting nats-server, a development chain and seven roles; logs in " + folders.logs());
        Supervisord supervisord = Supervisord.start(
                supervisordProgram, configuration, folders.logs().resolve("supervisord.out"));
        Thread onInterrupt = new Thread(() -> stopAfterInterrupt(supervisord), "demo-stop");
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        boolean reached = false;
        try {
            reached = watch(supervisord);
        } finally {
            finished.set(true);
            if (keep && supervisord.isRunning()) {
                sayHowToStop(supervisord, configuration);
            } else {
                supervisord.close();
                folders.removeTemporary();
            }
        }
        return reached;
    }

    private boolean watch(Supervisord supervisord) throws IOException, InterruptedException {
        long start = System.nanoTime();
        String last = "";
        while (true) {
            Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
            Snapshot now = look();
            peakResident = Math.max(peakResident, supervisord.residentBytes());
            String line = now.progress();
            if (!line.equals(last)) {
                out.printf(Locale.ROOT, "%4d s  %s%n", elapsed.toSeconds(), line);
                last = line;
            }
            if (now.rewards() >= goal.rewards() && now.replots() >= goal.replots()) {
                summary(now, elapsed);
                return true;
            }
            if (!supervisord.isRunning()) {
                out.println("supervisord has ended; see " + folders.logs().resolve("supervisord.log"));
                return false;
            }
            Optional<String> refused = new RefusedPrograms(folders.logs()).first();
            if (refused.isPresent()) {
                out.println(refused.get());
                return false;
            }
            if (elapsed.compareTo(goal.timeout()) > 0) {
                out.println(
                        "Not reached within " + goal.timeout().toSeconds() + " s; the logs are in " + folders.logs());
                summary(now, elapsed);
                return false;
            }
            Thread.sleep(LOOK_EVERY);
        }
    }

    /** What the chain and the plot-client say now; a part that does not answer yet counts as nothing. */
    private Snapshot look() throws InterruptedException {
        long best = 0;
        long segments = 0;
        long blocks = 0;
        long votes = 0;
        try {
            JsonNode status = devNode.call("devnode_status");
            best = status.path("best").asLong();
            segments = status.path("segments").asLong();
            for (JsonNode author : devNode.call("devnode_authors").path("rewardAddresses")) {
                blocks += author.path("blocks").asLong();
                votes += author.path("votes").asLong();
            }
        } catch (IOException e) {
            return new Snapshot(0, 0, 0, 0, page());
        }
        return new Snapshot(best, segments, blocks, votes, page());
    }

    private Figures page() throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(cluster.plotClientMetricsUrl()))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? Figures.parse(answer.body()) : Figures.parse("");
        } catch (IOException e) {
            return Figures.parse("");
        }
    }

    private void summary(Snapshot now, Duration elapsed) {
        Figures figures = now.figures();
        out.println();
        out.println("What the demo did in " + elapsed.toSeconds() + " s");
        out.printf(Locale.ROOT, "  chain       %d blocks, %d segments archived%n", now.best(), now.segments());
        out.printf(
                Locale.ROOT,
                "  sectors     %.0f plotted, %d replotted after expiry, %.0f in the farm%n",
                figures.sum("autonomys_farmer_sectors_plotted_total"),
                now.replots(),
                figures.sum("autonomys_farmer_sectors_stored"));
        out.printf(
                Locale.ROOT,
                "  rewards     %d (%d blocks, %d votes) signed by the farm and accepted by the chain%n",
                now.rewards(),
                now.blocks(),
                now.votes());
        out.printf(
                Locale.ROOT,
                "  solutions   %.0f submitted; slot to submit p50 %s, p99 %s%n",
                figures.sum("autonomys_farmer_solutions_total"),
                figures.millis("autonomys_farmer_slot_to_submit_seconds", "quantile=\"0.5\""),
                figures.millis("autonomys_farmer_slot_to_submit_seconds", "quantile=\"0.99\""));
        out.printf(
                Locale.ROOT,
                "  slots       %.0f audited, %.0f skipped%n",
                figures.sum("autonomys_farmer_slots_audited_total"),
                figures.sum("autonomys_farmer_slots_skipped_total"));
        out.println("  misses      " + misses(figures));
        out.printf(
                Locale.ROOT,
                "  memory      %.1f GiB resident at the most, all processes together%n",
                peakResident / GIB);
        out.println("  files       " + folders.base() + ", logs in " + folders.logs());
        out.println("Shortened for the demo");
        chain.shortened().forEach(line -> out.println("  " + line));
    }

    private static String misses(Figures figures) {
        var reasons = figures.by("autonomys_farmer_missed_total", "reason");
        return reasons.isEmpty()
                ? "none"
                : String.join(
                        ", ",
                        reasons.entrySet().stream()
                                .map(e -> e.getKey() + " " + e.getValue().longValue())
                                .toList());
    }

    private void sayHowToStop(Supervisord supervisord, Path configuration) {
        out.println();
        out.println("The cluster goes on (process " + supervisord.pid() + "); logs in " + folders.logs());
        out.println("Look:  bin/autonomys-farmer status --nats-server " + cluster.natsUrl());
        out.println("Stop:  supervisorctl -c " + configuration + " shutdown");
    }

    private void stopAfterInterrupt(Supervisord supervisord) {
        if (finished.get()) {
            return;
        }
        supervisord.close();
        try {
            folders.removeTemporary();
        } catch (IOException e) {
            out.println("Could not remove " + folders.base() + ": " + e.getMessage());
        }
    }

    /** What was seen at one moment. */
    private record Snapshot(long best, long segments, long blocks, long votes, Figures figures) {
        long rewards() {
            return blocks + votes;
        }

        long replots() {
            return (long) figures.sum("autonomys_farmer_sectors_plotted_total", "cause=\"expired\"")
                    + (long) figures.sum("autonomys_farmer_sectors_plotted_total", "cause=\"about_to_expire\"");
        }

        String progress() {
            return String.format(
                    Locale.ROOT,
                    "block %d, %d segments; %.0f sectors plotted (%d replotted), %.0f slots audited, %d rewards",
                    best,
                    segments,
                    figures.sum("autonomys_farmer_sectors_plotted_total"),
                    replots(),
                    figures.sum("autonomys_farmer_slots_audited_total"),
                    rewards());
        }
    }
}
