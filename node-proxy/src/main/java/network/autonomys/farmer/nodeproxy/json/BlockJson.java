package network.autonomys.farmer.nodeproxy.json;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import network.autonomys.farmer.core.archive.BlockHeader;
import network.autonomys.farmer.core.archive.DigestItem;
import network.autonomys.farmer.core.archive.Justification;
import network.autonomys.farmer.core.archive.SignedBlock;
import network.autonomys.farmer.core.scale.ScaleException;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.core.types.Bytes;

/** Blocks as {@code chain_getBlock} gives them (node-rpc §5.3). Readers throw {@link JsonException} for what is no block. */
public final class BlockJson {
    private BlockJson() {}

    /** Reads a block with its justifications. */
    public static SignedBlock signedBlock(Json json) {
        Json.Obj outer = object(json);
        Json.Obj block = object(member(outer, "block"));
        BlockHeader header = header(member(block, "header"));
        List<Bytes> extrinsics = Fields.list(member(block, "extrinsics"), BlockJson::extrinsic);
        Optional<List<Justification>> justifications = outer.find("justifications")
                .flatMap(value -> Fields.option(value, list -> Fields.list(list, BlockJson::justification)));
        return new SignedBlock(header, extrinsics, justifications);
    }

    /** Writes a block with its justifications. */
    public static Json json(SignedBlock block) {
        List<Json> extrinsics = new ArrayList<>();
        for (Bytes extrinsic : block.extrinsics()) {
            // The compact length is part of the text.
            byte[] prefix = new ScaleWriter(8).writeCompact(extrinsic.length()).toByteArray();
            extrinsics.add(Json.string("0x" + HexFormat.of().formatHex(prefix) + extrinsic.hex()));
        }
        Json justifications = block.justifications()
                .<Json>map(list -> new Json.Arr(list.stream()
                        .<Json>map(j -> Json.array(NodeTypes.numbers(j.engine()), NodeTypes.numbers(j.data())))
                        .toList()))
                .orElse(Json.Null.NULL);
        return Json.object(
                "block",
                Json.object("header", json(block.header()), "extrinsics", new Json.Arr(extrinsics)),
                "justifications",
                justifications);
    }

    /** Reads a header. */
    public static BlockHeader header(Json json) {
        Json.Obj header = object(json);
        List<DigestItem> logs = Fields.list(
                member(object(member(header, "digest")), "logs"),
                log -> scale(Fields.prefixedHex(log), DigestItem::read));
        long number = NodeTypes.blockNumber(member(header, "number"));
        if (number >>> 32 != 0) {
            throw new JsonException("block number beyond 32 bits");
        }
        return new BlockHeader(
                hash(member(header, "parentHash")),
                number,
                hash(member(header, "stateRoot")),
                hash(member(header, "extrinsicsRoot")),
                logs);
    }

    /** Writes a header. */
    public static Json json(BlockHeader header) {
        List<Json> logs = header.digest().stream()
                .map(item -> NodeTypes.prefixedHex(item.encode()))
                .toList();
        return Json.object(
                "parentHash", json(header.parentHash()),
                "number", NodeTypes.hexNumber(header.number()),
                "stateRoot", json(header.stateRoot()),
                "extrinsicsRoot", json(header.extrinsicsRoot()),
                "digest", Json.object("logs", new Json.Arr(logs)));
    }

    /** Reads a hash of 32 bytes after {@code 0x}. */
    public static Bytes hash(Json json) {
        byte[] bytes = Fields.prefixedHex(json);
        if (bytes.length != 32) {
            throw new JsonException("a hash of " + bytes.length + " bytes");
        }
        return Bytes.of(bytes);
    }

    /** Writes a hash after {@code 0x}. */
    public static Json json(Bytes hash) {
        return Json.string("0x" + hash.hex());
    }

    private static Bytes extrinsic(Json json) {
        return scale(Fields.prefixedHex(json), in -> Bytes.of(in.readVec()));
    }

    private static Justification justification(Json json) {
        List<Json> pair = Fields.tuple(json, 2);
        return new Justification(Fields.numbers(pair.get(0), 4), numbers(pair.get(1)));
    }

    private static Bytes numbers(Json json) {
        return Fields.numbers(json, Fields.items(json).size());
    }

    private static <T> T scale(byte[] bytes, Function<ScaleReader, T> type) {
        try {
            return ScaleReader.decode(bytes, type);
        } catch (ScaleException e) {
            throw new JsonException("bad SCALE: " + e.getMessage());
        }
    }

    private static Json.Obj object(Json json) {
        if (json instanceof Json.Obj object) {
            return object;
        }
        throw new JsonException("no object");
    }

    private static Json member(Json.Obj object, String name) {
        return object.find(name).orElseThrow(() -> new JsonException("missing field `" + name + "`"));
    }
}
