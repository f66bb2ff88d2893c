package network.autonomys.farmer.cli;

import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.Role;
import network.autonomys.farmer.protocol.message.Command;
import network.autonomys.farmer.protocol.message.CommandAction;
import network.autonomys.farmer.protocol.message.CommandAnswer;
import network.autonomys.farmer.protocol.message.Reinitialization;
import network.autonomys.farmer.runtime.cache.Reinitializer;
import network.autonomys.farmer.runtime.nats.Bucket;
import network.autonomys.farmer.runtime.nats.Bus;
import network.autonomys.farmer.runtime.nats.BusException;
import network.autonomys.farmer.runtime.nats.KeyValue;
import network.autonomys.farmer.runtime.presence.Member;
import network.autonomys.farmer.runtime.presence.PresenceService;
import network.autonomys.farmer.runtime.time.Scheduler;

/** Orders a new generation of the cache tier and watches it being applied (cluster-and-cli §3.11). */
final class CacheReinitialization {
    /** Who applies generations. */
    static final List<Role> ROLES = List.of(Role.FULL_PIECE_CACHE, Role.SHARDED_CACHE, Role.CONTROLLER);

    private static final Duration ANSWERS = Duration.ofSeconds(1);
    private static final int MOST_ANSWERS = 10_000;
    private static final int ATTEMPTS = 5;

    private final Bus bus;
    private final PresenceService presence;
    private final Scheduler scheduler;
    private final PrintStream out;
    private final Duration look;
    private final Map<InstanceId, String> told = new HashMap<>();

    /** @param look how often the members are looked at */
    CacheReinitialization(Bus bus, PresenceService presence, Scheduler scheduler, PrintStream out, Duration look) {
        this.bus = bus;
        this.presence = presence;
        this.scheduler = scheduler;
        this.out = out;
        this.look = look;
    }

    /** The members that a generation of this scope concerns: a role's name, an instance, or empty for all. */
    List<Member> concerned(String scope) {
        return presence.members().stream()
                .filter(member -> ROLES.contains(member.role()))
                .filter(member -> scope.isEmpty()
                        || scope.equals(member.role().label())
                        || scope.equals(member.id().toString()))
                .sorted(Comparator.comparing(Member::role).thenComparing(Member::id))
                .toList();
    }

    /**
     * Writes down the next generation and tells everybody to look.
     *
     * @return its number
     * @throws BusException where JetStream does not take it
     */
    long order(Duration delay, String scope, boolean verifyAll) throws BusException, InterruptedException {
        long number = write(delay, scope, verifyAll);
        Command command = new Command(
                InstanceId.random(scheduler.clock(), new SecureRandom()),
                CommandAction.REINITIALIZE,
                Map.of("generation", Long.toString(number)),
                "util reinitialization-cache",
                scheduler.millis(),
                Optional.empty());
        List<CompletableFuture<List<CommandAnswer>>> answers = ROLES.stream()
                .map(role -> bus.requestMany(
                        bus.subjects().commandAll(role), command, CommandAnswer.class, ANSWERS, MOST_ANSWERS))
                .toList();
        for (CompletableFuture<List<CommandAnswer>> answer : answers) {
            try {
                answer.get();
            } catch (ExecutionException e) {
                out.println("Not everybody was told at once, and looks by itself soon: " + e.getCause());
            }
        }
        return number;
    }

    /** Several operators may do this at a time: each gets a generation of his own. */
    private long write(Duration delay, String scope, boolean verifyAll) throws BusException {
        KeyValue config = bus.keyValue(Bucket.CONFIG);
        for (int attempt = 1; ; attempt++) {
            Optional<KeyValue.Entry> present = config.get(Reinitializer.KEY);
            long number = present.map(KeyValue.Entry::value)
                            .filter(Reinitialization.class::isInstance)
                            .map(value -> ((Reinitialization) value).generation())
                            .orElse(0L)
                    + 1;
            Reinitialization wanted =
                    new Reinitialization(number, scheduler.millis() + delay.toMillis(), scope, verifyAll);
            try {
                if (present.isPresent()) {
                    config.update(Reinitializer.KEY, wanted, present.get().revision());
                } else {
                    config.create(Reinitializer.KEY, wanted);
                }
                return number;
            } catch (BusException e) {
                if (e.kind() != BusException.Kind.CONFLICT || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /**
     * Waits until everybody concerned has applied a generation; a line for each change.
     *
     * @return who has not when the time is over; empty when all have
     */
    List<Member> await(long generation, String scope, Duration limit) throws InterruptedException {
        long end = scheduler.nanoTime() + limit.toNanos();
        while (true) {
            List<Member> behind = new ArrayList<>();
            for (Member member : concerned(scope)) {
                boolean follows = figure(member, Reinitializer.FIGURE) >= generation;
                if (!follows) {
                    behind.add(member);
                }
                tell(member, follows);
            }
            if (behind.isEmpty() || scheduler.nanoTime() - end >= 0) {
                return behind;
            }
            presence.who();
            Thread.sleep(look);
        }
    }

    private void tell(Member member, boolean follows) {
        String state = follows ? "applied" : member.suspect() ? "silent" : "waits";
        if (state.equals(told.put(member.id(), state))) {
            return;
        }
        String pieces = member.role() == Role.CONTROLLER
                ? ""
                : String.format(
                        Locale.ROOT,
                        ", %d of %d pieces, %d to be verified",
                        figure(member, "have"),
                        figure(member, "wanted"),
                        figure(member, "unverified"));
        out.printf(
                Locale.ROOT,
                "%-17s %-12s %s  %s%s%n",
                member.role().label(),
                member.presence().host(),
                member.id(),
                state,
                pieces);
    }

    private static long figure(Member member, String name) {
        return member.presence().figures().getOrDefault(name, 0L);
    }
}
