package network.autonomys.farmer.nodeproxy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import network.autonomys.farmer.core.archive.BlockHeader;
import network.autonomys.farmer.core.archive.SignedBlock;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.nodeproxy.json.BlockJson;
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
        return Fields.option(json, BlockJson::hash);
    }

    /** A block with its justifications, empty where the node does not have its body. */
    public Optional<SignedBlock> block(Bytes hash) throws IOException, InterruptedException {
        return call("chain_getBlock", Json.array(BlockJson.json(hash)), ChainCalls::optionalBlock);
    }

    /** Several blocks in one batch, in the same order. Over HTTP a batch whose answer would be too large is halved. */
    public List<Optional<SignedBlock>> blocks(List<Bytes> hashes) throws IOException, InterruptedException {
        List<RpcCaller.Call> calls = hashes.stream()
                .map(hash -> new RpcCaller.Call("chain_getBlock", Json.array(BlockJson.json(hash))))
                .toList();
        List<Json> results = rpc.batch(calls, timeout);
        try {
            return results.stream().map(ChainCalls::optionalBlock).toList();
        } catch (JsonException e) {
            throw new IOException("chain_getBlock: " + e.getMessage(), e);
        }
    }

    private static Optional<SignedBlock> optionalBlock(Json json) {
        return Fields.option(json, BlockJson::signedBlock);
    }

    /** The header of the best block. */
    public BlockHeader bestHeader() throws IOException, InterruptedException {
        return call("chain_getHeader", Json.array(), BlockJson::header);
    }

    /** The hash of the last block that is final. */
    public Bytes finalizedHead() throws IOException, InterruptedException {
        return call("chain_getFinalizedHead", Json.array(), BlockJson::hash);
    }

    /** The number of the best block. */
    public long bestBlockNumber() throws IOException, InterruptedException {
        return bestHeader().number();
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
