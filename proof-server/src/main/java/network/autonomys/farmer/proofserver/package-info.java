/** The proof server: complete solutions from cached source pieces. */
@org.jspecify.annotations.NullMarked
package network.autonomys.farmer.proofserver;
