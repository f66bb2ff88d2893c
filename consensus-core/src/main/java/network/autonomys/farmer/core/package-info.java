/** The network's rules: pure computation, no I/O (design §2). */
@org.jspecify.annotations.NullMarked
package network.autonomys.farmer.core;
