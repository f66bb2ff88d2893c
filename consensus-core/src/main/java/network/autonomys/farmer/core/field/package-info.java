/** The scalar field of BLS12-381: arithmetic on one scalar and on many in the lanes of a vector, transforms, polynomials. */
@NullMarked
package network.autonomys.farmer.core.field;

import org.jspecify.annotations.NullMarked;
