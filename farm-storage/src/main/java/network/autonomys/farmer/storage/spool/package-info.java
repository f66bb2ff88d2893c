/** Encoded sectors that wait for their plot-client (cluster-and-cli §3.8). */
@org.jspecify.annotations.NullMarked
package network.autonomys.farmer.storage.spool;
