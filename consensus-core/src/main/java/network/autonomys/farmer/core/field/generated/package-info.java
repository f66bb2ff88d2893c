/** Kernels written by {@code KernelGenerator} (test sources), one class per number of lanes; do not edit. */
@NullMarked
package network.autonomys.farmer.core.field.generated;

import org.jspecify.annotations.NullMarked;
