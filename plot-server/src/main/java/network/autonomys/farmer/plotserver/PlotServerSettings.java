package network.autonomys.farmer.plotserver;

import java.nio.file.Path;

/**
 * What a plot-server was told.
 *
 * @param basePath its working folder
 * @param listenPort where plot-clients fetch sectors
 * @param priorityCache whether its requests to caches go before other plotting
 * @param spoolLimit most bytes of finished sectors
 * @param jobs jobs in work at once
 * @param records records encoded at once
 */
record PlotServerSettings(
        Path basePath, int listenPort, boolean priorityCache, long spoolLimit, int jobs, int records) {}
