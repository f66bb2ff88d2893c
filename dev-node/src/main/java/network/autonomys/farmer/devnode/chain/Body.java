package network.autonomys.farmer.devnode.chain;

import java.util.ArrayList;
import java.util.List;
import network.autonomys.farmer.core.archive.ChaCha8;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.SegmentHeader;
import network.autonomys.farmer.core.types.SignedVote;

/**
 * What a block carries: a time stamp, segment headers, votes, filler (node-rpc §6.2).
 *
 * @param timeMillis when it was made
 * @param headers of segments that are new on the chain
 * @param votes for this block or the one before
 * @param fillerBytes of filler, which follows from the chain, the block's number and this length
 */
public record Body(long timeMillis, List<SegmentHeader> headers, List<SignedVote> votes, int fillerBytes) {
    /** The most filler that can be had. */
    public static final int MAX_FILLER = 64 * 1024 * 1024;

    private static final int VERSION = 5;
    private static final int TIMESTAMP_PALLET = 1;
    private static final int SUBSPACE_PALLET = 2;
    private static final int FILLER_PALLET = 3;
    private static final int STORE_HEADERS = 0;
    private static final int VOTE = 2;

    public Body {
        headers = List.copyOf(headers);
        votes = List.copyOf(votes);
        if (fillerBytes < 0 || fillerBytes > MAX_FILLER) {
            throw new IllegalArgumentException("filler of " + fillerBytes + " bytes, not 0 to " + MAX_FILLER);
        }
    }

    /** The extrinsics. */
    public List<Bytes> extrinsics(String chainSeed, long number) {
        List<Bytes> extrinsics = new ArrayList<>();
        extrinsics.add(bytes(call(TIMESTAMP_PALLET, 0).writeU64(timeMillis)));
        if (!headers.isEmpty()) {
            extrinsics.add(bytes(call(SUBSPACE_PALLET, STORE_HEADERS).writeList(headers)));
        }
        for (SignedVote vote : votes) {
            ScaleWriter out = call(SUBSPACE_PALLET, VOTE);
            vote.write(out);
            extrinsics.add(bytes(out));
        }
        if (fillerBytes > 0) {
            extrinsics.add(filler(chainSeed, number, fillerBytes));
        }
        return extrinsics;
    }

    private static ScaleWriter call(int pallet, int call) {
        return new ScaleWriter().writeU8(VERSION).writeU8(pallet).writeU8(call);
    }

    private static Bytes bytes(ScaleWriter out) {
        return Bytes.of(out.toByteArray());
    }

    private static Bytes filler(String chainSeed, long number, int length) {
        byte[] key = Blake3.hash(
                "filler".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                chainSeed.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                new ScaleWriter().writeU64(number).toByteArray());
        byte[] filler = new byte[3 + length];
        filler[0] = VERSION;
        filler[1] = FILLER_PALLET;
        new ChaCha8(key).next(filler, 3, length);
        return Bytes.of(filler);
    }

    /**
     * The body of which these are the extrinsics.
     *
     * @throws BlockException where they are those of no body
     */
    public static Body of(List<Bytes> extrinsics) throws BlockException {
        long time = 0;
        List<SegmentHeader> headers = List.of();
        List<SignedVote> votes = new ArrayList<>();
        int filler = 0;
        try {
            for (Bytes extrinsic : extrinsics) {
                if (extrinsic.length() < 3) {
                    throw new BlockException("an extrinsic of " + extrinsic.length() + " bytes");
                }
                if (extrinsic.get(1) == FILLER_PALLET) {
                    filler = extrinsic.length() - 3;
                    continue;
                }
                ScaleReader in = new ScaleReader(extrinsic.toArray());
                in.skip(1);
                int pallet = in.readU8();
                int call = in.readU8();
                if (pallet == TIMESTAMP_PALLET) {
                    time = in.readU64();
                } else if (pallet == SUBSPACE_PALLET && call == STORE_HEADERS) {
                    headers = in.readList(94, SegmentHeader::read);
                } else if (pallet == SUBSPACE_PALLET && call == VOTE) {
                    votes.add(SignedVote.read(in));
                } else {
                    throw new BlockException("unknown call " + pallet + "." + call);
                }
                in.requireEnd();
            }
        } catch (network.autonomys.farmer.core.scale.ScaleException e) {
            throw new BlockException("a bad extrinsic: " + e.getMessage());
        }
        if (filler > MAX_FILLER) {
            throw new BlockException("filler of " + filler + " bytes");
        }
        return new Body(time, headers, votes, filler);
    }
}
