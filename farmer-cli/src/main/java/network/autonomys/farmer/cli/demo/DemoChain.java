package network.autonomys.farmer.cli.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * What the demo's chain shortens so that plotting, rewards, expiry and replotting all happen within two minutes on two cores.
 *
 * @param piecesInSector pieces of a sector (main network: 1000)
 * @param sectors sectors of the farm
 * @param potIterations proof-of-time iterations of a slot (main network: some 200 million)
 * @param slotProbability chance of a block at a slot, as a fraction (main network: 1/6)
 * @param minSectorLifetime segments that a sector lives at least (main network: 4)
 * @param fillerBytes filler of each block, so that history grows by a segment every ten to twenty seconds
 * @param initialPieces pieces that the initial solution range supposes; fewer pieces mean a wider range
 * @param expectedVotes votes for each block (main network: 9), which sets how much wider the range of votes is
 * @param confirmationDepth blocks until a block is archived (main network: 100)
 */
record DemoChain(
        int piecesInSector,
        int sectors,
        int potIterations,
        String slotProbability,
        int minSectorLifetime,
        int fillerBytes,
        int initialPieces,
        int expectedVotes,
        int confirmationDepth) {

    static DemoChain standard() {
        return new DemoChain(2, 6, 1_600_000, "1/1", 1, 36_000_000, 14, 1, 2);
    }

    /** The dev node's options. */
    List<String> devNodeOptions() {
        List<String> options = new ArrayList<>();
        options.addAll(List.of("--pot-iterations", Integer.toString(potIterations)));
        options.addAll(List.of("--slot-probability", slotProbability));
        options.addAll(List.of("--min-sector-lifetime", Integer.toString(minSectorLifetime)));
        options.addAll(List.of("--max-pieces-in-sector", Integer.toString(piecesInSector)));
        options.addAll(List.of("--filler-bytes", Integer.toString(fillerBytes), "--allow-big-blocks"));
        options.addAll(List.of("--initial-pieces", Integer.toString(initialPieces)));
        options.addAll(List.of("--expected-votes", Integer.toString(expectedVotes)));
        options.addAll(List.of("--confirmation-depth", Integer.toString(confirmationDepth)));
        return options;
    }

    /** One line for each shortened figure, with the main network's. */
    List<String> shortened() {
        return List.of(
                "pieces in a sector " + piecesInSector + " (main network 1000)",
                "proof-of-time iterations " + potIterations + " (main network about 200 million)",
                "slot probability " + slotProbability + " (main network 1/6)",
                "sector lifetime from " + minSectorLifetime + " segments (main network 4)",
                "blocks filled with " + fillerBytes / 1_000_000 + " MB, a segment about every "
                        + Math.ceilDiv(130_000_000, fillerBytes) + " blocks",
                "votes for each block " + expectedVotes + " (main network 9)",
                "confirmation depth " + confirmationDepth + " (main network 100)",
                "replot delay 0 s (60 to 600 s), timers of the set \"demo\"",
                "KZG parameters of the dev chain, whose secret is public");
    }
}
