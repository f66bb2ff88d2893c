@org.jspecify.annotations.NullMarked
package network.autonomys.farmer.nodeproxy.json;
