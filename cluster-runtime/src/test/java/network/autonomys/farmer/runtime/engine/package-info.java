/** Tests of the engines of a host. */
@org.jspecify.annotations.NullMarked
package network.autonomys.farmer.runtime.engine;
