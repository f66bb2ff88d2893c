package network.autonomys.farmer.runtime.cache;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import network.autonomys.farmer.protocol.message.Presence;

/** Another cache, or the window of a controller, which is asked for what it said it holds. */
record PeerSource(Presence peer, String address, int rank, PeerHoldings holdings, PieceTransport transport)
        implements PieceSource {
    @Override
    public String name() {
        return peer.role().label() + " " + peer.id();
    }

    @Override
    public boolean mayHold(long piece) {
        return holdings.of(peer.id()).contains(piece);
    }

    @Override
    public void fetch(long[] pieces, PieceSink sink, Duration limit) throws IOException, InterruptedException {
        Set<Long> open = new HashSet<>();
        for (long piece : pieces) {
            open.add(piece);
        }
        transport.fetch(
                address,
                pieces,
                (index, bytes) -> {
                    synchronized (open) {
                        open.remove(index);
                    }
                    sink.piece(index, bytes);
                },
                limit);
        open.forEach(piece -> holdings.missed(peer.id(), piece));
    }
}
