/** Tests of the spool. */
@org.jspecify.annotations.NullMarked
package network.autonomys.farmer.storage.spool;
