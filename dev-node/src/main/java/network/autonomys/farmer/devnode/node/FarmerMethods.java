package network.autonomys.farmer.devnode.node;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import network.autonomys.farmer.core.types.FarmerAppInfo;
import network.autonomys.farmer.core.types.FarmerProtocolInfo;
import network.autonomys.farmer.core.types.RewardSignatureResponse;
import network.autonomys.farmer.core.types.SegmentHeader;
import network.autonomys.farmer.core.types.SolutionResponse;
import network.autonomys.farmer.devnode.chain.Archive;
import network.autonomys.farmer.devnode.chain.Chain;
import network.autonomys.farmer.devnode.chain.ChainSpec;
import network.autonomys.farmer.devnode.rpc.MethodTable;
import network.autonomys.farmer.devnode.rpc.Params;
import network.autonomys.farmer.devnode.rpc.RpcFailure;
import network.autonomys.farmer.nodeproxy.json.Fields;
import network.autonomys.farmer.nodeproxy.json.Json;
import network.autonomys.farmer.nodeproxy.json.NodeTypes;
import network.autonomys.farmer.nodeproxy.json.PieceJson;

/** The methods of farmers (node-rpc §1.4). */
public final class FarmerMethods {
    private static final int MAX_HEADERS = 1000;
    private static final int MAX_OBJECTS = 1000;

    /** Takes what farmers hand in; a following node passes it on. */
    public interface Desk {
        /** Takes a solution; false where its slot is unknown or over. */
        boolean solution(SolutionResponse response) throws RpcFailure, IOException, InterruptedException;

        /** Takes a signature. */
        void signature(RewardSignatureResponse response) throws RpcFailure, IOException, InterruptedException;
    }

    private final Chain chain;
    private final Archive archive;
    private final Announcements announcements;
    private final Acknowledgements acknowledgements;
    private final Desk desk;
    private final Faults faults;

    public FarmerMethods(
            Chain chain,
            Archive archive,
            Announcements announcements,
            Acknowledgements acknowledgements,
            Desk desk,
            Faults faults) {
        this.chain = chain;
        this.archive = archive;
        this.announcements = announcements;
        this.acknowledgements = acknowledgements;
        this.desk = desk;
        this.faults = faults;
    }

    /** Adds them to a table. */
    public void addTo(MethodTable table) {
        table.safe("subspace_getFarmerAppInfo", params -> NodeTypes.json(appInfo()))
                .unsafe("subspace_submitSolutionResponse", this::submitSolution)
                .unsafe("subspace_submitRewardSignature", this::submitSignature)
                .safe("subspace_segmentHeaders", this::segmentHeaders)
                .safe("subspace_lastSegmentHeaders", this::lastSegmentHeaders)
                .unsafe("subspace_piece", this::piece)
                .unsafe("subspace_acknowledgeArchivedSegmentHeader", this::acknowledge);
        subscription(table, "SlotInfo", "slot_info", false, params -> announcements.slots());
        subscription(table, "RewardSigning", "reward_signing", true, params -> announcements.signing());
        subscription(
                table, "ArchivedSegmentHeader", "archived_segment_header", false, params -> announcements.segments());
        subscription(table, "ObjectMappings", "object_mappings", true, params -> announcements.objects());
        subscription(table, "FilteredObjectMappings", "filtered_object_mappings", true, this::filteredObjects);
    }

    private static void subscription(
            MethodTable table, String name, String notification, boolean unsafe, MethodTable.Subscribe subscribe) {
        table.subscription(
                "subspace_subscribe" + name,
                "subspace_" + notification,
                "subspace_unsubscribe" + name,
                unsafe,
                subscribe);
    }

    private network.autonomys.farmer.devnode.rpc.Topic filteredObjects(Params params) throws RpcFailure {
        int hashes = params.next("hashes", v -> Fields.list(v, h -> Fields.hex(h, 32)))
                .size();
        if (hashes > MAX_OBJECTS) {
            throw RpcFailure.subspace(
                    "Request hash count (" + hashes + ") exceed the server limit: " + MAX_OBJECTS + " ");
        }
        return announcements.objects();
    }

    /** What farmers are told. */
    public FarmerAppInfo appInfo() {
        ChainSpec spec = chain.spec();
        return new FarmerAppInfo(
                spec.genesis().hash(),
                List.of(),
                faults.isSyncing(),
                Duration.ofMillis(spec.slotMillis()).multipliedBy(spec.authoringDelay()),
                new FarmerProtocolInfo(
                        Math.max(1, chain.segments().size()),
                        spec.maxPiecesInSector(),
                        spec.recentSegments(),
                        spec.recentFraction(),
                        spec.minSectorLifetime()));
    }

    private Json submitSolution(Params params) throws RpcFailure, IOException, InterruptedException {
        SolutionResponse response = params.next("solutionResponse", NodeTypes::solutionResponse);
        if (!desk.solution(response)) {
            throw RpcFailure.subspace("Solution was ignored");
        }
        return Json.Null.NULL;
    }

    private Json submitSignature(Params params) throws RpcFailure, IOException, InterruptedException {
        desk.signature(params.next("rewardSignature", NodeTypes::rewardSignatureResponse));
        return Json.Null.NULL;
    }

    private Json segmentHeaders(Params params) throws RpcFailure {
        List<Long> indexes = params.next("segmentIndexes", v -> Fields.list(v, Fields::u64));
        if (indexes.size() > MAX_HEADERS) {
            throw RpcFailure.subspace("segment_indexes length exceed the limit " + MAX_HEADERS);
        }
        return headers(indexes.stream().map(chain.segments()::find).toList());
    }

    private Json lastSegmentHeaders(Params params) throws RpcFailure {
        long limit = params.next("limit", Fields::u32);
        if (limit > MAX_HEADERS) {
            throw RpcFailure.subspace("Request limit (" + limit + ") exceed the server limit: " + MAX_HEADERS + " ");
        }
        List<SegmentHeader> last = chain.segments().last((int) limit);
        return headers(
                last.isEmpty() && limit > 0
                        ? List.of(Optional.empty())
                        : last.stream().map(Optional::of).toList());
    }

    private Json headers(List<Optional<SegmentHeader>> headers) {
        if (!faults.reordersHeaders()) {
            return NodeTypes.segmentHeaders(headers);
        }
        List<Optional<SegmentHeader>> reversed = new ArrayList<>(headers);
        Collections.reverse(reversed);
        return NodeTypes.segmentHeaders(reversed);
    }

    private Json piece(Params params) throws RpcFailure, IOException {
        long index = params.next("pieceIndex", Fields::u64);
        Optional<byte[]> piece = faults.withholdsPieces() ? Optional.empty() : archive.piece(index);
        if (piece.isEmpty()) {
            return Json.Null.NULL;
        }
        Json json = PieceJson.of(MemorySegment.ofArray(piece.get()));
        if (faults.truncatesPieces() && json instanceof Json.Str digits) {
            return Json.string(digits.text().substring(2));
        }
        return json;
    }

    private Json acknowledge(Params params) throws RpcFailure {
        acknowledgements.acknowledge(params.next("segmentIndex", Fields::u64));
        return Json.Null.NULL;
    }
}
