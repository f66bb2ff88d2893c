/** Tests of the plot server. */
@org.jspecify.annotations.NullMarked
package network.autonomys.farmer.plotserver;
