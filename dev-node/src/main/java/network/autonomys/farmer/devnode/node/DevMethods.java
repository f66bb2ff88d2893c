package network.autonomys.farmer.devnode.node;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import network.autonomys.farmer.core.keys.Ss58;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.devnode.chain.Archive;
import network.autonomys.farmer.devnode.chain.Body;
import network.autonomys.farmer.devnode.chain.Chain;
import network.autonomys.farmer.devnode.chain.ChainState;
import network.autonomys.farmer.devnode.chain.Ledger;
import network.autonomys.farmer.devnode.rpc.MethodTable;
import network.autonomys.farmer.devnode.rpc.Params;
import network.autonomys.farmer.devnode.rpc.RpcFailure;
import network.autonomys.farmer.nodeproxy.json.Fields;
import network.autonomys.farmer.nodeproxy.json.Json;
import network.autonomys.farmer.nodeproxy.json.NodeTypes;
import network.autonomys.farmer.nodeproxy.json.PieceJson;

/** Calls for demos and tests (node-rpc §6.6), served with {@code --dev-rpc} only. */
public final class DevMethods {
    private static final long DEFAULT_LIMIT = 100;

    private final Chain chain;
    private final Archive archive;
    private final ChainMethods blocks;
    private final Announcements announcements;
    private final Faults faults;
    private final Control control;

    /** What can be changed in a running node. */
    public interface Control {
        void setRange(long range);

        void setFiller(int bytes);

        void pause(boolean on);

        void dropConnections();

        double meanProofNanos();
    }

    public DevMethods(
            Chain chain,
            Archive archive,
            ChainMethods blocks,
            Announcements announcements,
            Faults faults,
            Control control) {
        this.chain = chain;
        this.archive = archive;
        this.blocks = blocks;
        this.announcements = announcements;
        this.faults = faults;
        this.control = control;
    }

    /** Adds them to a table. */
    public void addTo(MethodTable table) {
        table.safe("devnode_status", params -> status())
                .safe("devnode_authors", params -> authors())
                .safe("devnode_solutionLog", params -> solutionLog(limit(params)))
                .safe("devnode_recentBlocks", params -> new Json.Arr(blocks.recent(limit(params))))
                .unsafe("devnode_setRange", this::setRange)
                .unsafe("devnode_setFiller", this::setFiller)
                .unsafe("devnode_pause", params -> pause(true))
                .unsafe("devnode_resume", params -> pause(false))
                .unsafe("devnode_piece", this::piece)
                .unsafe("devnode_fault", this::fault);
    }

    private static int limit(Params params) throws RpcFailure {
        return (int) Math.min(10_000, params.optional("limit", Fields::u32).orElse(DEFAULT_LIMIT));
    }

    private Json status() {
        ChainState best = chain.best();
        return Json.object(
                "best", Json.u64(best.number()),
                "bestHash", Json.string("0x" + chain.bestHash().hex()),
                "finalized", Json.u64(chain.finalized()),
                "slot", Json.u64(chain.proofs().lastSlot()),
                "bestSlot", Json.u64(best.slot()),
                "solutionRange", Json.u64(best.nextRange()),
                "votingSolutionRange", Json.u64(best.nextVotingRange()),
                "segments", Json.u64(chain.segments().size()),
                "segmentsOnChain", Json.u64(best.segments()),
                "heldSegment", archive.held().map(Json::u64).orElse(Json.Null.NULL),
                "meanProofMicros", Json.u64((long) (control.meanProofNanos() / 1000)));
    }

    private Json authors() {
        return Json.object(
                "rewardAddresses",
                accounts(chain.ledger().addresses(), address -> new Ss58(Ss58.AUTONOMYS_PREFIX, address).encode()),
                "publicKeys",
                accounts(chain.ledger().keys(), Bytes::hex));
    }

    private static Json accounts(Map<Bytes, Ledger.Account> accounts, Function<Bytes, String> name) {
        List<Json> list = new ArrayList<>();
        accounts.forEach((key, account) -> {
            List<Json.Member> rejected = new ArrayList<>();
            account.rejected().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(e -> rejected.add(new Json.Member(e.getKey().label(), Json.u64(e.getValue()))));
            list.add(Json.object(
                    "name", Json.string(name.apply(key)),
                    "blocks", Json.u64(account.blocks()),
                    "votes", Json.u64(account.votes()),
                    "rejected", new Json.Obj(rejected)));
        });
        return new Json.Arr(list);
    }

    private Json solutionLog(int limit) {
        return new Json.Arr(chain.ledger().last(limit).stream()
                .map(entry -> (Json) Json.object(
                        "slot", Json.u64(entry.slot()),
                        "publicKey", NodeTypes.hex(entry.solution().publicKey()),
                        "sector", Json.u64(entry.solution().sectorIndex()),
                        "pieceOffset", Json.u64(entry.solution().pieceOffset()),
                        "historySize", Json.u64(entry.solution().historySize()),
                        "outcome", Json.string(entry.outcome().code().label()),
                        "detail", Json.string(entry.outcome().detail())))
                .toList());
    }

    private Json setRange(Params params) throws RpcFailure {
        control.setRange(params.next("range", Fields::nonZeroU64));
        return Json.Null.NULL;
    }

    private Json setFiller(Params params) throws RpcFailure {
        long bytes = params.next("bytes", Fields::u32);
        if (bytes > Body.MAX_FILLER) {
            throw RpcFailure.subspace("at most " + Body.MAX_FILLER + " bytes of filler");
        }
        control.setFiller((int) bytes);
        return Json.Null.NULL;
    }

    private Json pause(boolean on) {
        control.pause(on);
        return Json.Null.NULL;
    }

    private Json piece(Params params) throws RpcFailure, IOException {
        Optional<byte[]> piece = archive.anyPiece(params.next("index", Fields::u64));
        return piece.map(bytes -> PieceJson.of(MemorySegment.ofArray(bytes))).orElse(Json.Null.NULL);
    }

    private Json fault(Params params) throws RpcFailure {
        String kind = params.next("kind", Fields::text);
        Json argument = params.optional("arg", v -> v).orElse(Json.bool(true));
        boolean on = !(argument instanceof Json.Bool bool) || bool.value();
        long number = argument instanceof Json.Num ? Fields.u32(argument) : 1;
        switch (kind) {
            case "dropConnection" -> control.dropConnections();
            case "dropSubscription" -> {
                announcements.slots().dropAll();
                announcements.signing().dropAll();
                announcements.segments().dropAll();
            }
            case "delayNotificationsMs" -> faults.delayNotifications(number);
            case "duplicateSlot" -> faults.duplicateSlots((int) Math.min(number, Integer.MAX_VALUE));
            case "skipSlots" -> faults.skipSlots(number);
            case "syncing" -> faults.syncing(on);
            case "withholdPiece" -> faults.withholdPieces(on);
            case "truncatePiece" -> faults.truncatePieces(on);
            case "garbageNotification" -> {
                announcements.slots().publishRaw("{\"slotNumber\":-1}");
                announcements.signing().publishRaw("{}");
                announcements.segments().publishRaw("[]");
            }
            case "neverWaitForAck" -> faults.neverWaitForAck(on);
            case "reorderSegmentHeaders" -> faults.reorderHeaders(on);
            default -> throw RpcFailure.subspace("unknown fault " + kind);
        }
        return Json.Null.NULL;
    }
}
