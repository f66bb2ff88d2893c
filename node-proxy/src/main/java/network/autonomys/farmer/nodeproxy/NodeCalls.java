package network.autonomys.farmer.nodeproxy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import network.autonomys.farmer.core.types.FarmerAppInfo;
import network.autonomys.farmer.core.types.RewardSignatureResponse;
import network.autonomys.farmer.core.types.SegmentHeader;
import network.autonomys.farmer.core.types.SolutionResponse;
import network.autonomys.farmer.nodeproxy.json.Json;
import network.autonomys.farmer.nodeproxy.json.JsonException;
import network.autonomys.farmer.nodeproxy.json.NodeTypes;
import network.autonomys.farmer.nodeproxy.json.PieceJson;
import network.autonomys.farmer.nodeproxy.rpc.RpcCaller;
import network.autonomys.farmer.nodeproxy.rpc.RpcErrorException;

/**
 * The calls of farmers (node-rpc §1.4), typed. Each throws {@link RpcErrorException} where the node refuses, {@link
 * network.autonomys.farmer.nodeproxy.rpc.NotConnectedException} where the call was not sent, and another {@link IOException} where it is
 * unknown whether the node has acted, or where its answer makes no sense.
 */
public final class NodeCalls {
    /** The most segment indexes of one call. */
    public static final int MAX_HEADERS = 1000;

    private static final int SUBSPACE_ERROR = 9001;
    private static final String IGNORED = "Solution was ignored";

    private final RpcCaller rpc;
    private final Duration timeout;

    public NodeCalls(RpcCaller rpc, Duration timeout) {
        this.rpc = rpc;
        this.timeout = timeout;
    }

    /** What the node tells farmers. */
    public FarmerAppInfo farmerAppInfo() throws IOException, InterruptedException {
        return call("subspace_getFarmerAppInfo", Json.array(), NodeTypes::farmerAppInfo);
    }

    /**
     * Hands in a solution.
     *
     * @return true where the node took it for judging, which says nothing about its worth; false where it came too late, or too many came
     */
    public boolean submitSolution(SolutionResponse response) throws IOException, InterruptedException {
        try {
            call("subspace_submitSolutionResponse", Json.array(NodeTypes.json(response)), result -> result);
            return true;
        } catch (RpcErrorException e) {
            if (e.code() == SUBSPACE_ERROR && e.text().equals(IGNORED)) {
                return false;
            }
            throw e;
        }
    }

    /** Hands in a signature; too late ones are dropped without a word. */
    public void submitRewardSignature(RewardSignatureResponse response) throws IOException, InterruptedException {
        call("subspace_submitRewardSignature", Json.array(NodeTypes.json(response)), result -> result);
    }

    /**
     * Headers of segments, in the order of the indexes.
     *
     * @param indexes at most {@link #MAX_HEADERS}
     */
    public List<Optional<SegmentHeader>> segmentHeaders(List<Long> indexes) throws IOException, InterruptedException {
        Json.Arr list = new Json.Arr(indexes.stream().map(Json::u64).toList());
        List<Optional<SegmentHeader>> headers =
                call("subspace_segmentHeaders", Json.array(list), NodeTypes::segmentHeaders);
        if (headers.size() != indexes.size()) {
            throw new IOException("subspace_segmentHeaders: " + headers.size() + " headers for " + indexes.size());
        }
        for (int i = 0; i < indexes.size(); i++) {
            long asked = indexes.get(i);
            if (headers.get(i).isPresent() && headers.get(i).get().segmentIndex() != asked) {
                throw new IOException("subspace_segmentHeaders: another header than that of segment " + asked);
            }
        }
        return headers;
    }

    /**
     * The newest headers in ascending order.
     *
     * @param limit at most {@link #MAX_HEADERS}
     */
    public List<SegmentHeader> lastSegmentHeaders(int limit) throws IOException, InterruptedException {
        return call("subspace_lastSegmentHeaders", Json.array(Json.u64(limit)), NodeTypes::segmentHeaders).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * A piece of the segment that the node holds, or of segment 0 (node-rpc §1.4.7). It is not verified.
     *
     * @param target 1 048 672 bytes
     * @return false where the node does not serve it; the target may be changed all the same
     */
    public boolean piece(long index, MemorySegment target) throws IOException, InterruptedException {
        return call("subspace_piece", Json.array(Json.u64(index)), result -> {
            if (result instanceof Json.Null) {
                return false;
            }
            PieceJson.read(result, target);
            return true;
        });
    }

    /** Releases one of the acknowledgements that the node waits for. */
    public void acknowledge(long segmentIndex) throws IOException, InterruptedException {
        call("subspace_acknowledgeArchivedSegmentHeader", Json.array(Json.u64(segmentIndex)), result -> result);
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
