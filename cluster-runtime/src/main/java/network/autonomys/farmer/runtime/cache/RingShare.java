package network.autonomys.farmer.runtime.cache;

import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.Ring;

/** The share that a ring epoch gives to one cache. */
record RingShare(Ring ring, InstanceId self) implements PieceShare {
    @Override
    public boolean wants(long piece) {
        return ring.owns(self, piece);
    }
}
