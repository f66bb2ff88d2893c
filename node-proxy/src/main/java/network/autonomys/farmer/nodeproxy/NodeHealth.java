package network.autonomys.farmer.nodeproxy;

import java.time.Duration;

/**
 * How a node is.
 *
 * @param syncing whether it is catching up with the chain
 * @param peers nodes that it is connected to
 * @param bestBlock number of its best block
 * @param bestBlockAge time since this client first saw that block as the best
 */
public record NodeHealth(boolean syncing, long peers, long bestBlock, Duration bestBlockAge) {}
