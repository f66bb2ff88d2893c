/** Reed-Solomon coding of scalars and of commitments at rate one half. */
@NullMarked
package network.autonomys.farmer.core.erasure;

import org.jspecify.annotations.NullMarked;
