/** The control plane: messages, requests, leases, jobs and streams over NATS (cluster-and-cli §3.4, §3.5, §3.12). */
@NullMarked
package network.autonomys.farmer.runtime.nats;

import org.jspecify.annotations.NullMarked;
