/** Bulk transfers between hosts: pieces and sectors over TCP, asked for by the receiver at the pace of its credit (cluster-and-cli §3.9). */
@org.jspecify.annotations.NullMarked
package network.autonomys.farmer.runtime.tcp;
