package network.autonomys.farmer.runtime.cache;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;

/** Somebody who can be asked for pieces: a peer cache, or a controller. */
public interface PieceSource {
    /** Name in logs and events; unique among the sources of one cache. */
    String name();

    /** Order of preference: 0 is asked first; sources of one rank share the load. */
    int rank();

    /** Whether asking this source for the piece can be of use. */
    boolean mayHold(long piece);

    /**
     * Asks for pieces and returns when each was delivered or denied. A piece that the source lacks is simply not delivered.
     *
     * @param pieces piece indexes, at most 1024
     * @param sink receives each piece at most once, possibly from several threads
     * @param limit time for the entire request
     * @throws IOException if the source failed; what the sink got before stays good
     */
    void fetch(long[] pieces, PieceSink sink, Duration limit) throws IOException, InterruptedException;

    /** Takes pieces as they arrive. */
    @FunctionalInterface
    interface PieceSink {
        /**
         * One piece.
         *
         * @param bytes 1 048 672 bytes, valid only during the call; not verified yet
         */
        void piece(long index, MemorySegment bytes) throws IOException, InterruptedException;
    }
}
