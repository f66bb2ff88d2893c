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
     * @param recentSegments not 0; {@code recentSegments * 256} and its products with the fraction must fit 64 bits
     * @throws ArithmeticException where parameters that no chain has overflow 64 bits
     */
    public static long pieceIndex(
            Bytes sectorId,
            int pieceOffset,
            long historySize,
            int maxPiecesInSector,
            long recentSegments,
            Fraction recentHistoryFraction) {
        Checks.u16(maxPiecesInSector, "maxPiecesInSector");
        Checks.nonZero(historySize, "historySize");
        Checks.nonZero(recentSegments, "recentSegments");
        byte[] key = new byte[32];
        putLe(key, 0, 2, Checks.u16(pieceOffset, "pieceOffset"));
        byte[] hash = Blake3.keyed(
                key, Checks.length(sectorId, Constants.HASH_SIZE, "sectorId").toArray());
        long recentPieces = HistorySizes.inPieces(recentSegments);
        long numerator = HistorySizes.inPieces(recentHistoryFraction.numerator());
        long denominator = HistorySizes.inPieces(recentHistoryFraction.denominator());
        long minPieces = Long.divideUnsigned(UnsignedMath.multiplyExact(recentPieces, denominator), numerator);
        long historyPieces = HistorySizes.inPieces(historySize);
        long recentInterval = UnsignedMath.multiplyExact(
                Long.divideUnsigned(UnsignedMath.multiplyExact(maxPiecesInSector, numerator), denominator), 2);
        recentInterval = recentInterval == 0 ? 1 : recentInterval;
        boolean recent = Long.compareUnsigned(historyPieces, minPieces) > 0
                && Long.compareUnsigned(pieceOffset, recentInterval) < 0
                && (pieceOffset & 1) == 1;
        return recent
                ? UnsignedMath.mod256(hash, recentPieces) + (historyPieces - recentPieces)
                : UnsignedMath.mod256(hash, historyPieces);
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
