package network.autonomys.farmer.plotclient;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What one farm plots next: expired sectors first, then those that expire with the next segment, the earliest first, then damaged ones, then new ones in
 * index order (cluster-and-cli §3.8, sectors-farms §9.3), never more at once than the disk has permits. A sector is replotted only with a later history size than it has, except
 * that a damaged one may have the same again.
 *
 * <p>Thread-safe.
 */
final class PlotPlan {
    /** Why a sector is plotted; the order is that of urgency. */
    enum Cause {
        EXPIRED,
        ABOUT_TO_EXPIRE,
        DAMAGED,
        NEW
    }

    /**
     * A sector to plot.
     *
     * @param sectorIndex its index in the farm
     * @param attempt 1 for the first try of this plotting, then counting up; part of the job's identity
     */
    record Choice(int sectorIndex, Cause cause, int attempt) {}

    private static final class Sector {
        private final long historySize;
        private OptionalLong expiresAt = OptionalLong.empty();
        private boolean damaged;

        Sector(long historySize) {
            this.historySize = historySize;
        }
    }

    private final int target;
    private final int permits;
    private final Map<Integer, Sector> plotted = new TreeMap<>();
    private final Map<Integer, Choice> running = new HashMap<>();
    private final Map<Integer, Integer> attempts = new HashMap<>();

    /**
     * @param target sectors that the farm is to have
     * @param permits sectors that may be on their way at once, at least 1
     */
    PlotPlan(int target, int permits) {
        if (permits < 1) {
            throw new IllegalArgumentException("permits " + permits);
        }
        this.target = target;
        this.permits = permits;
    }

    /** A sector is stored (or was found stored at start) with this history size. */
    synchronized void stored(int sectorIndex, long historySize) {
        plotted.put(sectorIndex, new Sector(historySize));
        running.remove(sectorIndex);
        attempts.remove(sectorIndex);
    }

    /** The segment index at which a stored sector expires is known now. */
    synchronized void expiresAt(int sectorIndex, long segmentIndex) {
        Sector sector = plotted.get(sectorIndex);
        if (sector != null) {
            sector.expiresAt = OptionalLong.of(segmentIndex);
        }
    }

    /** True while the sector's expiry is not known. */
    synchronized boolean expiryUnknown(int sectorIndex) {
        Sector sector = plotted.get(sectorIndex);
        return sector != null && sector.expiresAt.isEmpty();
    }

    /** A stored sector turned out to be damaged: it is plotted again, also with the history size that it had. */
    synchronized void damaged(int sectorIndex) {
        plotted.computeIfPresent(sectorIndex, (index, sector) -> {
            Sector damaged = new Sector(0);
            damaged.damaged = true;
            return damaged;
        });
    }

    /** A plotting ended without a stored sector; the sector will be chosen again, under the next attempt number. */
    synchronized void failed(int sectorIndex) {
        running.remove(sectorIndex);
    }

    /** True while the sector is being plotted. */
    synchronized boolean isRunning(int sectorIndex) {
        return running.containsKey(sectorIndex);
    }

    synchronized int storedSectors() {
        return plotted.size();
    }

    synchronized int runningSectors() {
        return running.size();
    }

    /** Stored sectors that no longer count: expired at this segment or damaged. */
    synchronized int unusableSectors(long currentSegment) {
        return (int) plotted.values().stream()
                .filter(s -> s.damaged || expired(s, currentSegment))
                .count();
    }

    /**
     * Takes the most urgent sector and marks it as running.
     *
     * @param historySize the current history size, with which the sector would be plotted
     * @return empty where there is nothing to do or no permit is free
     */
    synchronized Optional<Choice> next(long historySize) {
        if (running.size() >= permits) {
            return Optional.empty();
        }
        long currentSegment = historySize - 1;
        Optional<Choice> choice = plotted.entrySet().stream()
                .filter(e -> !running.containsKey(e.getKey()))
                .filter(e -> Long.compareUnsigned(e.getValue().historySize, historySize) < 0)
                .flatMap(e -> cause(e.getValue(), currentSegment).map(cause -> choice(e.getKey(), cause)).stream())
                .min(Comparator.comparing(Choice::cause)
                        .thenComparing(this::expiry, Long::compareUnsigned)
                        .thenComparingInt(Choice::sectorIndex));
        if (choice.isEmpty()) {
            choice = firstUnplotted().map(index -> choice(index, Cause.NEW));
        }
        choice.ifPresent(c -> {
            running.put(c.sectorIndex(), c);
            attempts.put(c.sectorIndex(), c.attempt());
        });
        return choice;
    }

    private long expiry(Choice choice) {
        Sector sector = plotted.get(choice.sectorIndex());
        return sector == null ? -1 : sector.expiresAt.orElse(-1);
    }

    private Choice choice(int sectorIndex, Cause cause) {
        return new Choice(sectorIndex, cause, attempts.getOrDefault(sectorIndex, 0) + 1);
    }

    private Optional<Integer> firstUnplotted() {
        for (int i = 0; i < target; i++) {
            if (!plotted.containsKey(i) && !running.containsKey(i)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    private static Optional<Cause> cause(Sector sector, long currentSegment) {
        if (expired(sector, currentSegment)) {
            return Optional.of(Cause.EXPIRED);
        }
        if (sector.expiresAt.isPresent() && sector.expiresAt.getAsLong() <= currentSegment + 1) {
            return Optional.of(Cause.ABOUT_TO_EXPIRE);
        }
        return sector.damaged ? Optional.of(Cause.DAMAGED) : Optional.empty();
    }

    private static boolean expired(Sector sector, long currentSegment) {
        return sector.expiresAt.isPresent() && sector.expiresAt.getAsLong() <= currentSegment;
    }
}
