/**
 * The record engine on graphics cards, byte for byte that of the processor: kernels in CUDA C++ (src/main/cuda), driven through the driver API
 * of JCuda. See docs/decisions/0011-cuda-engine.md.
 */
@NullMarked
package network.autonomys.farmer.cuda;

import org.jspecify.annotations.NullMarked;
