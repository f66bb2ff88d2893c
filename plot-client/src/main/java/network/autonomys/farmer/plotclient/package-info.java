/** The plot client: audits every plot each slot, gets proofs, submits solutions, signs rewards, fetches and stores sectors. */
@org.jspecify.annotations.NullMarked
package network.autonomys.farmer.plotclient;
