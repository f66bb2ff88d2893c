/** Proof of space, K = 20: tables, canonical proofs, verification and the encoding of records (proof-of-space). */
@NullMarked
package network.autonomys.farmer.core.pos;

import org.jspecify.annotations.NullMarked;
