package network.autonomys.farmer.core.archive;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import network.autonomys.farmer.core.scale.ScaleException;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.core.types.SubspaceJustification;

/** Blocks as the archiver takes them (primitives §7.5). */
public final class BlockEncoding {
    /** The consensus engine's name, {@code SUB_}. */
    public static final Bytes ENGINE = Bytes.of("SUB_".getBytes(StandardCharsets.US_ASCII));

    private BlockEncoding() {}

    /**
     * The bytes to archive. Of the justifications only the first of this consensus engine stays. The genesis block is kept as it is and
     * padded to the size of a segment with a stream that its state root is the key of.
     *
     * @throws IllegalArgumentException where a genesis block is larger than a segment
     */
    public static byte[] encode(SignedBlock block) {
        if (block.header().number() == 0) {
            return padGenesis(block.encode(), block.header().stateRoot());
        }
        return new SignedBlock(block.header(), block.extrinsics(), archived(block)).encode();
    }

    /**
     * A genesis block padded to 130 023 424 bytes.
     *
     * @param encoded the encoded block
     * @param stateRoot 32 bytes, from its header
     * @throws IllegalArgumentException where the block is larger than a segment
     */
    public static byte[] padGenesis(byte[] encoded, Bytes stateRoot) {
        if (encoded.length > Constants.RECORDED_SEGMENT_SIZE) {
            throw new IllegalArgumentException("a genesis block of " + encoded.length + " bytes");
        }
        byte[] padded = Arrays.copyOf(encoded, Constants.RECORDED_SEGMENT_SIZE);
        new ChaCha8(stateRoot.toArray()).next(padded, encoded.length, padded.length - encoded.length);
        return padded;
    }

    private static Optional<List<Justification>> archived(SignedBlock block) {
        return block.justifications().stream()
                .flatMap(List::stream)
                .filter(BlockEncoding::isOurs)
                .findFirst()
                .map(List::of);
    }

    private static boolean isOurs(Justification justification) {
        if (!justification.engine().equals(ENGINE)) {
            return false;
        }
        try {
            // Bytes behind it are allowed.
            SubspaceJustification.read(new ScaleReader(justification.data().toArray()));
            return true;
        } catch (ScaleException e) {
            return false;
        }
    }

    /**
     * The block in archived bytes. Behind a genesis block the padding is passed over; behind any other nothing may follow.
     *
     * @throws ScaleException where the bytes are no block
     */
    public static SignedBlock decode(byte[] archived) {
        ScaleReader in = new ScaleReader(archived);
        SignedBlock block = SignedBlock.read(in);
        if (block.header().number() != 0) {
            in.requireEnd();
        }
        return block;
    }
}
