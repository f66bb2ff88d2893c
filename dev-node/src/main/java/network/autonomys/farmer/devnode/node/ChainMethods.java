package network.autonomys.farmer.devnode.node;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import network.autonomys.farmer.core.scale.ScaleException;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.PotParameters;
import network.autonomys.farmer.core.types.SegmentHeader;
import network.autonomys.farmer.devnode.chain.Chain;
import network.autonomys.farmer.devnode.chain.ChainState;
import network.autonomys.farmer.devnode.rpc.MethodTable;
import network.autonomys.farmer.devnode.rpc.Params;
import network.autonomys.farmer.devnode.rpc.RpcFailure;
import network.autonomys.farmer.nodeproxy.json.BlockJson;
import network.autonomys.farmer.nodeproxy.json.Fields;
import network.autonomys.farmer.nodeproxy.json.Json;
import network.autonomys.farmer.nodeproxy.json.JsonException;
import network.autonomys.farmer.nodeproxy.json.NodeTypes;

/** Substrate's methods about the chain (node-rpc §5.2). */
public final class ChainMethods {
    private static final int SS58_PREFIX = 6094;

    private final Chain chain;
    private final Announcements announcements;
    private final Faults faults;
    private final StorageKeys storage;
    private final String version;
    private final boolean follows;

    /**
     * @param version of the program
     * @param follows whether the node follows another one
     */
    public ChainMethods(Chain chain, Announcements announcements, Faults faults, String version, boolean follows) {
        this.chain = chain;
        this.announcements = announcements;
        this.faults = faults;
        this.storage = new StorageKeys(chain);
        this.version = version;
        this.follows = follows;
    }

    /** Adds them to a table. */
    public void addTo(MethodTable table) {
        table.safe("chain_getBlockHash", this::blockHash)
                .safe("chain_getBlock", this::block)
                .safe("chain_getHeader", this::header)
                .safe(
                        "chain_getFinalizedHead",
                        params -> optional(chain.blocks().hash(chain.finalized())))
                .safe("system_health", params -> health())
                .safe("system_chain", params -> Json.string("Autonomys Dev Node (simulated)"))
                .safe("system_name", params -> Json.string("Autonomys farmer dev node"))
                .safe("system_version", params -> Json.string(version))
                .safe("system_properties", params -> properties())
                .safe("state_getStorage", this::storage)
                .safe("state_call", this::runtimeCall)
                .safe(
                        "rpc_methods",
                        params -> Json.object(
                                "methods",
                                new Json.Arr(
                                        table.names().stream().map(Json::string).toList())))
                .subscription(
                        "chain_subscribeNewHeads",
                        "chain_newHead",
                        "chain_unsubscribeNewHeads",
                        false,
                        params -> announcements.heads());
    }

    private Json health() {
        return Json.object(
                "peers", Json.u64(follows ? 1 : 0),
                "isSyncing", Json.bool(faults.isSyncing()),
                "shouldHavePeers", Json.bool(follows));
    }

    private Json properties() {
        String entropy = chain.spec().potEntropy();
        return Json.object(
                "ss58Format", Json.u64(SS58_PREFIX),
                "tokenDecimals", Json.u64(18),
                "tokenSymbol", Json.string("DEV"),
                "dsnBootstrapNodes", Json.array(),
                "potExternalEntropy", entropy.isEmpty() ? Json.Null.NULL : Json.string(entropy),
                "devNode", Json.bool(true),
                "kzgParametersDigest", Json.string(chain.spec().kzgDigest().hex()));
    }

    private static Json optional(Optional<Bytes> hash) {
        return hash.map(BlockJson::json).orElse(Json.Null.NULL);
    }

    private Json blockHash(Params params) throws RpcFailure {
        Optional<Json> numbers = params.optional("hash", v -> v);
        if (numbers.isEmpty()) {
            return optional(Optional.of(chain.bestHash()));
        }
        try {
            if (numbers.get() instanceof Json.Arr list) {
                return new Json.Arr(list.items().stream().map(this::hashOf).toList());
            }
            return hashOf(numbers.get());
        } catch (JsonException e) {
            throw RpcFailure.of(3001, String.valueOf(e.getMessage()));
        }
    }

    private Json hashOf(Json number) {
        long value = NodeTypes.blockNumber(number);
        if (value >>> 32 != 0) {
            throw new JsonException("`" + Long.toUnsignedString(value) + "` > u32::MAX, the max block number is u32.");
        }
        return optional(chain.blocks().hash(value));
    }

    /** The number of the block that a call names, the best one where it names none. */
    private Optional<Long> named(Params params) throws RpcFailure {
        Optional<Bytes> hash = params.optional("hash", BlockJson::hash);
        return hash.isEmpty()
                ? Optional.of(chain.best().number())
                : chain.blocks().number(hash.get());
    }

    private Json block(Params params) throws RpcFailure, IOException {
        Optional<Long> number = named(params);
        return number.isEmpty() ? Json.Null.NULL : BlockJson.json(chain.blocks().block(number.get()));
    }

    private Json header(Params params) throws RpcFailure {
        return named(params)
                .map(number -> BlockJson.json(chain.blocks().header(number)))
                .orElse(Json.Null.NULL);
    }

    private Json storage(Params params) throws RpcFailure {
        byte[] key = params.next("key", Fields::prefixedHex);
        return storage.get(key).map(NodeTypes::prefixedHex).orElse(Json.Null.NULL);
    }

    private Json runtimeCall(Params params) throws RpcFailure {
        String function = params.next("name", Fields::text);
        byte[] arguments = params.next("bytes", Fields::prefixedHex);
        ChainState best = chain.best();
        try {
            return NodeTypes.prefixedHex(
                    switch (function) {
                        case "SubspaceApi_chain_constants" ->
                            chain.spec().constants().encode();
                        case "SubspaceApi_history_size" ->
                            new ScaleWriter().writeU64(best.historySize()).toByteArray();
                        case "SubspaceApi_max_pieces_in_sector" ->
                            new ScaleWriter()
                                    .writeU16(chain.spec().maxPiecesInSector())
                                    .toByteArray();
                        case "SubspaceApi_solution_ranges" -> best.ranges().encode();
                        case "SubspaceApi_segment_commitment" -> commitment(arguments, best);
                        case "SubspaceApi_pot_parameters" ->
                            new PotParameters(chain.spec().potIterations(), best.nextChange(chain.spec())).encode();
                        default ->
                            throw RpcFailure.of(
                                    4003,
                                    "Client error: Execution failed: Exported method " + function + " is not found");
                    });
        } catch (ScaleException e) {
            throw RpcFailure.of(4003, "Client error: Execution failed: " + e.getMessage());
        }
    }

    private byte[] commitment(byte[] arguments, ChainState best) {
        long index = ScaleReader.decode(arguments, ScaleReader::readU64);
        Optional<Bytes> commitment = Long.compareUnsigned(index, best.segments()) < 0
                ? chain.segments().find(index).map(SegmentHeader::segmentCommitment)
                : Optional.empty();
        return new ScaleWriter()
                .writeOption(commitment, ScaleWriter::writeBytes)
                .toByteArray();
    }

    /** The blocks up to the best, newest last, as a list for people. */
    List<Json> recent(int limit) {
        long best = chain.best().number();
        List<Json> blocks = new java.util.ArrayList<>();
        for (long number = Math.max(0, best - limit + 1); number <= best; number++) {
            blocks.add(Json.object(
                    "number", Json.u64(number),
                    "hash", optional(chain.blocks().hash(number)),
                    "header", BlockJson.json(chain.blocks().header(number))));
        }
        return blocks;
    }
}
