/** Tests of the plot client. */
@org.jspecify.annotations.NullMarked
package network.autonomys.farmer.plotclient;
