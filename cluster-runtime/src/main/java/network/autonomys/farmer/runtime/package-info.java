/** What every daemon stands on: its life from start to exit code, its options, its log (design §2, §3). */
@NullMarked
package network.autonomys.farmer.runtime;

import org.jspecify.annotations.NullMarked;
