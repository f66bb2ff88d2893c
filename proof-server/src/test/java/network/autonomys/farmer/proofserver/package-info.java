/** Tests of the proof server. */
@org.jspecify.annotations.NullMarked
package network.autonomys.farmer.proofserver;
