/** KZG commitments over BLS12-381: parameters, commitments, witnesses, verification, validity of pieces. */
@NullMarked
package network.autonomys.farmer.core.kzg;

import org.jspecify.annotations.NullMarked;
