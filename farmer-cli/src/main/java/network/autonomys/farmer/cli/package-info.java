/** The command line of the suite. */
@org.jspecify.annotations.NullMarked
package network.autonomys.farmer.cli;
