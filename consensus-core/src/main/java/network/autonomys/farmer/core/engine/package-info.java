/**
 * The heavy work behind interfaces, so that a CPU and a CUDA engine can stand in for each other byte for byte.
 *
 * <p>All of them work in batches on buffers of the caller and start no threads of their own.
 */
@NullMarked
package network.autonomys.farmer.core.engine;

import org.jspecify.annotations.NullMarked;
