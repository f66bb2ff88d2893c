package network.autonomys.farmer.cli.demo;

/** Whom the demo's chain pays. */
final class DemoReward {
    /** The development account //Alice in the network's address form; nothing of worth is paid to it. */
    static final String ADDRESS = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";

    private DemoReward() {}
}
