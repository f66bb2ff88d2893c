package network.autonomys.farmer.runtime.cache;

/** Which pieces of the archived history one cache should hold (cluster-and-cli §3.7). */
@FunctionalInterface
public interface PieceShare {
    /** Whether the piece belongs to this cache's share. */
    boolean wants(long piece);

    /** The share of a full-piece cache. */
    static PieceShare everything() {
        return piece -> true;
    }

    /** The share of a cache that no ring names: it keeps what it has and fetches nothing. */
    static PieceShare nothing() {
        return piece -> false;
    }
}
