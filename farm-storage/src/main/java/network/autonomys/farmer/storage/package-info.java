/** Files on disk: farms, piece stores, the spool. */
@org.jspecify.annotations.NullMarked
package network.autonomys.farmer.storage;
