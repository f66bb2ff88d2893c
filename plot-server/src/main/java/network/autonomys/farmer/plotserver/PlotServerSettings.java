package network.autonomys.farmer.plotserver;

import java.nio.file.Path;
import java.time.Duration;
import network.autonomys.farmer.protocol.frame.TrafficClass;

/**
 * How a plot server works.
 *
 * @param spool folder of finished sectors
 * @param spoolLimit bytes that they may take
 * @param ringFile where the last ring is kept, for a start without JetStream
 * @param downloading sectors whose pieces are fetched at once, at least 1
 * @param encoding records encoded at once, at least 1
 * @param trafficClass how urgent its requests for pieces are
 * @param pieceLimit time in which the pieces of a sector must be there
 */
record PlotServerSettings(
        Path spool,
        long spoolLimit,
        Path ringFile,
        int downloading,
        int encoding,
        TrafficClass trafficClass,
        Duration pieceLimit) {}
