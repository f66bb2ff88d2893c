@org.jspecify.annotations.NullMarked
package network.autonomys.farmer.devnode.rpc;
