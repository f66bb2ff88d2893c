/** The SCALE codec, as far as the network needs it (primitives-archiving-kzg §2). */
@org.jspecify.annotations.NullMarked
package network.autonomys.farmer.core.scale;
