package network.autonomys.farmer.devnode.chain;

import java.util.ArrayList;
import java.util.List;
import network.autonomys.farmer.core.archive.BlockEncoding;
import network.autonomys.farmer.core.archive.BlockHeader;
import network.autonomys.farmer.core.archive.DigestItem;
import network.autonomys.farmer.core.archive.Justification;
import network.autonomys.farmer.core.archive.SignedBlock;
import network.autonomys.farmer.core.scale.ScaleException;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.ConsensusLog;
import network.autonomys.farmer.core.types.PreDigest;
import network.autonomys.farmer.core.types.SubspaceJustification;

/** What stands in the digest of a header, and beside the block (node-rpc §5.4). */
public final class Digests {
    private Digests() {}

    static List<DigestItem> items(PreDigest preDigest, List<ConsensusLog> logs) {
        List<DigestItem> items = new ArrayList<>();
        items.add(new DigestItem.PreRuntime(BlockEncoding.ENGINE, Bytes.of(preDigest.encode())));
        for (ConsensusLog log : logs) {
            items.add(new DigestItem.Consensus(BlockEncoding.ENGINE, Bytes.of(log.encode())));
        }
        return items;
    }

    static DigestItem seal(Bytes signature) {
        return new DigestItem.Seal(BlockEncoding.ENGINE, signature);
    }

    /** The claim of a block. */
    public static PreDigest preDigest(BlockHeader header) throws BlockException {
        if (header.digest().isEmpty()
                || !(header.digest().getFirst() instanceof DigestItem.PreRuntime item)
                || !item.engine().equals(BlockEncoding.ENGINE)) {
            throw new BlockException("the digest does not start with a claim");
        }
        return decode(item.data(), PreDigest::read);
    }

    /** The signature of a block. */
    static Bytes signature(BlockHeader header) throws BlockException {
        if (header.digest().isEmpty()
                || !(header.digest().getLast() instanceof DigestItem.Seal item)
                || !item.engine().equals(BlockEncoding.ENGINE)
                || item.data().length() != 64) {
            throw new BlockException("the digest does not end with a seal");
        }
        return item.data();
    }

    /** The range that a block overrides the solution range with, if it does. */
    static java.util.OptionalLong override(BlockHeader header) throws BlockException {
        for (DigestItem item : header.digest()) {
            if (item instanceof DigestItem.Consensus consensus
                    && consensus.engine().equals(BlockEncoding.ENGINE)
                    && decode(consensus.data(), ConsensusLog::read)
                            instanceof ConsensusLog.EnableSolutionRangeAdjustment enable) {
                return enable.range();
            }
        }
        return java.util.OptionalLong.empty();
    }

    static Justification justification(SubspaceJustification proofs) {
        return new Justification(BlockEncoding.ENGINE, Bytes.of(proofs.encode()));
    }

    /** The proofs of time beside a block. */
    static SubspaceJustification proofs(SignedBlock block) throws BlockException {
        List<Justification> all = block.justifications().orElse(List.of());
        if (all.size() != 1 || !all.getFirst().engine().equals(BlockEncoding.ENGINE)) {
            throw new BlockException("a block has one justification");
        }
        return decode(all.getFirst().data(), SubspaceJustification::read);
    }

    private static <T> T decode(Bytes data, java.util.function.Function<ScaleReader, T> type) throws BlockException {
        try {
            return ScaleReader.decode(data.toArray(), type);
        } catch (ScaleException e) {
            throw new BlockException("a bad digest or justification: " + e.getMessage());
        }
    }
}
