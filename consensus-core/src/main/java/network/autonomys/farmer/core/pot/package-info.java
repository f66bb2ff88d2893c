/** Proof of time (node-rpc §3.1, primitives-archiving-kzg §4.7). */
@org.jspecify.annotations.NullMarked
package network.autonomys.farmer.core.pot;
