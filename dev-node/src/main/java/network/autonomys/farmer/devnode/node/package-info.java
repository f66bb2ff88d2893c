/** The dev node at work: slots, claims, signatures, acknowledgements (node-rpc §3.3, §6.2). */
@NullMarked
package network.autonomys.farmer.devnode.node;

import org.jspecify.annotations.NullMarked;
