package network.autonomys.farmer.runtime.cache;

/** What happens to pieces in a cache; counted, and told to the operators. */
public interface CacheEvents {
    /** Pieces are durably held now. */
    void stored(long[] pieces);

    /** A stored piece did not match its checksum and was dropped; it will be fetched again. */
    void corrupted(long piece);

    /** A piece from outside failed its verification and was thrown away. */
    void rejected(long piece, String source);

    /** A piece outside our share was removed, since others hold enough copies. */
    void dropped(long piece);

    /** The disk refused a write; the loop tries again later. */
    void writeFailed(String reason);
}
