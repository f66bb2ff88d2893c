/** Farm identity, reward signatures and addresses (node-rpc §4). */
@org.jspecify.annotations.NullMarked
package network.autonomys.farmer.core.keys;
