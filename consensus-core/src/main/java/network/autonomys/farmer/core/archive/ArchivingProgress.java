package network.autonomys.farmer.core.archive;

/** Is told how far the archiving of a segment is. Called from all threads that work on it, possibly at once; must be quick. */
@FunctionalInterface
public interface ArchivingProgress {
    /** Tells nobody. */
    ArchivingProgress NONE = (stage, done, total) -> {};

    /** The stages of a segment in order. */
    enum Stage {
        /** Erasure coding, in blocks of columns. */
        EXTENDING,
        /** Commitments to the source records, most of the time. */
        COMMITTING,
        /** Witnesses of the pieces. */
        WITNESSING
    }

    /**
     * One more part of a stage is done.
     *
     * @param done parts done so far, 1 to total
     */
    void update(Stage stage, int done, int total);
}
