package network.autonomys.farmer.cli.demo;

import java.time.Duration;

/**
 * When the demo is done.
 *
 * @param rewards signed and accepted blocks and votes
 * @param replots sectors plotted again after their expiry
 * @param timeout after which the demo gives up
 */
record DemoGoal(int rewards, int replots, Duration timeout) {}
