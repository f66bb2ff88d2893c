package network.autonomys.farmer.core.sector;

import java.util.OptionalLong;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Checks;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.core.types.Fraction;
import network.autonomys.farmer.core.types.HistorySizes;

/** What follows from the identity of a sector: its id, pieces, seeds and end of life (sectors-farms §1). All numbers are unsigned. */
public final class SectorIds {
    private SectorIds() {}

    /** BLAKE3 of a farm's public key of 32 bytes. */
    public static Bytes publicKeyHash(Bytes publicKey) {
        return Blake3.hash(Checks.length(publicKey, Constants.HASH_SIZE, "publicKey"));
    }

    /**
     * The id of a sector, 32 bytes.
     *
     * @param publicKeyHash 32 bytes
     * @param sectorIndex u16
     * @param historySize segments of history when it is plotted, u64
     */
    public static Bytes sectorId(Bytes publicKeyHash, int sectorIndex, long historySize) {
        byte[] data = new byte[10];
        putLe(data, 0, 2, Checks.u16(sectorIndex, "sectorIndex"));
        putLe(data, 2, 8, historySize);
        return Bytes.of(Blake3.keyed(publicKeyHash.toArray(), data));
    }

    /**
     * The index of the piece that a sector holds at an offset.
     *
     * @param pieceOffset u16
     * @param historySize the sector's history size, not 0
     * @param maxPiecesInSector the protocol's value, u16, also where the farm's sectors hold fewer
     * @param recentSegments not 0
     * @throws ArithmeticException where parameters that no chain has overflow 64 bits
     */
    public static long pieceIndex(
            Bytes sectorId,
            int pieceOffset,
            long historySize,
            int maxPiecesInSector,
            long recentSegments,
            Fraction recentHistoryFraction) {
        byte[] key = new byte[Constants.HASH_SIZE];
        putLe(key, 0, 2, Checks.u16(pieceOffset, "pieceOffset"));
        byte[] hash = Blake3.keyed(key, checkedId(sectorId));
        return new PieceChoice(historySize, maxPiecesInSector, recentSegments, recentHistoryFraction)
                .choose(hash, pieceOffset);
    }

    /**
     * The indexes of the pieces that a sector holds at the offsets 0 to {@code count - 1}: as {@link #pieceIndex} for each of them, and much faster.
     *
     * @param count 0 to 65 536
     */
    public static long[] pieceIndexes(
            Bytes sectorId,
            int count,
            long historySize,
            int maxPiecesInSector,
            long recentSegments,
            Fraction recentHistoryFraction) {
        if (count < 0 || count > 1 << 16) {
            throw new IllegalArgumentException("count " + count);
        }
        byte[] keys = new byte[Constants.HASH_SIZE * count];
        for (int offset = 0; offset < count; offset++) {
            putLe(keys, Constants.HASH_SIZE * offset, 2, offset);
        }
        byte[] hashes = new byte[keys.length];
        Blake3.keyedWithMany(keys, count, checkedId(sectorId), hashes);
        PieceChoice choice = new PieceChoice(historySize, maxPiecesInSector, recentSegments, recentHistoryFraction);
        long[] indexes = new long[count];
        byte[] hash = new byte[Constants.HASH_SIZE];
        for (int offset = 0; offset < count; offset++) {
            System.arraycopy(hashes, Constants.HASH_SIZE * offset, hash, 0, hash.length);
            indexes[offset] = choice.choose(hash, offset);
        }
        return indexes;
    }

    /** From which pieces of history a sector draws: from all of it, and at some offsets from the recent ones. */
    private static final class PieceChoice {
        private final long historyPieces;
        private final long recentPieces;
        /** Odd offsets below this hold recent pieces; 0 where history is too short to tell recent pieces from others. */
        private final long recentOffsets;

        PieceChoice(long historySize, int maxPiecesInSector, long recentSegments, Fraction recentHistoryFraction) {
            Checks.u16(maxPiecesInSector, "maxPiecesInSector");
            historyPieces = HistorySizes.inPieces(Checks.nonZero(historySize, "historySize"));
            recentPieces = HistorySizes.inPieces(Checks.nonZero(recentSegments, "recentSegments"));
            long numerator = HistorySizes.inPieces(recentHistoryFraction.numerator());
            long denominator = HistorySizes.inPieces(recentHistoryFraction.denominator());
            long minPieces = Long.divideUnsigned(UnsignedMath.multiplyExact(recentPieces, denominator), numerator);
            long share = Long.divideUnsigned(UnsignedMath.multiplyExact(maxPiecesInSector, numerator), denominator);
            boolean longEnough = Long.compareUnsigned(historyPieces, minPieces) > 0;
            recentOffsets = longEnough ? UnsignedMath.max(1, UnsignedMath.multiplyExact(share, 2)) : 0;
        }

        long choose(byte[] hash, int offset) {
            boolean recent = (offset & 1) == 1 && Long.compareUnsigned(offset, recentOffsets) < 0;
            return recent
                    ? UnsignedMath.mod256(hash, recentPieces) + (historyPieces - recentPieces)
                    : UnsignedMath.mod256(hash, historyPieces);
        }
    }

    private static byte[] checkedId(Bytes sectorId) {
        return Checks.length(sectorId, Constants.HASH_SIZE, "sectorId").toArray();
    }

    /** The proof-of-space seed of the record at an offset (u16), 32 bytes. */
    public static Bytes evaluationSeed(Bytes sectorId, int pieceOffset) {
        byte[] offset = new byte[2];
        putLe(offset, 0, 2, Checks.u16(pieceOffset, "pieceOffset"));
        return Bytes.of(Blake3.hash(
                Checks.length(sectorId, Constants.HASH_SIZE, "sectorId").toArray(), offset));
    }

    /**
     * The history size at which a sector expires: it is no longer valid once history has this size.
     *
     * @param segmentCommitment 48 bytes, of segment {@code historySize + minSectorLifetime - 1}
     * @return empty where the numbers overflow 64 bits
     */
    public static OptionalLong expiration(
            Bytes sectorId, long historySize, Bytes segmentCommitment, long minSectorLifetime) {
        Checks.nonZero(historySize, "historySize");
        OptionalLong check = HistorySizes.expirationCheck(historySize, minSectorLifetime);
        if (check.isEmpty() || historySize >>> 62 != 0) {
            return OptionalLong.empty();
        }
        long lifetimes = 4 * historySize;
        long last = minSectorLifetime + lifetimes;
        if (Long.compareUnsigned(last, lifetimes) < 0) {
            return OptionalLong.empty();
        }
        byte[] hash = Blake3.hash(
                Checks.length(sectorId, Constants.HASH_SIZE, "sectorId").toArray(),
                Checks.length(segmentCommitment, Constants.G1_SIZE, "segmentCommitment")
                        .toArray());
        long from = check.getAsLong();
        return OptionalLong.of(from + UnsignedMath.mod256(hash, last - from));
    }

    static void putLe(byte[] target, int offset, int size, long value) {
        for (int i = 0; i < size; i++) {
            target[offset + i] = (byte) (value >>> (8 * i));
        }
    }
}
