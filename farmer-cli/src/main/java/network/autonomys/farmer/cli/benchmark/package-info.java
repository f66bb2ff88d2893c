/** What an operator's own machine, disks and farms are capable of. */
@org.jspecify.annotations.NullMarked
package network.autonomys.farmer.cli.benchmark;
