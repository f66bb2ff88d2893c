/** Sectors: derivations, layout, encoding, reading, audit, proving, verification (sectors-farms). */
@org.jspecify.annotations.NullMarked
package network.autonomys.farmer.core.sector;
