/** Kernels written by {@code FpGenerator} (test sources), one class per number of lanes; do not edit. */
@NullMarked
package network.autonomys.farmer.core.kzg.generated;

import org.jspecify.annotations.NullMarked;
