package network.autonomys.farmer.runtime.cache;

import java.util.List;

/** What a cache knows of the world at one moment: the aim, whom to ask, and which copies others hold. */
public interface CacheView {
    /** What to hold now. The same object is returned as long as nothing changed. */
    Target target();

    /** Everybody who may be asked for these pieces now. */
    List<PieceSource> sources(long[] pieces) throws InterruptedException;

    /**
     * Whether enough other caches confirmed that they hold this piece, so that a copy outside our share may go.
     *
     * <p>Called only between {@link #beginDropping()} calls.
     */
    boolean enoughCopiesElsewhere(long piece);

    /** Refreshes what {@link #enoughCopiesElsewhere} judges by; false when that is not possible now. */
    boolean beginDropping() throws InterruptedException;

    /**
     * The aim of a cache.
     *
     * @param segments number of archived segments known
     * @param share which of their pieces to hold
     */
    record Target(long segments, PieceShare share) {}
}
