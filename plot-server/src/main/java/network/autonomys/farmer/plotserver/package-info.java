/** The plot server: encodes sectors and keeps them in its spool until their plot-client has stored them (cluster-and-cli §3.8). */
@org.jspecify.annotations.NullMarked
package network.autonomys.farmer.plotserver;
