package network.autonomys.farmer.core.scale;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Function;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.types.ArchivedBlockProgress;
import network.autonomys.farmer.core.types.BlockObject;
import network.autonomys.farmer.core.types.BlockObjectMapping;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.ChainConstants;
import network.autonomys.farmer.core.types.ConsensusLog;
import network.autonomys.farmer.core.types.FarmerAppInfo;
import network.autonomys.farmer.core.types.FarmerProtocolInfo;
import network.autonomys.farmer.core.types.Fraction;
import network.autonomys.farmer.core.types.GlobalObject;
import network.autonomys.farmer.core.types.GlobalObjectMapping;
import network.autonomys.farmer.core.types.LastArchivedBlock;
import network.autonomys.farmer.core.types.Multiaddr;
import network.autonomys.farmer.core.types.PieceCheckParams;
import network.autonomys.farmer.core.types.PotCheckpoints;
import network.autonomys.farmer.core.types.PotNextSlotInput;
import network.autonomys.farmer.core.types.PotParameters;
import network.autonomys.farmer.core.types.PotParametersChange;
import network.autonomys.farmer.core.types.PreDigest;
import network.autonomys.farmer.core.types.PreDigestPotInfo;
import network.autonomys.farmer.core.types.RewardSignatureResponse;
import network.autonomys.farmer.core.types.RewardSigningInfo;
import network.autonomys.farmer.core.types.RuntimeSolutionRanges;
import network.autonomys.farmer.core.types.SegmentHeader;
import network.autonomys.farmer.core.types.SignedVote;
import network.autonomys.farmer.core.types.SlotInfo;
import network.autonomys.farmer.core.types.SlotProbability;
import network.autonomys.farmer.core.types.Solution;
import network.autonomys.farmer.core.types.SolutionResponse;
import network.autonomys.farmer.core.types.SubspaceJustification;
import network.autonomys.farmer.core.types.VerifySolutionParams;
import network.autonomys.farmer.core.types.Vote;
import network.autonomys.farmer.testkit.VectorCase;

/** A type of vectors/scale: how to build a value from the case's fields, to write and to read it. */
record ScaleType<T>(Builder<T> builder, BiConsumer<ScaleWriter, T> writer, Function<ScaleReader, T> reader) {
    /** Builds a value from its fields; the encoding is there for the types whose variant the fields do not tell. */
    interface Builder<T> {
        T build(JsonNode fields, byte[] scale);
    }

    private static final Map<String, ScaleType<?>> TYPES = types();

    T build(JsonNode fields, byte[] scale) {
        return builder.build(fields, scale);
    }

    void write(ScaleWriter out, T value) {
        writer.accept(out, value);
    }

    T read(ScaleReader in) {
        return reader.apply(in);
    }

    /** Hashes that a case gives beside the value. */
    void checkHash(T value, JsonNode fields) {
        if (value instanceof SegmentHeader header) {
            assertThat(header.hash()).isEqualTo(bytes(fields, "hash"));
        }
        if (value instanceof Vote vote) {
            assertThat(vote.hash()).isEqualTo(bytes(fields, "blake2b256"));
        }
    }

    static ScaleType<?> named(String name) {
        ScaleType<?> type = TYPES.get(name);
        if (type == null) {
            throw new AssertionError("unknown type " + name);
        }
        return type;
    }

    /** All types, for tests that feed them with anything. */
    static Map<String, ScaleType<?>> all() {
        return TYPES;
    }

    static ScaleType<Bytes> bytes(int length) {
        return new ScaleType<>(
                (f, s) -> Bytes.fromHex(f.asText()), ScaleWriter::writeBytes, in -> in.readBytes(length));
    }

    private static <R extends ScaleEncodable> ScaleType<R> record(
            Function<JsonNode, R> build, Function<ScaleReader, R> read) {
        return new ScaleType<>((f, s) -> build.apply(f), (out, value) -> value.write(out), read);
    }

    private static Map<String, ScaleType<?>> types() {
        Map<String, ScaleType<?>> types = new HashMap<>();
        for (String name : List.of("Blake3Hash", "PublicKey", "Randomness", "ScalarBytes")) {
            types.put(name, bytes(32));
        }
        for (String name : List.of("SegmentCommitment", "RecordCommitment", "RecordWitness", "ChunkWitness")) {
            types.put(name, bytes(48));
        }
        for (String name : List.of("PotOutput", "PotSeed", "PotKey")) {
            types.put(name, bytes(16));
        }
        types.put("PosProof", bytes(160));
        types.put("RewardSignature", bytes(64));
        types.put(
                "U256",
                new ScaleType<>(
                        (f, s) -> new BigInteger(f.asText(), 16), ScaleWriter::writeU256, ScaleReader::readU256));
        types.put(
                "u128",
                new ScaleType<>((f, s) -> new BigInteger(f.asText()), ScaleWriter::writeU128, ScaleReader::readU128));
        for (String name : List.of("PieceIndex", "SegmentIndex")) {
            types.put(name, new ScaleType<>((f, s) -> VectorCase.u64(f), ScaleWriter::writeU64, ScaleReader::readU64));
        }
        types.put(
                "HistorySize",
                new ScaleType<>((f, s) -> VectorCase.u64(f), ScaleWriter::writeU64, ScaleReader::readNonZeroU64));
        for (String name : List.of("PieceOffset", "SBucket")) {
            types.put(name, new ScaleType<>((f, s) -> f.asInt(), ScaleWriter::writeU16, ScaleReader::readU16));
        }
        types.put("bool", new ScaleType<>((f, s) -> f.booleanValue(), ScaleWriter::writeBool, ScaleReader::readBool));
        types.put(
                "Option<u64>",
                new ScaleType<>((f, s) -> optionalLong(f), ScaleWriter::writeOptionU64, ScaleReader::readOptionU64));
        types.put(
                "Vec<u8>",
                new ScaleType<>(ScaleType::vec, (out, value) -> out.writeVec(value), in -> Bytes.of(in.readVec())));
        types.put("String", new ScaleType<>((f, s) -> f.asText(), ScaleWriter::writeString, ScaleReader::readString));
        types.put(
                "Vec<u16>",
                new ScaleType<>(
                        (f, s) -> list(f, JsonNode::asInt),
                        (out, value) -> out.writeList(value, ScaleWriter::writeU16),
                        in -> in.readList(2, ScaleReader::readU16)));
        types.put("ArchivedBlockProgress", record(ScaleType::progress, ArchivedBlockProgress::read));
        types.put("LastArchivedBlock", record(ScaleType::lastArchivedBlock, LastArchivedBlock::read));
        types.put("SegmentHeader", record(ScaleType::segmentHeader, SegmentHeader::read));
        types.put(
                "Vec<SegmentHeader>",
                new ScaleType<>(
                        (f, s) -> list(f, ScaleType::segmentHeader),
                        (out, value) -> out.writeList(value),
                        in -> in.readList(94, SegmentHeader::read)));
        types.put(
                "Vec<Option<SegmentHeader>>",
                new ScaleType<>(
                        (f, s) -> list(f, n -> optional(n, ScaleType::segmentHeader)),
                        (out, value) -> out.writeList(value, (w, o) -> w.writeOption(o, (x, h) -> h.write(x))),
                        in -> in.readList(1, r -> r.readOption(SegmentHeader::read))));
        types.put(
                "BlockObjectMapping",
                record(
                        f -> new BlockObjectMapping(list(f, o -> new BlockObject(bytes(o, "hash"), u64(o, "offset")))),
                        BlockObjectMapping::read));
        types.put(
                "GlobalObjectMapping",
                record(
                        f -> new GlobalObjectMapping(list(
                                f, o -> new GlobalObject(bytes(o, "hash"), u64(o, "pieceIndex"), u64(o, "offset")))),
                        GlobalObjectMapping::read));
        types.put("PotCheckpoints", record(ScaleType::checkpoints, PotCheckpoints::read));
        types.put(
                "SubspaceJustification",
                record(
                        f -> new SubspaceJustification(
                                bytes(f, "seed"), list(f.get("checkpoints"), ScaleType::checkpoints)),
                        SubspaceJustification::read));
        types.put("FarmerProtocolInfo", record(ScaleType::protocolInfo, FarmerProtocolInfo::read));
        types.put("FarmerAppInfo", record(ScaleType::appInfo, FarmerAppInfo::read));
        types.put(
                "SlotInfo",
                record(
                        f -> new SlotInfo(
                                u64(f, "slotNumber"),
                                bytes(f, "globalChallenge"),
                                u64(f, "solutionRange"),
                                u64(f, "votingSolutionRange")),
                        SlotInfo::read));
        types.put("Solution", record(ScaleType::solution, Solution::read));
        types.put(
                "SolutionResponse",
                record(
                        f -> new SolutionResponse(u64(f, "slotNumber"), solution(f.get("solution"))),
                        SolutionResponse::read));
        types.put("Vote", record(ScaleType::vote, Vote::read));
        types.put(
                "SignedVote",
                record(f -> new SignedVote(vote(f.get("vote")), bytes(f, "signature")), SignedVote::read));
        types.put(
                "PreDigest",
                record(
                        f -> new PreDigest(
                                u64(f, "slot"),
                                solution(f.get("solution")),
                                new PreDigestPotInfo(bytes(f, "proofOfTime"), bytes(f, "futureProofOfTime"))),
                        PreDigest::read));
        types.put(
                "RewardSigningInfo",
                record(f -> new RewardSigningInfo(bytes(f, "hash"), bytes(f, "publicKey")), RewardSigningInfo::read));
        types.put(
                "RewardSignatureResponse",
                record(
                        f -> new RewardSignatureResponse(
                                bytes(f, "hash"), optional(f.get("signature"), ScaleType::hex)),
                        RewardSignatureResponse::read));
        types.put("PotParametersChange", record(ScaleType::potChange, PotParametersChange::read));
        types.put(
                "PotParameters",
                record(
                        f -> new PotParameters(
                                u64(f, "slotIterations"), optional(f.get("nextChange"), ScaleType::potChange)),
                        PotParameters::read));
        types.put(
                "PotNextSlotInput",
                record(
                        f -> new PotNextSlotInput(u64(f, "slot"), u64(f, "slotIterations"), bytes(f, "seed")),
                        PotNextSlotInput::read));
        types.put(
                "SolutionRanges",
                record(
                        f -> new RuntimeSolutionRanges(
                                u64(f, "current"),
                                optionalLong(f.get("next")),
                                u64(f, "votingCurrent"),
                                optionalLong(f.get("votingNext"))),
                        RuntimeSolutionRanges::read));
        types.put("ChainConstants", record(ScaleType::chainConstants, ChainConstants::read));
        types.put(
                "ConsensusLog",
                new ScaleType<>(ScaleType::consensusLog, (out, value) -> value.write(out), ConsensusLog::read));
        types.put("PieceCheckParams", record(ScaleType::pieceCheck, PieceCheckParams::read));
        types.put(
                "VerifySolutionParams",
                record(
                        f -> new VerifySolutionParams(
                                bytes(f, "proofOfTime"),
                                u64(f, "solutionRange"),
                                optional(f.get("pieceCheckParams"), ScaleType::pieceCheck)),
                        VerifySolutionParams::read));
        types.put(
                "Piece",
                new ScaleType<>(
                        (f, s) -> hex(f),
                        (out, value) -> out.writePiece(value.toArray()),
                        in -> Bytes.of(in.readPiece())));
        return Map.copyOf(types);
    }

    private static Bytes vec(JsonNode f, byte[] scale) {
        if (f.isTextual()) {
            return hex(f);
        }
        int from = f.get("scaleFrom").asInt();
        Bytes value = Bytes.copyOf(scale, from, scale.length);
        assertThat(value.length()).isEqualTo(f.get("len").asInt());
        assertThat(Blake3.hash(value).hex()).isEqualTo(f.get("blake3").asText());
        return value;
    }

    private static ArchivedBlockProgress progress(JsonNode f) {
        return progressOf(f.get("partial"));
    }

    private static ArchivedBlockProgress progressOf(JsonNode partial) {
        return partial.isNull()
                ? new ArchivedBlockProgress.Complete()
                : new ArchivedBlockProgress.Partial(VectorCase.u64(partial));
    }

    private static LastArchivedBlock lastArchivedBlock(JsonNode f) {
        return new LastArchivedBlock(u64(f, "number"), progressOf(f.get("partial")));
    }

    private static SegmentHeader segmentHeader(JsonNode f) {
        return new SegmentHeader(
                u64(f, "segmentIndex"),
                bytes(f, "segmentCommitment"),
                bytes(f, "prevSegmentHeaderHash"),
                lastArchivedBlock(f.get("lastArchivedBlock")));
    }

    private static PotCheckpoints checkpoints(JsonNode f) {
        StringBuilder joined = new StringBuilder();
        f.forEach(n -> joined.append(n.asText()));
        return new PotCheckpoints(Bytes.fromHex(joined.toString()));
    }

    private static FarmerProtocolInfo protocolInfo(JsonNode f) {
        return new FarmerProtocolInfo(
                u64(f, "historySize"),
                f.get("maxPiecesInSector").asInt(),
                u64(f, "recentSegments"),
                fraction(f.get("recentHistoryFraction")),
                u64(f, "minSectorLifetime"));
    }

    private static FarmerAppInfo appInfo(JsonNode f) {
        JsonNode timeout = f.get("farmingTimeout");
        return new FarmerAppInfo(
                bytes(f, "genesisHash"),
                list(f.get("dsnBootstrapNodes"), ScaleType::multiaddr),
                f.get("syncing").booleanValue(),
                Duration.ofSeconds(u64(timeout, "secs"), u64(timeout, "nanos")),
                protocolInfo(f.get("protocolInfo")));
    }

    private static Multiaddr multiaddr(JsonNode f) {
        Multiaddr address = Multiaddr.parse(f.get("text").asText());
        assertThat(address.bytes()).isEqualTo(bytes(f, "bytes"));
        assertThat(address.text()).isEqualTo(f.get("text").asText());
        return address;
    }

    private static Solution solution(JsonNode f) {
        return new Solution(
                bytes(f, "publicKey"),
                bytes(f, "rewardAddress"),
                f.get("sectorIndex").asInt(),
                u64(f, "historySize"),
                f.get("pieceOffset").asInt(),
                bytes(f, "recordCommitment"),
                bytes(f, "recordWitness"),
                bytes(f, "chunk"),
                bytes(f, "chunkWitness"),
                bytes(f, "proofOfSpace"));
    }

    private static Vote vote(JsonNode f) {
        return new Vote(
                u64(f, "height"),
                bytes(f, "parentHash"),
                u64(f, "slot"),
                solution(f.get("solution")),
                bytes(f, "proofOfTime"),
                bytes(f, "futureProofOfTime"));
    }

    private static PotParametersChange potChange(JsonNode f) {
        return new PotParametersChange(u64(f, "slot"), u64(f, "slotIterations"), bytes(f, "entropy"));
    }

    private static ChainConstants chainConstants(JsonNode f) {
        JsonNode probability = f.get("slotProbability");
        return new ChainConstants(
                u64(f, "confirmationDepthK"),
                u64(f, "blockAuthoringDelay"),
                u64(f, "eraDuration"),
                new SlotProbability(VectorCase.u64(probability.get(0)), VectorCase.u64(probability.get(1))),
                u64(f, "slotDuration"),
                u64(f, "recentSegments"),
                fraction(f.get("recentHistoryFraction")),
                u64(f, "minSectorLifetime"));
    }

    private static ConsensusLog consensusLog(JsonNode f, byte[] scale) {
        return switch (scale[0]) {
            case 0 -> new ConsensusLog.PotSlotIterations(VectorCase.u64(f));
            case 1 -> new ConsensusLog.SolutionRange(VectorCase.u64(f));
            case 2 -> new ConsensusLog.ParametersChange(potChange(f));
            case 3 -> new ConsensusLog.NextSolutionRange(VectorCase.u64(f));
            case 4 -> new ConsensusLog.SegmentCommitment(u64(f, "segmentIndex"), bytes(f, "segmentCommitment"));
            case 5 -> new ConsensusLog.EnableSolutionRangeAdjustment(optionalLong(f));
            case 6 -> new ConsensusLog.RootPlotPublicKeyUpdate(optional(f, ScaleType::hex));
            default -> throw new AssertionError("variant " + scale[0]);
        };
    }

    private static PieceCheckParams pieceCheck(JsonNode f) {
        return new PieceCheckParams(
                f.get("maxPiecesInSector").asInt(),
                bytes(f, "segmentCommitment"),
                u64(f, "recentSegments"),
                fraction(f.get("recentHistoryFraction")),
                u64(f, "minSectorLifetime"),
                u64(f, "currentHistorySize"),
                optional(f.get("sectorExpirationCheckSegmentCommitment"), ScaleType::hex));
    }

    private static Fraction fraction(JsonNode f) {
        return new Fraction(VectorCase.u64(f.get(0)), VectorCase.u64(f.get(1)));
    }

    private static Bytes hex(JsonNode f) {
        return Bytes.fromHex(f.asText());
    }

    private static Bytes bytes(JsonNode f, String field) {
        return hex(f.get(field));
    }

    private static long u64(JsonNode f, String field) {
        return VectorCase.u64(f.get(field));
    }

    private static OptionalLong optionalLong(JsonNode f) {
        return f.isNull() ? OptionalLong.empty() : OptionalLong.of(VectorCase.u64(f));
    }

    private static <T> Optional<T> optional(JsonNode f, Function<JsonNode, T> type) {
        return f.isNull() ? Optional.empty() : Optional.of(type.apply(f));
    }

    private static <T> List<T> list(JsonNode f, Function<JsonNode, T> type) {
        List<T> list = new ArrayList<>();
        f.forEach(n -> list.add(type.apply(n)));
        return list;
    }
}
