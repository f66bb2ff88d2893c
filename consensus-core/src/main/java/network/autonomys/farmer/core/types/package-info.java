/** Values of the network and their SCALE layouts (primitives-archiving-kzg §1, §4). */
@org.jspecify.annotations.NullMarked
package network.autonomys.farmer.core.types;
