/** The dev node's chain: its rules, its blocks, its files (node-rpc §3, §6). No network. */
@NullMarked
package network.autonomys.farmer.devnode.chain;

import org.jspecify.annotations.NullMarked;
