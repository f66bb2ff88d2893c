/** The demo: a whole cluster of real processes on one machine, until rewards are signed. */
@org.jspecify.annotations.NullMarked
package network.autonomys.farmer.cli.demo;
