package network.autonomys.farmer.plotclient;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.storage.io.ReadMethod;

/**
 * What a plot-client was told.
 *
 * @param farms its farms, at least one
 * @param rewardAddress who is paid, 32 bytes
 * @param maxPlottingSectors sectors on their way to one disk at once
 * @param maxPiecesInSector pieces of new farms' sectors where fewer than the protocol's
 * @param plot whether it plots
 * @param localProof whether plots may be read for proofs
 * @param diskReads how plots are read
 * @param create whether missing farms are made
 * @param lock whether farms are locked
 * @param exitOnFarmError whether one failed farm ends the process
 * @param reserve time before the end of the farming window in which nothing new is begun
 */
record PlotClientSettings(
        List<FarmArgument> farms,
        Bytes rewardAddress,
        int maxPlottingSectors,
        Optional<Integer> maxPiecesInSector,
        boolean plot,
        BusProvers.LocalProof localProof,
        ReadMethod diskReads,
        boolean create,
        boolean lock,
        boolean exitOnFarmError,
        Duration reserve) {}
