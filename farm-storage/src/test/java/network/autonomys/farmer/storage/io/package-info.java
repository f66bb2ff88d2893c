@org.jspecify.annotations.NullMarked
package network.autonomys.farmer.storage.io;
