/** Calls to the operating system that Java has no name for. */
@org.jspecify.annotations.NullMarked
package network.autonomys.farmer.runtime.os;
