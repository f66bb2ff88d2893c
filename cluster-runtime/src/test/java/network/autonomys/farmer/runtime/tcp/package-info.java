/** Tests of the bulk transfers. */
@org.jspecify.annotations.NullMarked
package network.autonomys.farmer.runtime.tcp;
