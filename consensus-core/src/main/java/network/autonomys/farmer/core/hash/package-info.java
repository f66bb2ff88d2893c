/** BLAKE3 and BLAKE2b (primitives-archiving-kzg §3). */
@org.jspecify.annotations.NullMarked
package network.autonomys.farmer.core.hash;
