/** Tests of the command line. */
@org.jspecify.annotations.NullMarked
package network.autonomys.farmer.cli.demo;
