/**
 * The proof-of-space kernels of each vector width, written by {@code KernelSource} among the tests of this module; a test compares.
 *
 * <p>Generated because C2 keeps vectors in registers only where the species is a constant of the class and the rounds of BLAKE3 are
 * written out (java-stack §3.1).
 */
@NullMarked
package network.autonomys.farmer.core.pos.generated;

import org.jspecify.annotations.NullMarked;
