/** Farms in the reference farmer's on-disk format (sectors-farms §7). */
@org.jspecify.annotations.NullMarked
package network.autonomys.farmer.storage.farm;
