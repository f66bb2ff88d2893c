/** Tests of the whole: module arrows, and clusters of real processes. */
@org.jspecify.annotations.NullMarked
package network.autonomys.farmer.system;
