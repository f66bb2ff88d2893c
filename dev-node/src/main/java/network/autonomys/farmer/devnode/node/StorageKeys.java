package network.autonomys.farmer.devnode.node;

import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.SegmentHeader;
import network.autonomys.farmer.devnode.chain.Chain;
import network.autonomys.farmer.devnode.chain.ChainState;

/** The few storage items of the runtime that can be read (node-rpc §5.2). */
final class StorageKeys {
    private static final String RUNTIME_CONFIGS = "7396903df85f816e40b96a10626866ac";
    private static final String SUBSPACE = "3e1e8e35b440038ed6e6cf14c413a102";
    private static final String CONFIRMATION_DEPTH = RUNTIME_CONFIGS + "e61eaec3ce42854f2a62e7b6487718e2";
    private static final String COMMITMENT_COUNT = SUBSPACE + "4af4862a19ce60d602be752ec2731385";
    private static final String COMMITMENT = SUBSPACE + "19bc26fe1255be792ad20be7dcf78a12";
    private static final String SOLUTION_RANGES = SUBSPACE + "46dc9c4b31fff24eff0b1be61bfe8f12";
    private static final String POT_ITERATIONS = SUBSPACE + "2829e1f7dd845076ef31888516ff15ee";
    private static final String ERA_START = SUBSPACE + "317dec0adb0127883c578d9a6a47fc1d";
    private static final String ADJUST_RANGE = SUBSPACE + "0d0526fe553090de300a397980f64974";

    /** Constants of XXH64. */
    private static final long P1 = 0x9E3779B185EBCA87L;

    private static final long P2 = 0xC2B2AE3D27D4EB4FL;
    private static final long P3 = 0x165667B19E3779F9L;
    private static final long P4 = 0x85EBCA77C2B2AE63L;
    private static final long P5 = 0x27D4EB2F165667C5L;

    private final Chain chain;

    StorageKeys(Chain chain) {
        this.chain = chain;
    }

    /** The value of an item at the best block, empty where there is none of this key. */
    Optional<byte[]> get(byte[] key) {
        ChainState best = chain.best();
        String hex = HexFormat.of().formatHex(key);
        if (hex.startsWith(COMMITMENT) && key.length == 48) {
            return commitment(key, best);
        }
        return switch (hex) {
            case CONFIRMATION_DEPTH ->
                scale(() -> new ScaleWriter().writeU32(chain.spec().confirmationDepth()));
            case COMMITMENT_COUNT -> scale(() -> new ScaleWriter().writeU32(best.segments()));
            case SOLUTION_RANGES -> Optional.of(best.ranges().encode());
            case POT_ITERATIONS ->
                scale(() ->
                        new ScaleWriter().writeU32(chain.spec().potIterations()).writeU8(0));
            case ERA_START ->
                best.eraStartSlot().isEmpty()
                        ? Optional.empty()
                        : scale(() ->
                                new ScaleWriter().writeU64(best.eraStartSlot().getAsLong()));
            case ADJUST_RANGE ->
                scale(() -> new ScaleWriter().writeBool(chain.spec().adjustRange()));
            default -> Optional.empty();
        };
    }

    private static Optional<byte[]> scale(Supplier<ScaleWriter> value) {
        return Optional.of(value.get().toByteArray());
    }

    /** Its key ends with the hash of the index and the index. */
    private Optional<byte[]> commitment(byte[] key, ChainState best) {
        ScaleReader suffix = new ScaleReader(key, 32, 48);
        long hash = suffix.readU64();
        long index = suffix.readU64();
        if (hash != twox64(index) || Long.compareUnsigned(index, best.segments()) >= 0) {
            return Optional.empty();
        }
        return chain.segments()
                .find(index)
                .map(SegmentHeader::segmentCommitment)
                .map(Bytes::toArray);
    }

    /** XXH64 of the eight bytes of a number, seed 0. */
    static long twox64(long value) {
        long round = Long.rotateLeft(value * P2, 31) * P1;
        long hash = (P5 + Long.BYTES) ^ round;
        hash = Long.rotateLeft(hash, 27) * P1 + P4;
        hash ^= hash >>> 33;
        hash *= P2;
        hash ^= hash >>> 29;
        hash *= P3;
        return hash ^ (hash >>> 32);
    }
}
