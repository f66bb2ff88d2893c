package network.autonomys.farmer.nodeproxy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.nodeproxy.json.Fields;
import network.autonomys.farmer.nodeproxy.json.Json;
import network.autonomys.farmer.nodeproxy.json.JsonException;
import network.autonomys.farmer.nodeproxy.json.NodeTypes;
import network.autonomys.farmer.nodeproxy.rpc.RpcCaller;

/** Substrate's calls about the chain, all of them safe (node-rpc §5.2). Exceptions as in {@link NodeCalls}. */
public final class ChainCalls {
    private final RpcCaller rpc;
    private final Duration timeout;
    private long bestBlock = -1;
    private long bestSince;

    public ChainCalls(RpcCaller rpc, Duration timeout) {
        this.rpc = rpc;
        this.timeout = timeout;
    }

    /** The hash of a block of the best chain, empty where it has none of that number. */
    public Optional<Bytes> blockHash(long number) throws IOException, InterruptedException {
        return call("chain_getBlockHash", Json.array(Json.u64(number)), ChainCalls::optionalHash);
    }

    /** The hashes of several blocks, in the same order. */
    public List<Optional<Bytes>> blockHashes(List<Long> numbers) throws IOException, InterruptedException {
        Json.Arr list = new Json.Arr(numbers.stream().map(Json::u64).toList());
        List<Optional<Bytes>> hashes =
                call("chain_getBlockHash", Json.array(list), result -> Fields.list(result, ChainCalls::optionalHash));
        if (hashes.size() != numbers.size()) {
            throw new IOException("chain_getBlockHash: " + hashes.size() + " hashes for " + numbers.size());
        }
        return hashes;
    }

    private static Optional<Bytes> optionalHash(Json json) {
        return Fields.option(json, ChainCalls::hash);
    }

    private static Bytes hash(Json json) {
        byte[] bytes = Fields.prefixedHex(json);
        if (bytes.length != 32) {
            throw new JsonException("a hash of " + bytes.length + " bytes");
        }
        return Bytes.of(bytes);
    }

    /** The number of the best block. */
    public long bestBlockNumber() throws IOException, InterruptedException {
        return call("chain_getHeader", Json.array(), header -> {
            Json number =
                    header instanceof Json.Obj object ? object.find("number").orElse(Json.Null.NULL) : Json.Null.NULL;
            return NodeTypes.blockNumber(number);
        });
    }

    /** How the node is. */
    public NodeHealth health() throws IOException, InterruptedException {
        Json.Obj health = call("system_health", Json.array(), ChainCalls::object);
        boolean syncing;
        long peers;
        try {
            syncing = Fields.bool(health.find("isSyncing").orElse(Json.Null.NULL));
            peers = Fields.u64(health.find("peers").orElse(Json.Null.NULL));
        } catch (JsonException e) {
            throw new IOException("system_health: " + e.getMessage(), e);
        }
        long best = bestBlockNumber();
        synchronized (this) {
            long now = System.nanoTime();
            if (best != bestBlock) {
                bestBlock = best;
                bestSince = now;
            }
            return new NodeHealth(syncing, peers, best, Duration.ofNanos(now - bestSince));
        }
    }

    private static Json.Obj object(Json json) {
        if (json instanceof Json.Obj object) {
            return object;
        }
        throw new JsonException("no object");
    }

    /** The name of the chain. */
    public String chainName() throws IOException, InterruptedException {
        return call("system_chain", Json.array(), Fields::text);
    }

    /** The properties of the chain's specification. */
    public Json.Obj properties() throws IOException, InterruptedException {
        return call("system_properties", Json.array(), ChainCalls::object);
    }

    /**
     * Calls a function of the runtime at the best block.
     *
     * @param function for example {@code SubspaceApi_history_size}
     * @param arguments SCALE
     * @return SCALE
     */
    public byte[] runtimeCall(String function, byte[] arguments) throws IOException, InterruptedException {
        return call(
                "state_call", Json.array(Json.string(function), NodeTypes.prefixedHex(arguments)), Fields::prefixedHex);
    }

    private <T> T call(String method, Json.Arr params, Function<Json, T> type)
            throws IOException, InterruptedException {
        Json result = rpc.call(method, params, timeout);
        try {
            return type.apply(result);
        } catch (JsonException e) {
            throw new IOException(method + ": " + e.getMessage(), e);
        }
    }
}
