package network.autonomys.farmer.nodeproxy.json;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import network.autonomys.farmer.core.types.ArchivedBlockProgress;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.FarmerAppInfo;
import network.autonomys.farmer.core.types.FarmerProtocolInfo;
import network.autonomys.farmer.core.types.Fraction;
import network.autonomys.farmer.core.types.GlobalObject;
import network.autonomys.farmer.core.types.GlobalObjectMapping;
import network.autonomys.farmer.core.types.LastArchivedBlock;
import network.autonomys.farmer.core.types.Multiaddr;
import network.autonomys.farmer.core.types.RewardSignatureResponse;
import network.autonomys.farmer.core.types.RewardSigningInfo;
import network.autonomys.farmer.core.types.SegmentHeader;
import network.autonomys.farmer.core.types.SlotInfo;
import network.autonomys.farmer.core.types.Solution;
import network.autonomys.farmer.core.types.SolutionResponse;

/**
 * The node's types in JSON, byte for byte as the reference prints them and as leniently as it reads them (node-rpc §1.3). Readers throw
 * {@link JsonException}, and nothing else, for what the reference refuses.
 */
public final class NodeTypes {
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private NodeTypes() {}

    /** Reads a {@link FarmerAppInfo}. */
    public static FarmerAppInfo farmerAppInfo(Json json) {
        Fields in = Fields.of(json, "genesisHash", "dsnBootstrapNodes", "syncing", "farmingTimeout", "protocolInfo");
        return new FarmerAppInfo(
                in.get("genesisHash", v -> Fields.hex(v, 32)),
                in.get("dsnBootstrapNodes", v -> Fields.list(v, NodeTypes::multiaddr)),
                in.get("syncing", Fields::bool),
                in.get("farmingTimeout", NodeTypes::duration),
                in.get("protocolInfo", NodeTypes::protocolInfo));
    }

    /** Writes a {@link FarmerAppInfo}. */
    public static Json json(FarmerAppInfo info) {
        return Json.object(
                "genesisHash", hex(info.genesisHash()),
                "dsnBootstrapNodes",
                        new Json.Arr(info.dsnBootstrapNodes().stream()
                                .map(address -> Json.string(address.text()))
                                .toList()),
                "syncing", Json.bool(info.syncing()),
                "farmingTimeout", duration(info.farmingTimeout()),
                "protocolInfo", json(info.protocolInfo()));
    }

    private static Multiaddr multiaddr(Json json) {
        try {
            return Multiaddr.parse(Fields.text(json));
        } catch (IllegalArgumentException e) {
            throw new JsonException("invalid multiaddr: " + e.getMessage());
        }
    }

    /** Reads a duration: seconds and nanoseconds, whole seconds among the nanoseconds carried over. */
    static Duration duration(Json json) {
        Fields in = Fields.of(json, "secs", "nanos");
        long seconds = in.get("secs", Fields::u64);
        long nanos = in.get("nanos", Fields::u32);
        long carried = seconds + nanos / NANOS_PER_SECOND;
        if (carried < 0 || Long.compareUnsigned(carried, seconds) < 0) {
            throw new JsonException("overflow deserializing Duration");
        }
        return Duration.ofSeconds(carried, nanos % NANOS_PER_SECOND);
    }

    static Json duration(Duration duration) {
        return Json.object("secs", Json.u64(duration.getSeconds()), "nanos", Json.u64(duration.getNano()));
    }

    private static FarmerProtocolInfo protocolInfo(Json json) {
        Fields in = Fields.of(
                json,
                "historySize",
                "maxPiecesInSector",
                "recentSegments",
                "recentHistoryFraction",
                "minSectorLifetime");
        return new FarmerProtocolInfo(
                in.get("historySize", Fields::nonZeroU64),
                in.get("maxPiecesInSector", Fields::u16),
                in.get("recentSegments", Fields::nonZeroU64),
                in.get("recentHistoryFraction", NodeTypes::fraction),
                in.get("minSectorLifetime", Fields::nonZeroU64));
    }

    private static Json json(FarmerProtocolInfo info) {
        return Json.object(
                "historySize", Json.u64(info.historySize()),
                "maxPiecesInSector", Json.u64(info.maxPiecesInSector()),
                "recentSegments", Json.u64(info.recentSegments()),
                "recentHistoryFraction",
                        Json.array(
                                Json.u64(info.recentHistoryFraction().numerator()),
                                Json.u64(info.recentHistoryFraction().denominator())),
                "minSectorLifetime", Json.u64(info.minSectorLifetime()));
    }

    private static Fraction fraction(Json json) {
        List<Json> pair = Fields.tuple(json, 2);
        return new Fraction(Fields.nonZeroU64(pair.get(0)), Fields.nonZeroU64(pair.get(1)));
    }

    /** Reads a {@link SlotInfo}. */
    public static SlotInfo slotInfo(Json json) {
        Fields in = Fields.of(json, "slotNumber", "globalChallenge", "solutionRange", "votingSolutionRange");
        return new SlotInfo(
                in.get("slotNumber", Fields::u64),
                in.get("globalChallenge", v -> Fields.hex(v, 32)),
                in.get("solutionRange", Fields::u64),
                in.get("votingSolutionRange", Fields::u64));
    }

    /** Writes a {@link SlotInfo}. */
    public static Json json(SlotInfo slot) {
        return Json.object(
                "slotNumber", Json.u64(slot.slotNumber()),
                "globalChallenge", hex(slot.globalChallenge()),
                "solutionRange", Json.u64(slot.solutionRange()),
                "votingSolutionRange", Json.u64(slot.votingSolutionRange()));
    }

    /** Reads a {@link SolutionResponse}. */
    public static SolutionResponse solutionResponse(Json json) {
        Fields in = Fields.of(json, "slotNumber", "solution");
        return new SolutionResponse(in.get("slotNumber", Fields::u64), in.get("solution", NodeTypes::solution));
    }

    /** Writes a {@link SolutionResponse}. */
    public static Json json(SolutionResponse response) {
        return Json.object("slotNumber", Json.u64(response.slotNumber()), "solution", json(response.solution()));
    }

    /** Reads a {@link Solution}. */
    public static Solution solution(Json json) {
        Fields in = Fields.of(
                json,
                "publicKey",
                "rewardAddress",
                "sectorIndex",
                "historySize",
                "pieceOffset",
                "recordCommitment",
                "recordWitness",
                "chunk",
                "chunkWitness",
                "proofOfSpace");
        return new Solution(
                in.get("publicKey", v -> Fields.hex(v, 32)),
                in.get("rewardAddress", v -> Fields.hex(v, 32)),
                in.get("sectorIndex", Fields::u16),
                in.get("historySize", Fields::nonZeroU64),
                in.get("pieceOffset", Fields::u16),
                in.get("recordCommitment", v -> Fields.hex(v, 48)),
                in.get("recordWitness", v -> Fields.hex(v, 48)),
                in.get("chunk", v -> Fields.numbers(v, 32)),
                in.get("chunkWitness", v -> Fields.hex(v, 48)),
                in.get("proofOfSpace", v -> Fields.hex(v, 160)));
    }

    /** Writes a {@link Solution}; its chunk as numbers, everything else as digits. */
    public static Json json(Solution solution) {
        return Json.object(
                "publicKey", hex(solution.publicKey()),
                "rewardAddress", hex(solution.rewardAddress()),
                "sectorIndex", Json.u64(solution.sectorIndex()),
                "historySize", Json.u64(solution.historySize()),
                "pieceOffset", Json.u64(solution.pieceOffset()),
                "recordCommitment", hex(solution.recordCommitment()),
                "recordWitness", hex(solution.recordWitness()),
                "chunk", numbers(solution.chunk()),
                "chunkWitness", hex(solution.chunkWitness()),
                "proofOfSpace", hex(solution.proofOfSpace()));
    }

    /** Reads a {@link RewardSigningInfo}. */
    public static RewardSigningInfo rewardSigningInfo(Json json) {
        Fields in = Fields.of(json, "hash", "publicKey");
        return new RewardSigningInfo(
                in.get("hash", v -> Fields.hex(v, 32)), in.get("publicKey", v -> Fields.hex(v, 32)));
    }

    /** Writes a {@link RewardSigningInfo}. */
    public static Json json(RewardSigningInfo info) {
        return Json.object("hash", hex(info.hash()), "publicKey", hex(info.publicKey()));
    }

    /** Reads a {@link RewardSignatureResponse}. */
    public static RewardSignatureResponse rewardSignatureResponse(Json json) {
        Fields in = Fields.of(json, "hash", "signature");
        return new RewardSignatureResponse(
                in.get("hash", v -> Fields.hex(v, 32)), in.optional("signature", v -> Fields.hex(v, 64)));
    }

    /** Writes a {@link RewardSignatureResponse}. */
    public static Json json(RewardSignatureResponse response) {
        return Json.object(
                "hash",
                hex(response.hash()),
                "signature",
                response.signature().map(NodeTypes::hex).orElse(Json.Null.NULL));
    }

    /** Reads a {@link SegmentHeader}. */
    public static SegmentHeader segmentHeader(Json json) {
        Fields in = Fields.of(
                variant(json, "v0"), "segmentIndex", "segmentCommitment", "prevSegmentHeaderHash", "lastArchivedBlock");
        return new SegmentHeader(
                in.get("segmentIndex", Fields::u64),
                in.get("segmentCommitment", v -> Fields.hex(v, 48)),
                in.get("prevSegmentHeaderHash", v -> Fields.hex(v, 32)),
                in.get("lastArchivedBlock", NodeTypes::lastArchivedBlock));
    }

    /** Writes a {@link SegmentHeader}. */
    public static Json json(SegmentHeader header) {
        LastArchivedBlock last = header.lastArchivedBlock();
        Json progress = last.archivedProgress().partial().isPresent()
                ? Json.object(
                        "partial", Json.u64(last.archivedProgress().partial().getAsLong()))
                : Json.string("complete");
        return Json.object(
                "v0",
                Json.object(
                        "segmentIndex", Json.u64(header.segmentIndex()),
                        "segmentCommitment", hex(header.segmentCommitment()),
                        "prevSegmentHeaderHash", hex(header.prevSegmentHeaderHash()),
                        "lastArchivedBlock",
                                Json.object("number", Json.u64(last.number()), "archivedProgress", progress)));
    }

    /** Reads a list of headers, null where the node has none. */
    public static List<Optional<SegmentHeader>> segmentHeaders(Json json) {
        return Fields.list(json, item -> Fields.option(item, NodeTypes::segmentHeader));
    }

    /** Writes a list of headers, null where there is none. */
    public static Json segmentHeaders(List<Optional<SegmentHeader>> headers) {
        return new Json.Arr(headers.stream()
                .map(header -> header.map(NodeTypes::json).orElse(Json.Null.NULL))
                .toList());
    }

    private static LastArchivedBlock lastArchivedBlock(Json json) {
        Fields in = Fields.of(json, "number", "archivedProgress");
        return new LastArchivedBlock(
                in.get("number", Fields::u32), in.get("archivedProgress", NodeTypes::archivedProgress));
    }

    private static ArchivedBlockProgress archivedProgress(Json json) {
        if (json instanceof Json.Str name) {
            if (name.text().equals("complete")) {
                return new ArchivedBlockProgress.Complete();
            }
            throw new JsonException("unknown variant `" + name.text() + "`");
        }
        Json.Member only = onlyMember(json);
        return switch (only.name()) {
            case "partial" -> new ArchivedBlockProgress.Partial(Fields.u32(only.value()));
            case "complete" -> {
                if (!(only.value() instanceof Json.Null)) {
                    throw new JsonException("`complete` has no value");
                }
                yield new ArchivedBlockProgress.Complete();
            }
            default -> throw new JsonException("unknown variant `" + only.name() + "`");
        };
    }

    /**
     * An archived block's objects (node-rpc §1.3): a mapping flattened beside the number.
     *
     * @param blockNumber u32
     * @param mapping its objects
     */
    public record ObjectMapping(long blockNumber, GlobalObjectMapping mapping) {}

    /** Reads an {@link ObjectMapping}. */
    public static ObjectMapping objectMapping(Json json) {
        if (!(json instanceof Json.Obj object)) {
            throw new JsonException("an object mapping is an object");
        }
        long number = Fields.u32(
                object.find("blockNumber").orElseThrow(() -> new JsonException("missing field `blockNumber`")));
        Json mapping = object.find("v0")
                .orElseThrow(() -> new JsonException("no variant of enum GlobalObjectMapping found in flattened data"));
        Fields in = Fields.of(mapping, "objects");
        return new ObjectMapping(
                number, new GlobalObjectMapping(in.get("objects", v -> Fields.list(v, NodeTypes::globalObject))));
    }

    /** Writes an {@link ObjectMapping}. */
    public static Json json(ObjectMapping mapping) {
        List<Json> objects = new ArrayList<>();
        for (GlobalObject object : mapping.mapping().objects()) {
            objects.add(Json.array(hex(object.hash()), Json.u64(object.pieceIndex()), Json.u64(object.offset())));
        }
        return Json.object(
                "blockNumber", Json.u64(mapping.blockNumber()), "v0", Json.object("objects", new Json.Arr(objects)));
    }

    private static GlobalObject globalObject(Json json) {
        List<Json> parts = Fields.tuple(json, 3);
        return new GlobalObject(Fields.hex(parts.get(0), 32), Fields.u64(parts.get(1)), Fields.u32(parts.get(2)));
    }

    private static Json variant(Json json, String name) {
        Json.Member only = onlyMember(json);
        if (!only.name().equals(name)) {
            throw new JsonException("unknown variant `" + only.name() + "`, expected `" + name + "`");
        }
        return only.value();
    }

    private static Json.Member onlyMember(Json json) {
        if (json instanceof Json.Obj object && object.members().size() == 1) {
            return object.members().getFirst();
        }
        throw new JsonException("an enum is an object of one member");
    }

    /** Bytes as lower-case digits without a prefix. */
    public static Json hex(Bytes bytes) {
        return Json.string(bytes.hex());
    }

    /** Bytes as lower-case digits after {@code 0x}. */
    public static Json prefixedHex(byte[] bytes) {
        return Json.string("0x" + java.util.HexFormat.of().formatHex(bytes));
    }

    /** Bytes as an array of numbers. */
    public static Json numbers(Bytes bytes) {
        List<Json> numbers = new ArrayList<>(bytes.length());
        for (int i = 0; i < bytes.length(); i++) {
            numbers.add(Json.u64(bytes.get(i) & 0xff));
        }
        return new Json.Arr(numbers);
    }

    /** A number in Substrate's hexadecimal form: {@code 0x}, no leading zeros. */
    public static Json hexNumber(long value) {
        return Json.string("0x" + Long.toHexString(value));
    }

    /** Reads a block number given as an integer or as {@code 0x} and digits. */
    public static long blockNumber(Json json) {
        if (json instanceof Json.Num) {
            return Fields.u64(json);
        }
        String text = Fields.text(json);
        if (!text.startsWith("0x") || text.length() < 3) {
            throw new JsonException("a block number is an integer or starts with 0x");
        }
        BigInteger value = new BigInteger(Fields.digits(text.substring(2)), 16);
        if (value.bitLength() > 64) {
            throw new JsonException("block number beyond 64 bits");
        }
        return value.longValue();
    }
}
