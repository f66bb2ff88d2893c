/** Kernels written by {@code Blake3KernelGenerator} (test sources), one class per number of lanes; do not edit. */
@NullMarked
package network.autonomys.farmer.core.hash.generated;

import org.jspecify.annotations.NullMarked;
