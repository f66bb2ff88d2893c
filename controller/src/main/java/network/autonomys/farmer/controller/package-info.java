/**
 * The controller: the cluster's line to one node. It passes slots, headers, solutions and signatures, brings new pieces into the caches
 * and answers what only a node knows (cluster-and-cli §3.2, §3.10). Any number of controllers work side by side.
 */
@NullMarked
package network.autonomys.farmer.controller;

import org.jspecify.annotations.NullMarked;
